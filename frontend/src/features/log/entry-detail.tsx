import type { EventView } from "@/api/generated/types.gen";
import { When } from "@/ui/when";
import { Descriptions, Flex, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** The facts of an entry as they were written, with its seal. */
export function EntryDetail({ entry }: { entry: EventView }): ReactElement {
  const { t } = useTranslation();
  return (
    <Flex vertical gap={8} style={{ maxWidth: 900 }}>
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: "occurred", label: t("log:occurred"), children: <When at={entry.occurred_at} /> },
          { key: "recorded", label: t("log:recorded"), children: <When at={entry.recorded_at} /> },
          {
            key: "request",
            label: t("log:request"),
            children: <Typography.Text copyable>{entry.request_id}</Typography.Text>,
          },
          {
            key: "hash",
            label: t("log:hash"),
            children:
              entry.hash === null ? (
                t("log:unsealed")
              ) : (
                <Typography.Text copyable style={{ wordBreak: "break-all" }}>
                  {entry.hash}
                </Typography.Text>
              ),
          },
        ]}
      />
      <pre
        aria-label={t("log:payload")}
        style={{ margin: 0, whiteSpace: "pre-wrap", overflowWrap: "anywhere", fontSize: 12 }}
      >
        {JSON.stringify(entry.payload, null, 2)}
      </pre>
    </Flex>
  );
}
