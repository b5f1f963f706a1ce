import { When } from "@/ui/when";
import { Timeline as AntTimeline, Flex, Typography } from "antd";
import type { ReactElement, ReactNode } from "react";

/** Something that happened. */
export interface TimelineEntry {
  /** Also its address on the page: `#entry-ID`. */
  id: string;
  at: string;
  /** What happened, as a sentence. */
  title: ReactNode;
  /** By whom; nothing for the system itself. */
  who?: string | undefined;
  /** More about it. */
  detail?: ReactNode;
  color?: "blue" | "green" | "red" | "gray";
}

/** What happened, in the order given; every entry has an address of its own. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }): ReactElement {
  return (
    <AntTimeline
      items={entries.map((entry) => ({
        key: entry.id,
        color: entry.color ?? "blue",
        content: (
          <Flex vertical id={`entry-${entry.id}`}>
            <span>{entry.title}</span>
            <Typography.Text type="secondary">
              <a href={`#entry-${entry.id}`} style={{ color: "inherit" }}>
                <When at={entry.at} />
              </a>
              {entry.who !== undefined && ` · ${entry.who}`}
            </Typography.Text>
            {entry.detail}
          </Flex>
        ),
      }))}
    />
  );
}
