import { usePermitted, type PermittedOperation } from "@/api/permitted";
import { whose } from "@/api/words.gen";
import { Button, Popover, Typography, type ButtonProps } from "antd";
import { useId, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Props extends Omit<ButtonProps, "disabled"> {
  operation: PermittedOperation;
}

/** A button for a step outside a release; for whom it is not, it says whose step it is. */
export function PermittedButton({ operation, children, icon, size, ...button }: Props): ReactElement {
  const { t } = useTranslation();
  const id = useId();
  const may = usePermitted(operation);
  if (may !== false) {
    // Until it is known, nothing is said about it; only its place is kept.
    const style = may === undefined ? { ...button.style, visibility: "hidden" as const } : button.style;
    return (
      <Button icon={icon} size={size} {...button} style={style}>
        {children}
      </Button>
    );
  }
  const roles = whose[operation].map((role) => t(`enums:Role.${role}`)).join(t("common:listSeparator"));
  return (
    <Popover
      trigger={["hover", "focus", "click"]}
      content={<Typography.Text>{t("procedure:reason.who", { who: roles })}</Typography.Text>}
    >
      <Button icon={icon} size={size} aria-disabled="true" aria-describedby={id} className="fabu-blocked">
        {children}
        <span id={id} className="fabu-blocked-why">
          {t("procedure:reason.not_permitted")}
        </span>
      </Button>
    </Popover>
  );
}
