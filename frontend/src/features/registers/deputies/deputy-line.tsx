import type { DeputyView } from "@/api/generated/types.gen";
import { formatDay, today } from "@/lib/time";
import { Flex, Tag, Typography } from "antd";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PersonLink } from "../person-link";

/** Whether an arrangement is in force, comes later or is over. */
export function DeputyState({ deputy }: { deputy: DeputyView }): ReactElement {
  const { t } = useTranslation();
  const now = today();
  const state = deputy.until < now ? "over" : deputy.from > now ? "later" : "now";
  return (
    <Flex gap={4} wrap>
      <Tag color={state === "now" ? "green" : state === "later" ? "blue" : "default"}>
        {t(`registers:deputies.${state}`)}
      </Tag>
      {deputy.absent && <Tag>{t("records:deputy.absent")}</Tag>}
    </Flex>
  );
}

/** `王志远 → 陈晓燕`, each leading to the person. */
export function DeputyPeople({ deputy }: { deputy: DeputyView }): ReactElement {
  const { t } = useTranslation();
  return (
    <Flex gap={6} wrap>
      <PersonLink id={deputy.principal} />
      <span>{t("registers:deputies.by")}</span>
      <PersonLink id={deputy.deputy} />
    </Flex>
  );
}

/** One arrangement in a short list, with what can be done with it. */
export function DeputyLine({ deputy, steps }: { deputy: DeputyView; steps: ReactNode }): ReactElement {
  return (
    <Flex gap={12} wrap align="center" justify="space-between">
      <Flex gap={12} wrap align="center">
        <DeputyPeople deputy={deputy} />
        <Typography.Text type="secondary">
          {formatDay(deputy.from)} – {formatDay(deputy.until)}
        </Typography.Text>
        <DeputyState deputy={deputy} />
      </Flex>
      {steps}
    </Flex>
  );
}
