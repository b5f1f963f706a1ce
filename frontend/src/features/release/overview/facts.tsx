import { formatWindow } from "@/lib/time";
import { paths } from "@/lib/paths";
import { useReleasePage } from "@/procedure/release-page";
import { Section } from "@/ui/section";
import { When } from "@/ui/when";
import { Descriptions, Flex, Tag, Typography } from "antd";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** What the release is: kind, time, customer, what it carries out and what it touches. */
export function Facts(): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const facts: [string, ReactNode][] = [
    [
      t("release:fact.kind"),
      [
        t(`enums:ReleaseKind.${release.kind}`),
        t(`enums:ReleaseScope.${release.scope}`),
        t(`enums:ReleaseMedium.${release.medium}`),
      ].join(" · "),
    ],
    [
      t("release:fact.window"),
      release.window ? formatWindow(release.window.start, release.window.end) : t("release:fact.noWindow"),
    ],
    [t("release:fact.customer"), release.customer?.name ?? t("release:fact.noCustomer")],
    [
      t("release:fact.serviceObjects"),
      <Flex key="objects" gap={4} wrap>
        {release.service_objects.map(({ id, code, name }) => (
          <Tag key={id} style={{ margin: 0 }}>
            {name} {code}
          </Tag>
        ))}
      </Flex>,
    ],
    [
      t("release:fact.changes"),
      <Flex key="changes" vertical gap={2}>
        {release.changes.map(({ id, number, title, state }) => (
          <Flex key={id} gap={6} wrap>
            <Link to={paths.change(id)}>{number}</Link>
            <span>{title}</span>
            <Typography.Text type="secondary">{t(`enums:ChangeState.${state}`)}</Typography.Text>
          </Flex>
        ))}
        {release.grouping && (
          <Typography.Text type="secondary">
            {t("release:fact.grouping", { name: release.grouping.by.name })}
          </Typography.Text>
        )}
      </Flex>,
    ],
    [t("release:fact.testRound"), t("release:fact.round", { n: release.test_round })],
    [t("release:fact.procedure"), release.procedure_version],
    [
      t("release:fact.created"),
      <span>
        {release.created.by.name} · <When at={release.created.at} />
      </span>,
    ],
  ];
  if (release.verdict)
    facts.push([
      t("release:fact.verdict"),
      <span>
        {t(`enums:Verdict.${release.verdict.verdict}`)} · {release.verdict.by.name} · <When at={release.verdict.at} />
        {release.verdict.reason !== "" && <div>{release.verdict.reason}</div>}
      </span>,
    ]);
  if (release.closed)
    facts.push([
      t("release:fact.closed"),
      <span>
        {release.closed.by.name} · <When at={release.closed.at} />
      </span>,
    ]);
  if (release.completed_at)
    facts.push([t("release:fact.completed"), <When key="completed" at={release.completed_at} />]);
  return (
    <Section title={t("release:fact.title")}>
      <Descriptions
        size="small"
        column={1}
        styles={{ label: { width: "var(--fabu-label)" } }}
        items={facts.map(([label, children]) => ({ key: label, label, children }))}
      />
    </Section>
  );
}
