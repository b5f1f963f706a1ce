import type { ArchiveRecordView, Presence } from "@/api/generated/types.gen";
import { Clause } from "@/ui/reasons";
import { ReleaseAction, useReleasePage } from "@/procedure/release-page";
import { Section } from "@/ui/section";
import { CheckCircleOutlined, CloseCircleOutlined, MinusCircleOutlined } from "@ant-design/icons";
import { Flex, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** Every record that the release must leave: there, not applicable for a reason, or missing (5.10a). */
export function Archive(): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const missing = release.archive.filter(({ presence }) => presence === "missing").length;
  return (
    <Section title={t("closure:archive.title")} extra={<Clause clause="5.10a" />}>
      <Typography.Paragraph type="secondary">
        {missing === 0 ? t("closure:archive.complete") : t("closure:archive.missing", { count: missing })}
      </Typography.Paragraph>
      <Flex vertical gap={8}>
        {release.archive.map((record) => (
          <Record key={record.record} record={record} />
        ))}
      </Flex>
    </Section>
  );
}

const marks: Record<Presence, ReactElement> = {
  present: (
    <Typography.Text type="success">
      <CheckCircleOutlined aria-hidden />
    </Typography.Text>
  ),
  excused: (
    <Typography.Text type="secondary">
      <MinusCircleOutlined aria-hidden />
    </Typography.Text>
  ),
  missing: (
    <Typography.Text type="warning">
      <CloseCircleOutlined aria-hidden />
    </Typography.Text>
  ),
};

function Record({ record: { record, name, presence, excuse } }: { record: ArchiveRecordView }): ReactElement {
  const { t } = useTranslation();
  return (
    <Flex gap={8} wrap align="baseline">
      {marks[presence]}
      <span>{name}</span>
      <Typography.Text type="secondary">{t(`enums:Presence.${presence}`)}</Typography.Text>
      {excuse && (
        <Typography.Text type="secondary">
          {t("closure:archive.excuse", { reason: excuse.reason, name: excuse.by.name })}
        </Typography.Text>
      )}
      {presence === "missing" && <ReleaseAction name="excuse_archive_record" subject={record} />}
    </Flex>
  );
}
