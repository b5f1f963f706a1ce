import { viewKpiOptions } from "@/api/generated/@tanstack/react-query.gen";
import { currentQuarter } from "@/lib/time";
import { Loaded, Nothing } from "@/ui/page-states";
import { useQuery } from "@tanstack/react-query";
import { Card, Flex, Tag, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** How many of this quarter's releases succeeded, against the target of clause 8. */
export function SuccessRate(): ReactElement {
  const { t } = useTranslation();
  const quarter = currentQuarter();
  const kpi = useQuery(viewKpiOptions({ path: { quarter } }));
  return (
    <Card size="small" title={<h2 className="fabu-card-title">{t("workbench:rate.title", { quarter })}</h2>}>
      <Loaded query={kpi} rows={2}>
        {({ rate, target, met, forecast }) => (
          <Flex vertical gap={6}>
            {met === null ? (
              <Nothing text={t("workbench:rate.none")} />
            ) : (
              <Flex align="baseline" gap={12} wrap>
                <Typography.Text strong style={{ fontSize: 26 }}>
                  {rate.percent}
                </Typography.Text>
                <Typography.Text type="secondary">
                  {rate.numerator}/{rate.denominator} · {t("workbench:rate.target", { target: target.text })}
                </Typography.Text>
                <Tag color={met ? "green" : "red"}>{t(met ? "workbench:rate.met" : "workbench:rate.missed")}</Tag>
              </Flex>
            )}
            {forecast && (
              <Typography.Text type={forecast.out_of_reach ? "danger" : "secondary"}>
                {forecast.statement}
              </Typography.Text>
            )}
          </Flex>
        )}
      </Loaded>
    </Card>
  );
}
