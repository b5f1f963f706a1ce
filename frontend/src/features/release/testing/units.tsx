import { listUnitsOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { UnitView } from "@/api/generated/types.gen";
import { Loaded, Nothing } from "@/ui/page-states";
import { Clause } from "@/ui/reasons";
import { ReleaseAction, useReleasePage } from "@/procedure/release-page";
import { Section } from "@/ui/section";
import { When } from "@/ui/when";
import { useQuery } from "@tanstack/react-query";
import { Flex, Tag, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** The release units: what is tested, approved and installed is one and the same file (3.1b). */
export function Units(): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const units = useQuery(listUnitsOptions({ path: { number: release.number } }));
  return (
    <Section title={t("testing:unit.heading")} extra={<ReleaseAction name="register_unit" />}>
      <Typography.Paragraph type="secondary" className="fabu-no-print">
        {t("testing:unit.sentence")} <Clause clause="3.1b" />
      </Typography.Paragraph>
      <Loaded query={units} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing text={t("testing:unit.nothing")} />
          ) : (
            <Flex vertical gap={8}>
              {items.map((unit) => (
                <Unit key={unit.id} unit={unit} />
              ))}
            </Flex>
          )
        }
      </Loaded>
    </Section>
  );
}

function Unit({ unit }: { unit: UnitView }): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="fabu-row">
      <Flex gap={8} wrap align="baseline">
        <Typography.Text strong delete={unit.withdrawn}>
          {unit.name} {unit.version}
        </Typography.Text>
        <Tag style={{ margin: 0 }}>{t(`enums:UnitKind.${unit.kind}`)}</Tag>
        {unit.withdrawn && <Tag style={{ margin: 0 }}>{t("testing:unit.withdrawn")}</Tag>}
        {unit.previous_version !== null && (
          <Typography.Text type="secondary">
            {t("testing:unit.returnsTo", { version: unit.previous_version })}
          </Typography.Text>
        )}
        {unit.first_version_reason !== null && (
          <Typography.Text type="secondary">
            {t("testing:unit.isFirst", { reason: unit.first_version_reason })}
          </Typography.Text>
        )}
        {unit.media_item_id !== null && <Tag style={{ margin: 0 }}>{t("testing:unit.fromLibrary")}</Tag>}
        {unit.source !== "" && <Typography.Text type="secondary">{unit.source}</Typography.Text>}
        <span style={{ marginInlineStart: "auto" }} className="fabu-no-print">
          {!unit.withdrawn && <ReleaseAction name="withdraw_unit" subject={unit.id} />}
        </span>
      </Flex>
      <Typography.Text
        type="secondary"
        copyable={{ text: unit.sha256 }}
        style={{ fontSize: 12, wordBreak: "break-all" }}
      >
        SHA-256 {unit.sha256}
      </Typography.Text>
      <div>
        <Typography.Text type="secondary" style={{ fontSize: 12 }}>
          {unit.registered_by.name} · <When at={unit.registered_at} />
        </Typography.Text>
      </div>
    </div>
  );
}
