import type { ImportView } from "@/api/generated/types.gen";
import { Alert, Flex, Statistic, Table, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

const figures = ["rows", "created", "changed", "unchanged", "refused"] as const;

/** What an import did or would do, and what is wrong with the rows that it does not take, by line and column. */
export function ImportResult({ result }: { result: ImportView }): ReactElement {
  const { t } = useTranslation();
  const { dry_run: isTrial, refused, errors, created, changed } = result;
  const isNothing = created + changed === 0;
  const advice = isTrial ? (isNothing ? "nothing" : "trial") : "done";
  return (
    <Flex vertical gap={12} role="status">
      <Alert
        type={isTrial ? "info" : "success"}
        showIcon
        title={t(`items:import.${advice}`, { count: created + changed })}
      />
      <Flex gap="8px 32px" wrap>
        {figures.map((name) => (
          <Statistic key={name} title={t(`items:import.figure.${name}`)} value={result[name]} />
        ))}
      </Flex>
      {errors.length > 0 && (
        <Flex vertical gap={4}>
          <strong>{t("items:import.errors", { count: refused })}</strong>
          <Typography.Text type="secondary">{t("items:import.errorsRule")}</Typography.Text>
          <Table
            size="small"
            rowKey={({ line, column, text }) => `${line} ${column} ${text}`}
            dataSource={errors}
            pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
            scroll={{ x: "max-content" }}
            columns={[
              { key: "line", title: t("items:import.line"), dataIndex: "line", width: 72, align: "end" },
              { key: "column", title: t("items:import.column"), dataIndex: "column", width: 140 },
              {
                key: "text",
                title: t("items:import.problem"),
                render: (_, { text }) => (
                  <div className="fabu-long-text" style={{ minWidth: 200, maxWidth: 420 }}>
                    {text}
                  </div>
                ),
              },
            ]}
          />
        </Flex>
      )}
    </Flex>
  );
}
