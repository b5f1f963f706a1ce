import { useReleasePage } from "@/procedure/release-page";
import { Section } from "@/ui/section";
import { formatDay } from "@/lib/time";
import { Descriptions, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** Who holds which role of the release, since when and why. */
export function Team(): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  return (
    <Section title={t("release:team.title")}>
      <Descriptions
        size="small"
        column={1}
        styles={{ label: { width: "var(--fabu-label)" } }}
        items={release.team.map(({ role, role_name, user, since, reason }) => ({
          key: role,
          label: role_name,
          children: (
            <span>
              {user.name}{" "}
              <Typography.Text type="secondary">{t("release:team.since", { day: formatDay(since) })}</Typography.Text>
              {reason !== "" && <Typography.Text type="secondary"> · {reason}</Typography.Text>}
            </span>
          ),
        }))}
      />
    </Section>
  );
}
