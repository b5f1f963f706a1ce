import type { ActionView } from "@/api/generated/types.gen";
import { CheckCircleOutlined, CloseCircleOutlined } from "@ant-design/icons";
import { Collapse, Flex, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Reasons } from "@/ui/reasons";

/** What stands between the release and its next step: each step with every unmet condition, who clears it and where. */
export function GateList({ gates }: { gates: readonly ActionView[] }): ReactElement {
  const { t } = useTranslation();
  return (
    <Collapse
      size="small"
      defaultActiveKey={gates.filter(({ allowed }) => !allowed).map(key)}
      items={gates.map((gate) => ({
        key: key(gate),
        collapsible: gate.allowed ? "disabled" : undefined,
        showArrow: !gate.allowed,
        label: (
          <Flex gap={8} align="center">
            {gate.allowed ? (
              <Typography.Text type="success">
                <CheckCircleOutlined aria-hidden />
              </Typography.Text>
            ) : (
              <Typography.Text type="warning">
                <CloseCircleOutlined aria-hidden />
              </Typography.Text>
            )}
            <span>{gate.label}</span>
            <Typography.Text type="secondary">
              {gate.allowed ? t("procedure:gate.open") : t("procedure:gate.unmet", { count: gate.blocked_by.length })}
            </Typography.Text>
          </Flex>
        ),
        children: <Reasons reasons={gate.blocked_by} />,
      }))}
    />
  );
}

function key(gate: ActionView): string {
  return `${gate.name} ${gate.document ?? ""}`;
}
