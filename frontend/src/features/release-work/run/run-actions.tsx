import type { ActionView, CommandName } from "@/api/generated/types.gen";
import { isMoot } from "@/procedure/commands";
import { Reasons } from "@/ui/reasons";
import { Button, Flex, Popover } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  actions: readonly ActionView[];
  onAct: (action: ActionView) => void;
}

const dangerous: readonly CommandName[] = ["start_rollback"];

/** The decisions of the run as big buttons; one that is not possible says why. */
export function RunActions({ actions, onAct }: Props): ReactElement {
  const { t } = useTranslation();
  const shown = actions.filter((action) => !isMoot(action));
  return (
    <Flex gap={8} wrap role="group" aria-label={t("run:decisions")}>
      {shown.map((action) =>
        action.allowed ? (
          <Button
            key={action.name}
            size="large"
            className="fabu-action fabu-big"
            type={dangerous.includes(action.name) ? "default" : "primary"}
            danger={dangerous.includes(action.name)}
            ghost={action.name !== "start_deployment" && !dangerous.includes(action.name)}
            onClick={() => onAct(action)}
          >
            {action.label}
          </Button>
        ) : (
          <Popover
            key={action.name}
            trigger={["hover", "focus", "click"]}
            title={t("procedure:blocked", { action: action.label })}
            content={
              <div style={{ maxWidth: 420 }}>
                <Reasons reasons={action.blocked_by} />
              </div>
            }
          >
            <Button size="large" aria-disabled="true" className="fabu-action fabu-big fabu-blocked">
              {action.label}
            </Button>
          </Popover>
        ),
      )}
    </Flex>
  );
}
