import { paths } from "@/lib/paths";
import { Nothing } from "@/ui/page-states";
import { tabOfDocument } from "@/procedure/commands";
import { useReleasePage } from "@/procedure/release-page";
import { Section } from "@/ui/section";
import { Flex, Tag, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** The controlled documents of the release with their numbers and revisions. */
export function Documents(): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  return (
    <Section title={t("release:records.title")}>
      {release.documents.length === 0 ? (
        <Nothing text={t("release:records.nothing")} />
      ) : (
        <Flex vertical gap={6}>
          {release.documents.map(({ kind, name, number, revision, has_draft }) => (
            <Flex key={kind} gap={8} wrap align="baseline">
              <Link to={paths.releaseTab(release.number, tabOfDocument(kind))}>{name}</Link>
              <Typography.Text type="secondary">{number}</Typography.Text>
              {revision > 0 && <Tag style={{ margin: 0 }}>{t("procedure:revision", { n: revision })}</Tag>}
              {has_draft && (
                <Tag color="gold" style={{ margin: 0 }}>
                  {t("enums:DocumentState.draft")}
                </Tag>
              )}
            </Flex>
          ))}
        </Flex>
      )}
    </Section>
  );
}
