import { listReleasesOptions } from "@/api/generated/@tanstack/react-query.gen";
import { paths } from "@/lib/paths";
import { dayEnd, dayStart, today } from "@/lib/time";
import { Loaded, Nothing } from "@/ui/page-states";
import { useQuery } from "@tanstack/react-query";
import { Card } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ReleaseLines } from "./release-lines";
import { procedure } from "@/api/words";

/** What goes live from today within seven days. */
export function UpcomingReleases(): ReactElement {
  const { t } = useTranslation();
  const [from, to] = [today(), today(7)];
  const window = { window_from: dayStart(from), window_to: dayEnd(to) };
  const soon = useQuery(
    listReleasesOptions({
      query: { ...window, stage: [...procedure.stages.underWay], sort: "window_start", limit: 5 },
    }),
  );
  return (
    <Card
      size="small"
      title={<h2 className="fabu-card-title">{t("workbench:upcoming.title")}</h2>}
      extra={
        <Link to={`${paths.releases}?window_from=${from}&window_to=${to}&sort=window_start`}>{t("workbench:all")}</Link>
      }
    >
      <Loaded query={soon} rows={3}>
        {({ items }) =>
          items.length === 0 ? <Nothing text={t("workbench:upcoming.nothing")} /> : <ReleaseLines releases={items} />
        }
      </Loaded>
    </Card>
  );
}
