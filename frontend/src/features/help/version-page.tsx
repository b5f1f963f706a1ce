import {
  viewProcedureComparisonOptions,
  listProcedureVersionsOptions,
  viewProcedureVersionOptions,
} from "@/api/generated/@tanstack/react-query.gen";
import type { ProcedureVersionView } from "@/api/generated/types.gen";
import { useMe } from "@/api/me";
import { paths } from "@/lib/paths";
import { Changes } from "@/procedure/document/changes";
import { LinkButton } from "@/ui/link-button";
import { Page } from "@/ui/page";
import { Loaded, Loading } from "@/ui/page-states";
import { MissingList } from "@/procedure/editor/missing-list";
import type { Writing } from "@/procedure/editor/written-document";
import { Section } from "@/ui/section";
import { useQuery } from "@tanstack/react-query";
import { Alert, Descriptions, Flex, Select } from "antd";
import { parseAsString, useQueryState } from "nuqs";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { Beyond } from "./beyond";
import { ProcedureText } from "./procedure-text";
import { VersionActions } from "./version-actions";
import { Signature, signatures, VersionTag } from "./version-parts";
import { WrittenVersion } from "./written-version";

/** A version of the procedure: whoever may write in it does so here, everybody else reads. */
export function Component(): ReactElement {
  const { label = "" } = useParams();
  const version = useQuery(viewProcedureVersionOptions({ path: { version: label } }));
  return <Loaded query={version}>{(found) => <Version key={found.id} version={found} />}</Loaded>;
}

function Version({ version }: { version: ProcedureVersionView }): ReactElement {
  const me = useMe();
  const mayWrite = version.actions.some(({ name, allowed }) => name === "save_procedure_draft" && allowed);
  if (!mayWrite) return <VersionView version={version} />;
  if (me === undefined) return <Loading rows={10} />;
  return (
    <WrittenVersion version={version} me={me.id}>
      {(writing) => <VersionView version={version} writing={writing} />}
    </WrittenVersion>
  );
}

function VersionView({ version, writing }: { version: ProcedureVersionView; writing?: Writing }): ReactElement {
  const { t } = useTranslation();
  const { number, label, state, withdrawn, returned, approval_id: approval } = version;
  return (
    <Page
      title={t("versions:titleOf", { label })}
      subtitle={
        <Flex gap={8} wrap align="center" component="span">
          <span>{number}</span>
          <VersionTag state={state} />
          <Link to={paths.procedureVersions}>{t("versions:all")}</Link>
        </Flex>
      }
      extra={
        <>
          {approval !== null && <LinkButton to={paths.approval(approval)}>{t("versions:approval")}</LinkButton>}
          <VersionActions version={version} writing={writing} />
        </>
      }
    >
      {returned !== null && state === "draft" && (
        <Alert
          type="warning"
          showIcon
          title={t("versions:returned", { name: returned.by.name })}
          description={returned.reason}
        />
      )}
      {withdrawn !== null && (
        <Alert
          type="info"
          showIcon
          title={t("versions:withdrawn", { name: withdrawn.by.name })}
          description={withdrawn.reason}
        />
      )}
      {writing === undefined ? (
        <>
          <Facts version={version} />
          <Section title={t("contents:section.procedure_version.text")}>
            <ProcedureText chapters={version.text.chapters ?? []} />
          </Section>
          <Beyond text={version.text} />
        </>
      ) : (
        <>
          <Section title={t("versions:writing")}>
            {writing.status}
            <MissingList missing={version.missing} />
          </Section>
          {writing.editor}
        </>
      )}
      <Comparison label={label} />
    </Page>
  );
}

function Facts({ version }: { version: ProcedureVersionView }): ReactElement {
  const { t } = useTranslation();
  const { effective_on: day, change_note: note } = version;
  return (
    <Section title={t("contents:section.procedure_version.change")}>
      <Descriptions
        size="small"
        column={{ xs: 1, sm: 1, md: 2 }}
        items={[
          { key: "day", label: t("versions:effectiveOn"), children: day },
          { key: "note", label: t("versions:changeNote"), children: <span className="fabu-long-text">{note}</span> },
          ...signatures.map((name) => ({
            key: name,
            label: t(`versions:${name}`),
            children: <Signature version={version} mark={version[name]} />,
          })),
        ]}
      />
    </Section>
  );
}

/** What differs from another version, which the address names: the one before unless somebody chooses. */
function Comparison({ label }: { label: string }): ReactElement | null {
  const { t } = useTranslation();
  const [chosen, choose] = useQueryState("from", parseAsString);
  const versions = useQuery(listProcedureVersionsOptions({ query: { limit: 100 } }));
  const all = versions.data?.items ?? [];
  const compared = useQuery({
    ...viewProcedureComparisonOptions({ path: { version: label }, query: chosen === null ? {} : { from: chosen } }),
    // The first one has nothing before it.
    enabled: chosen !== null || (versions.isSuccess && all.at(-1)?.label !== label),
  });
  if (compared.isPending) return null;
  const others = all.filter((version) => version.label !== label).map((version) => ({ value: version.label }));
  return (
    <Section
      title={t("versions:compare.title")}
      extra={
        <Select
          aria-label={t("versions:compare.with")}
          value={compared.data?.from}
          options={others}
          onChange={(next) => void choose(next)}
          popupMatchSelectWidth={false}
        />
      }
    >
      <Loaded query={compared}>
        {({ changes }) =>
          changes.length === 0 ? (
            <span>{t("versions:compare.same")}</span>
          ) : (
            <Changes kind="procedure_version" changes={changes} />
          )
        }
      </Loaded>
    </Section>
  );
}
