import { Flex, Typography } from "antd";
import type { ReactElement, ReactNode } from "react";

interface Props {
  title: ReactNode;
  /** One line under the title. */
  subtitle?: ReactNode;
  /** Buttons at the right of the title. */
  extra?: ReactNode;
  children: ReactNode;
}

/** A page below the shell: its heading, its buttons, its content. */
export function Page({ title, subtitle, extra, children }: Props): ReactElement {
  return (
    <Flex vertical gap={16}>
      <Flex justify="space-between" align="start" gap={12} wrap>
        <Flex vertical gap={4} style={{ minWidth: 0 }}>
          <Typography.Title level={1} style={{ margin: 0, fontSize: 22, lineHeight: 1.4 }}>
            {title}
          </Typography.Title>
          {subtitle !== undefined && <Typography.Text type="secondary">{subtitle}</Typography.Text>}
        </Flex>
        {extra !== undefined && (
          <Flex gap={8} wrap>
            {extra}
          </Flex>
        )}
      </Flex>
      {children}
    </Flex>
  );
}
