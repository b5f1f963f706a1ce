import { ReleaseAction, useReleasePage } from "@/procedure/release-page";
import { Section } from "@/ui/section";
import { When } from "@/ui/when";
import type { MarkView } from "@/api/generated/types.gen";
import { Flex, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** High residual risks that somebody took by name (RO1b). */
export function AcceptedRisks(): ReactElement | null {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  if (release.accepted_risks.length === 0) return null;
  return (
    <Section title={t("release:risks.title")} extra={<ReleaseAction name="accept_risk" />}>
      <Flex vertical gap={6}>
        {release.accepted_risks.map((accepted) => (
          <Accepted key={accepted.risk} title={accepted.risk} mark={accepted} />
        ))}
      </Flex>
    </Section>
  );
}

/** Rules of segregation that the general manager set aside (R0). */
export function Exceptions(): ReactElement | null {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  if (release.exceptions.length === 0) return null;
  return (
    <Section title={t("release:exceptions.title")} extra={<ReleaseAction name="grant_exception" />}>
      <Flex vertical gap={6}>
        {release.exceptions.map((exception) => (
          <Accepted key={exception.kind} title={t(`enums:ExceptionKind.${exception.kind}`)} mark={exception} />
        ))}
      </Flex>
    </Section>
  );
}

function Accepted({ title, mark }: { title: string; mark: MarkView }): ReactElement {
  return (
    <div>
      <Typography.Text strong>{title}</Typography.Text>{" "}
      <Typography.Text type="secondary">
        {mark.by.name} · <When at={mark.at} />
      </Typography.Text>
      {mark.reason !== "" && <div>{mark.reason}</div>}
    </div>
  );
}
