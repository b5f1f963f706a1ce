import { Button, type ButtonProps } from "antd";
import type { MouseEvent, ReactElement } from "react";
import { useHref, useNavigate } from "react-router";

interface Props extends Omit<ButtonProps, "href" | "onClick" | "htmlType"> {
  to: string;
}

/** A link to one of our pages that looks like a button. It is a real link: it can be opened in a new tab. */
export function LinkButton({ to, ...look }: Props): ReactElement {
  const navigate = useNavigate();
  const href = useHref(to);
  const open = (event: MouseEvent<HTMLElement>) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void navigate(to);
  };
  return <Button {...look} href={href} onClick={open} />;
}
