import type { MarkView } from "@/api/generated/types.gen";
import { useReleasePage } from "@/procedure/release-page";
import { VerdictTag } from "@/procedure/release-tags";
import { Section } from "@/ui/section";
import { When } from "@/ui/when";
import { Descriptions, Flex, Typography } from "antd";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** The verdict on the deployment, and who closed the release. */
export function Outcome(): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const { verdict, closed, completed_at: completed } = release;
  const none = <Typography.Text type="secondary">{t("closure:notYet")}</Typography.Text>;
  return (
    <Section title={t("closure:outcome")}>
      <Descriptions
        size="small"
        column={1}
        styles={{ label: { width: "var(--fabu-label)" } }}
        items={[
          {
            key: "verdict",
            label: t("release:fact.verdict"),
            children: verdict ? <Mark mark={verdict} before={<VerdictTag verdict={verdict.verdict} />} /> : none,
          },
          { key: "closed", label: t("release:fact.closed"), children: closed ? <Mark mark={closed} /> : none },
          {
            key: "completed",
            label: t("release:fact.completed"),
            children: completed ? <When at={completed} /> : none,
          },
        ]}
      />
    </Section>
  );
}

function Mark({ mark, before }: { mark: MarkView; before?: ReactNode }): ReactElement {
  return (
    <Flex vertical>
      <Flex gap={8} wrap align="baseline">
        {before}
        <span>{mark.by.name}</span>
        <Typography.Text type="secondary">
          <When at={mark.at} />
        </Typography.Text>
      </Flex>
      {mark.reason !== "" && <span className="fabu-long-text">{mark.reason}</span>}
    </Flex>
  );
}
