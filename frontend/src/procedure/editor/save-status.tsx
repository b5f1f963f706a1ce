import { formatInstant } from "@/lib/time";
import { ProblemAlert } from "@/ui/problem-alert";
import { RefusedFields, refusedFields } from "./refused-fields";
import { CheckCircleOutlined, CloudSyncOutlined, DisconnectOutlined, WarningOutlined } from "@ant-design/icons";
import { Alert, Button, Flex, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { DraftState, SaveState } from "./draft";

const icons: Record<SaveState, ReactElement> = {
  saved: <CheckCircleOutlined aria-hidden />,
  typed: <CloudSyncOutlined aria-hidden />,
  saving: <CloudSyncOutlined aria-hidden />,
  offline: <DisconnectOutlined aria-hidden />,
  refused: <WarningOutlined aria-hidden />,
  conflict: <WarningOutlined aria-hidden />,
};

interface Props {
  state: DraftState;
  saved: { by: string; at: string } | undefined;
  onSave: () => void;
  onDiscard: () => void;
}

/** Whether what is typed has reached the server, in words that a screen reader tells too. */
export function SaveStatus({ state, saved, onSave, onDiscard }: Props): ReactElement {
  const { t } = useTranslation();
  const { save, error, isRestored } = state;
  const isTrouble = save === "offline" || save === "refused";
  return (
    <Flex vertical gap={6}>
      <div role="status">
        <Typography.Text type={isTrouble ? "warning" : "secondary"}>
          {icons[save]} {t(`document:save.${save}`)}
        </Typography.Text>
      </div>
      {saved && (
        <Typography.Text type="secondary" style={{ fontSize: 12 }}>
          {t("document:savedBy", { name: saved.by, at: formatInstant(saved.at) })}
        </Typography.Text>
      )}
      {isTrouble && (
        <Button size="small" onClick={onSave}>
          {t("document:saveNow")}
        </Button>
      )}
      {save === "refused" && <RefusedFields error={error} />}
      {save === "refused" && refusedFields(error).length === 0 && <ProblemAlert error={error} />}
      {isRestored && save !== "saved" && (
        <Alert
          type="info"
          showIcon
          title={t("document:restored")}
          action={
            <Button size="small" onClick={onDiscard}>
              {t("document:discard")}
            </Button>
          }
        />
      )}
    </Flex>
  );
}
