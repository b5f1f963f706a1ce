import { Button, type ButtonProps } from "antd";
import type { MouseEvent, ReactElement } from "react";
import { useHref, useNavigate } from "react-router";

interface Props extends Omit<ButtonProps, "href" | "onClick" | "htmlType"> {
  to: string;
  /** What else happens when it is followed on this page. */
  onPress?: () => void;
}

/** A link to one of our pages that looks like a button. It is a real link: it can be opened in a new tab. */
export function LinkButton({ to, onPress, ...look }: Props): ReactElement {
  const navigate = useNavigate();
  const href = useHref(to);
  const open = (event: MouseEvent<HTMLElement>) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onPress?.();
    void navigate(to);
  };
  return <Button {...look} href={href} onClick={open} />;
}
