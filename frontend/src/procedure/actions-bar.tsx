import type { ActionView } from "@/api/generated/types.gen";
import { Button, Flex, Popover } from "antd";
import { useId, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Reasons } from "@/ui/reasons";

interface Props {
  /** As the API gives them: every command that the stage knows. */
  actions: readonly ActionView[];
  /** Which of them belong here, most important first; the others are left out. */
  show?: (action: ActionView) => boolean;
  /** Called for an action that is allowed. */
  onAct: (action: ActionView) => void;
  /** The action that is being carried out. */
  busy?: ActionView["name"] | undefined;
  /** True where none of them is the one thing to do next. */
  isSecondary?: boolean;
}

/** What can be done now. A button that cannot be used says why when it is pressed, pointed at or focused. */
export function ActionsBar({ actions, show = () => true, onAct, busy, isSecondary = false }: Props): ReactElement {
  const shown = actions.filter(show);
  const firstAllowed = isSecondary ? undefined : shown.find(({ allowed }) => allowed);
  return (
    <Flex gap={8} wrap>
      {shown.map((action) => (
        <ActionButton
          key={`${action.name} ${action.document ?? ""}`}
          action={action}
          isPrimary={action === firstAllowed}
          isBusy={busy === action.name}
          onAct={onAct}
        />
      ))}
    </Flex>
  );
}

interface ButtonProps<A> {
  action: A;
  isPrimary?: boolean;
  isBusy?: boolean;
  onAct: (action: A) => void;
}

/** One action as a button; a blocked one keeps the focus and opens its reasons, so that keyboards and readers reach them. */
export function ActionButton<A extends Pick<ActionView, "label" | "allowed" | "blocked_by">>({
  action,
  isPrimary = false,
  isBusy = false,
  onAct,
}: ButtonProps<A>): ReactElement {
  const { t } = useTranslation();
  const id = useId();
  if (action.allowed) {
    return (
      <Button
        type={isPrimary ? "primary" : "default"}
        loading={isBusy}
        className="fabu-action"
        onClick={() => onAct(action)}
      >
        {action.label}
      </Button>
    );
  }
  const kinds = [...new Set(action.blocked_by.map(({ kind }) => t(`procedure:reason.${kind}`)))];
  return (
    <Popover
      trigger={["hover", "focus", "click"]}
      title={t("procedure:blocked", { action: action.label })}
      content={
        <div style={{ maxWidth: 480 }}>
          <Reasons reasons={action.blocked_by} />
        </div>
      }
    >
      <Button aria-disabled="true" aria-describedby={id} className="fabu-action fabu-blocked">
        <Flex component="span" gap={4} wrap align="baseline" justify="center">
          {action.label}
          <span id={id} className="fabu-blocked-why">
            {kinds.join(t("common:listSeparator"))}
          </span>
        </Flex>
      </Button>
    </Popover>
  );
}
