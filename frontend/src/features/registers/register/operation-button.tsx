import { isPermittedOperation } from "@/api/permitted";
import { PermittedButton } from "@/ui/permitted-button";
import { Button, type ButtonProps } from "antd";
import type { ReactElement } from "react";

interface Props extends Omit<ButtonProps, "disabled"> {
  operation: string;
}

/** The button of an operation: of one that is a matter of roles it says whose step it is; about others the API decides. */
export function OperationButton({ operation, ...button }: Props): ReactElement {
  return isPermittedOperation(operation) ? (
    <PermittedButton operation={operation} {...button} />
  ) : (
    <Button {...button} />
  );
}
