import { listReleasesOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { ReleaseView, ServiceObjectRefView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { formatWindow } from "@/lib/time";
import { Loaded, Nothing } from "@/ui/page-states";
import { useReleasePage } from "@/procedure/release-page";
import { VerdictTag } from "@/procedure/release-tags";
import { Section } from "@/ui/section";
import { useQuery } from "@tanstack/react-query";
import { Flex, Tag, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** What the release is tied to: changes, configuration items, other releases of the same objects. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  return (
    <Flex vertical gap={16}>
      <Section title={t("release:related.changes")}>
        <Flex vertical gap={6}>
          {release.changes.map(({ id, number, title, state }) => (
            <Flex key={id} gap={8} wrap align="baseline">
              <Link to={paths.change(id)}>{number}</Link>
              <span>{title}</span>
              <Tag style={{ margin: 0 }}>{t(`enums:ChangeState.${state}`)}</Tag>
            </Flex>
          ))}
        </Flex>
      </Section>
      <ConfigurationItems release={release} />
      {release.service_objects.map((object) => (
        <SameObject key={object.id} object={object} release={release} />
      ))}
    </Flex>
  );
}

function ConfigurationItems({ release }: { release: ReleaseView }): ReactElement {
  const { t } = useTranslation();
  return (
    <Section title={t("release:related.items")}>
      {release.configuration_changes.length === 0 ? (
        <Nothing text={t("release:related.noItems")} />
      ) : (
        <Flex vertical gap={6}>
          {release.configuration_changes.map(({ id, item, planned_version, state }) => (
            <Flex key={id} gap={8} wrap align="baseline">
              <Link to={paths.releaseTab(release.number, "configuration")}>{item}</Link>
              <span>{t("release:related.version", { version: planned_version })}</span>
              <Tag style={{ margin: 0 }}>{t(`enums:ConfigurationState.${state}`)}</Tag>
            </Flex>
          ))}
        </Flex>
      )}
    </Section>
  );
}

/** Other releases of one object under service, newest first. */
function SameObject({ object, release }: { object: ServiceObjectRefView; release: ReleaseView }): ReactElement {
  const { t } = useTranslation();
  const releases = useQuery(listReleasesOptions({ query: { service_object_id: object.id, limit: 21 } }));
  return (
    <Section title={t("release:related.sameObject", { name: object.name })}>
      <Loaded query={releases} rows={3}>
        {({ items }) => {
          const others = items.filter(({ id }) => id !== release.id);
          return others.length === 0 ? (
            <Nothing text={t("release:related.noOthers")} />
          ) : (
            <Flex vertical gap={6}>
              {others.map(({ id, number, title, stage, verdict, window }) => (
                <Flex key={id} gap={8} wrap align="baseline">
                  <Link to={paths.release(number)}>{number}</Link>
                  <span>{title}</span>
                  {verdict ? <VerdictTag verdict={verdict} /> : <Tag style={{ margin: 0 }}>{stage.name}</Tag>}
                  {window && (
                    <Typography.Text type="secondary">{formatWindow(window.start, window.end)}</Typography.Text>
                  )}
                </Flex>
              ))}
            </Flex>
          );
        }}
      </Loaded>
    </Section>
  );
}
