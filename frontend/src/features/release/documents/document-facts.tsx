import type { DocumentView } from "@/api/generated/types.gen";
import { formatInstant } from "@/lib/time";
import { Changes } from "@/procedure/document/changes";
import { Nothing } from "@/ui/page-states";
import { Clause } from "@/ui/reasons";
import { Section } from "@/ui/section";
import { Button, Flex, Tag, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useRevisionAddress } from "./revision-address";
import { RevisionDrawer } from "./revision-drawer";

/** Number and state of a document. */
export function DocumentFacts({ document }: { document: DocumentView }): ReactElement {
  const { t } = useTranslation();
  return (
    <Flex gap={8} wrap align="baseline">
      <Typography.Text>{document.number ?? t("document:noNumber")}</Typography.Text>
      <Tag style={{ margin: 0 }}>{t(`enums:DocumentState.${document.state}`)}</Tag>
    </Flex>
  );
}

/** What a go-live plan comes to: where it differs from the release plan, and the last safe moment to roll back (5.5). */
export function PlanComparison({ document }: { document: DocumentView }): ReactElement | null {
  const { t } = useTranslation();
  const { differences_from_plan: differences, latest_safe_start: safe } = document;
  if (differences === null) return null;
  return (
    <Section title={t("document:againstPlan.title")} extra={<Clause clause="5.5" />}>
      <Flex vertical gap={8}>
        {safe?.calculated && <span>{t("document:againstPlan.safeStart", { at: formatInstant(safe.calculated) })}</span>}
        {safe?.stated && safe.stated !== safe.calculated && (
          <Typography.Text type="warning">
            {t("document:againstPlan.stated", { at: formatInstant(safe.stated) })}
          </Typography.Text>
        )}
        {differences.length === 0 ? (
          <span>{t("document:againstPlan.same")}</span>
        ) : (
          <Changes kind={document.kind} changes={differences} />
        )}
      </Flex>
    </Section>
  );
}

/** Every submitted revision with who wrote it, its fingerprint, and what it changed. */
export function Revisions({ document }: { document: DocumentView }): ReactElement {
  const { t } = useTranslation();
  const { open } = useRevisionAddress(document.kind);
  const newest = [...document.revisions].reverse();
  return (
    <Section title={t("document:revisions.title")}>
      {newest.length === 0 ? (
        <Nothing text={t("document:revisions.nothing")} />
      ) : (
        <Flex vertical gap={12}>
          {newest.map((revision) => (
            <Flex key={revision.revision} vertical gap={2} align="start">
              <Flex gap={8} wrap align="baseline">
                <Typography.Text strong>{t("procedure:revision", { n: revision.revision })}</Typography.Text>
                {revision.retrospective && (
                  <Tag color="gold" style={{ margin: 0 }}>
                    {t("document:retrospective")}
                  </Tag>
                )}
                <Typography.Text type="secondary">
                  {revision.submitted.by.name} · {formatInstant(revision.submitted.at)}
                </Typography.Text>
              </Flex>
              {revision.submitted.reason !== "" && <span>{revision.submitted.reason}</span>}
              <Typography.Text type="secondary">
                {t("document:revisions.contributors", {
                  names: revision.contributors.map(({ name }) => name).join(t("common:listSeparator")),
                })}
              </Typography.Text>
              <Typography.Text type="secondary" copyable={{ text: revision.sha256 }} style={{ fontSize: 12 }}>
                SHA-256 {revision.sha256.slice(0, 16)}…
              </Typography.Text>
              <Flex gap={8} className="fabu-no-print">
                <Button size="small" onClick={() => open({ revision: revision.revision })}>
                  {t("document:revisions.view")}
                </Button>
                {revision.revision > 1 && (
                  <Button
                    size="small"
                    onClick={() => open({ revision: revision.revision, since: revision.revision - 1 })}
                  >
                    {t("document:revisions.compare", { n: revision.revision - 1 })}
                  </Button>
                )}
              </Flex>
            </Flex>
          ))}
        </Flex>
      )}
      <RevisionDrawer document={document} />
    </Section>
  );
}
