import type { ReleaseSummaryView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { formatWindow } from "@/lib/time";
import { Flex, Typography } from "antd";
import type { ReactElement } from "react";
import { Link } from "react-router";

/** Releases, one short line each. */
export function ReleaseLines({ releases }: { releases: readonly ReleaseSummaryView[] }): ReactElement {
  return (
    <ul style={{ margin: 0, padding: 0, listStyle: "none" }}>
      {releases.map(({ id, number, title, stage, window }) => (
        <li key={id} style={{ paddingBlock: 6 }}>
          <Flex vertical>
            <Link to={paths.release(number)}>{title}</Link>
            <Typography.Text type="secondary" style={{ fontSize: 13 }}>
              {[number, stage.name, window && formatWindow(window.start, window.end)].filter(Boolean).join(" · ")}
            </Typography.Text>
          </Flex>
        </li>
      ))}
    </ul>
  );
}
