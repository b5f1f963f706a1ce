import { Card } from "antd";
import type { ReactElement, ReactNode } from "react";

interface Props {
  title: ReactNode;
  /** Buttons at the right of the heading. */
  extra?: ReactNode;
  /** Where the address leads: `#id`. */
  id?: string;
  children: ReactNode;
}

/** A part of a page under a heading of its own. */
export function Section({ title, extra, id, children }: Props): ReactElement {
  return (
    <Card size="small" id={id} title={<h2 className="fabu-card-title">{title}</h2>} extra={extra}>
      {children}
    </Card>
  );
}
