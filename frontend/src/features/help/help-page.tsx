import { listProcedureVersionsOptions, viewProcedureVersionOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { ProcedureText as ProcedureTextContent } from "@/api/generated/types.gen";
import { usePermitted } from "@/api/permitted";
import { below } from "@/lib/base-path";
import { currentLanguage } from "@/lib/language";
import { paths } from "@/lib/paths";
import { startTour } from "@/lib/tour";
import { LinkButton } from "@/ui/link-button";
import { Page } from "@/ui/page";
import { Loaded, Nothing } from "@/ui/page-states";
import { useQuery } from "@tanstack/react-query";
import { Alert, Card, Flex, Grid } from "antd";
import { useEffect, useMemo, type ReactElement, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { Beyond } from "./beyond";
import { anchorsOf, parseProcedure, placeOf, textOf } from "./procedure";
import { Contents, ProcedureText } from "./procedure-text";

/** The procedure in force, clause by clause, so that every reason elsewhere can lead to its text; and where else help is. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const mayRead = usePermitted("list_procedure_versions");
  return (
    <Page title={t("help:title")} subtitle={t("help:subtitle")}>
      {mayRead === true && <InForce />}
      {mayRead === false && (
        <Beside>
          <Nothing text={t("help:companyOnly")} />
        </Beside>
      )}
    </Page>
  );
}

function InForce(): ReactElement {
  const { t } = useTranslation();
  const list = useQuery(listProcedureVersionsOptions({ query: { state: "in_force" } }));
  return (
    <Loaded query={list}>
      {({ items: [version] }) =>
        version === undefined ? <Nothing text={t("help:noneInForce")} /> : <Version label={version.label} />
      }
    </Loaded>
  );
}

function Version({ label }: { label: string }): ReactElement {
  const version = useQuery(viewProcedureVersionOptions({ path: { version: label } }));
  return <Loaded query={version}>{({ text }) => <Procedure label={label} text={text} />}</Loaded>;
}

function Procedure({ label, text }: { label: string; text: ProcedureTextContent }): ReactElement {
  const { t } = useTranslation();
  const { effective_on: day, chapters = [] } = text;
  const { hash } = useLocation();
  const blocks = useMemo(() => parseProcedure(textOf(chapters)), [chapters]);
  const clause = decodeURIComponent(hash.replace(/^#clause-/, ""));
  const place = hash === "" ? undefined : placeOf(clause, anchorsOf(blocks));
  useEffect(() => {
    if (place !== undefined) document.getElementById(place)?.scrollIntoView({ block: "center" });
  }, [place, hash]);
  return (
    <>
      {hash !== "" && place === undefined && <Alert type="info" showIcon title={t("help:noClause", { clause })} />}
      {currentLanguage() !== "zh-CN" && <Alert type="info" showIcon title={t("help:chineseOnly")} />}
      <Beside contents={<Contents blocks={blocks} />}>
        <Flex justify="space-between" gap={8} wrap align="baseline">
          <strong>{t("help:inForce", { label, day })}</strong>
          <Link to={paths.procedureVersions}>{t("help:versions")}</Link>
        </Flex>
        <ProcedureText chapters={chapters} place={place} />
        <Beyond text={text} />
      </Beside>
    </>
  );
}

/** What is shown, beside its contents and further help. */
function Beside({ contents, children }: { contents?: ReactNode; children: ReactNode }): ReactElement {
  const { t } = useTranslation();
  const isWide = Grid.useBreakpoint().lg ?? true;
  return (
    <Flex gap={16} align="start" vertical={!isWide}>
      <Flex vertical gap={16} style={{ flex: "0 0 260px", width: isWide ? 260 : "100%" }}>
        {contents !== undefined && (
          <Card size="small" title={<h2 className="fabu-card-title">{t("help:contents")}</h2>}>
            {contents}
          </Card>
        )}
        <Card size="small" title={<h2 className="fabu-card-title">{t("help:more")}</h2>}>
          <Flex vertical gap={8}>
            <a href={below("/api/docs/")}>{t("help:api")}</a>
            <span>{t("help:keys")}</span>
            <LinkButton to={paths.workbench} size="small" onPress={startTour}>
              {t("help:tour")}
            </LinkButton>
          </Flex>
        </Card>
      </Flex>
      <Card size="small" style={{ flex: 1, minWidth: 0, width: isWide ? undefined : "100%" }}>
        {children}
      </Card>
    </Flex>
  );
}
