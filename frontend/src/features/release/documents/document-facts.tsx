import type { DocumentView } from "@/api/generated/types.gen";
import { formatInstant } from "@/lib/time";
import { Nothing } from "@/ui/page-states";
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
