import { Flex, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** Properties of a configuration item, one a line. */
export function Attributes({ of }: { of: readonly { name: string; value: string }[] }): ReactElement {
  const { t } = useTranslation();
  if (of.length === 0) return <>{t("registers:none")}</>;
  return (
    <Flex vertical component="ul" gap={2} className="fabu-plain-list" style={{ display: "flex" }}>
      {of.map(({ name, value }) => (
        <li key={name} className="fabu-long-text" style={{ marginBlockStart: 0 }}>
          <Typography.Text type="secondary">
            {name}
            {t("common:colon")}
          </Typography.Text>
          {value}
        </li>
      ))}
    </Flex>
  );
}
