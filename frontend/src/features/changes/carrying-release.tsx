import { listReleases } from "@/api/generated/sdk.gen";
import type { ChangeView } from "@/api/generated/types.gen";
import { everything } from "@/api/registers";
import { paths } from "@/lib/paths";
import { formatWindow } from "@/lib/time";
import { Loaded, Nothing } from "@/ui/page-states";
import { Section } from "@/ui/section";
import { useQuery } from "@tanstack/react-query";
import { Flex, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/**
 * The release that carries a change out.
 *
 * A change names it by identity and releases are asked for by number, so it is found among those of the same object.
 */
export function CarryingRelease({ change }: { change: ChangeView }): ReactElement {
  const { t } = useTranslation();
  const object = change.service_objects[0];
  const found = useQuery({
    queryKey: ["release of change", change.id, change.release_id],
    queryFn: async ({ signal }) => {
      const all = await everything(
        async (cursor) =>
          (
            await listReleases({
              query: { service_object_id: object, cursor, limit: 100 },
              signal,
              throwOnError: true,
            })
          ).data,
      );
      return all.find(({ id }) => id === change.release_id) ?? null;
    },
    enabled: change.release_id !== null,
  });
  return (
    <Section title={t("changes:carrying.title")}>
      {change.release_id === null ? (
        <Nothing text={t(change.state === "approved" ? "changes:carrying.none" : "changes:carrying.notYet")} />
      ) : (
        <Loaded query={found} rows={2}>
          {(release) =>
            release === null ? (
              <Nothing text={t("changes:carrying.hidden")} />
            ) : (
              <Flex vertical>
                <Link to={paths.release(release.number)}>{release.title}</Link>
                <Typography.Text type="secondary">
                  {[
                    release.number,
                    release.stage.name,
                    release.window && formatWindow(release.window.start, release.window.end),
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </Typography.Text>
              </Flex>
            )
          }
        </Loaded>
      )}
    </Section>
  );
}
