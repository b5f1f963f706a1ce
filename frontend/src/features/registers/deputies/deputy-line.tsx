import { ifMatch, useCommand } from "@/api/command";
import { deleteDeputyMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { DeputyView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { formatDay, today } from "@/lib/time";
import { PersonName } from "@/ui/person-name";
import { ProblemAlert } from "@/ui/problem-alert";
import { Dialog } from "@/ui/dialog";
import { Button, Flex, Tag, Typography } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

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
      {deputy.absent && <Tag>{t("registers:deputies.absent")}</Tag>}
    </Flex>
  );
}

/** `王志远 → 陈晓燕`, each leading to the person. */
export function DeputyPeople({ deputy }: { deputy: DeputyView }): ReactElement {
  const { t } = useTranslation();
  return (
    <Flex gap={6} wrap>
      <Link to={paths.user(deputy.principal)}>
        <PersonName id={deputy.principal} />
      </Link>
      <span>{t("registers:deputies.by")}</span>
      <Link to={paths.user(deputy.deputy)}>
        <PersonName id={deputy.deputy} />
      </Link>
    </Flex>
  );
}

/** One arrangement in a short list. */
export function DeputyLine({ deputy }: { deputy: DeputyView }): ReactElement {
  return (
    <Flex gap={12} wrap align="center" justify="space-between">
      <Flex gap={12} wrap align="center">
        <DeputyPeople deputy={deputy} />
        <Typography.Text type="secondary">
          {formatDay(deputy.from)} – {formatDay(deputy.until)}
        </Typography.Text>
        <DeputyState deputy={deputy} />
      </Flex>
      <EndDeputy deputy={deputy} />
    </Flex>
  );
}

/** Ends an arrangement; the API says whether the reader may. */
export function EndDeputy({ deputy }: { deputy: DeputyView }): ReactElement {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const end = useCommand(deleteDeputyMutation(), () => setAsking(false));
  return (
    <>
      <Button size="small" onClick={() => setAsking(true)}>
        {t("registers:deputies.end")}
      </Button>
      {isAsking && (
        <Dialog
          open
          title={t("registers:deputies.endTitle")}
          okText={t("registers:deputies.end")}
          cancelText={t("common:cancel")}
          confirmLoading={end.isPending}
          onOk={() => end.mutate({ path: { id: deputy.id }, headers: ifMatch(deputy.version) })}
          onCancel={() => setAsking(false)}
        >
          <Flex vertical gap={12}>
            <DeputyPeople deputy={deputy} />
            <span>{t("registers:deputies.endAdvice")}</span>
            <ProblemAlert error={end.error} />
          </Flex>
        </Dialog>
      )}
    </>
  );
}
