import { listReleasesOptions } from "@/api/generated/@tanstack/react-query.gen";
import { paths } from "@/lib/paths";
import { Loaded, Nothing } from "@/ui/page-states";
import { useQuery } from "@tanstack/react-query";
import { Card } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ReleaseLines } from "./release-lines";
import { procedure } from "@/api/words";

/** Releases in whose team the reader is and that still go on. */
export function MyReleases(): ReactElement {
  const { t } = useTranslation();
  const mine = useQuery(
    listReleasesOptions({ query: { member_id: "me", stage: [...procedure.stages.underWay], limit: 5 } }),
  );
  return (
    <Card
      size="small"
      title={<h2 className="fabu-card-title">{t("workbench:mine.title")}</h2>}
      extra={<Link to={`${paths.releases}?member_id=me`}>{t("workbench:all")}</Link>}
    >
      <Loaded query={mine} rows={3}>
        {({ items }) =>
          items.length === 0 ? <Nothing text={t("workbench:mine.nothing")} /> : <ReleaseLines releases={items} />
        }
      </Loaded>
    </Card>
  );
}
