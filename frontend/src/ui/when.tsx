import { formatDistance, formatInstant, isPast } from "@/lib/time";
import { Typography } from "antd";
import type { ReactElement } from "react";

/** An instant in company time, with how far away it is when the pointer rests on it. */
export function When({ at }: { at: string }): ReactElement {
  return (
    <time dateTime={at} title={formatDistance(at)}>
      {formatInstant(at)}
    </time>
  );
}

/** Until when something is due: how long is left, red and in words when it is over. */
export function Due({ at, isOpen = true }: { at: string; isOpen?: boolean }): ReactElement {
  const isLate = isOpen && isPast(at);
  return (
    <Typography.Text type={isLate ? "danger" : "secondary"}>
      <time dateTime={at} title={formatInstant(at)}>
        {formatInstant(at)}
        {isOpen && ` · ${formatDistance(at)}`}
      </time>
    </Typography.Text>
  );
}
