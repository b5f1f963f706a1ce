import { useCommand } from "@/api/command";
import { sendTestMailMutation } from "@/api/generated/@tanstack/react-query.gen";
import { useMe } from "@/api/me";
import { DeliveryOutcome } from "@/ui/delivery-outcome";
import { PermittedButton } from "@/ui/permitted-button";
import { ProblemAlert } from "@/ui/problem-alert";
import { Section } from "@/ui/section";
import { Button, Flex } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { UserDialog } from "../users/user-dialog";

/** Whether mail arrives: a mail to oneself, and what became of it. */
export function MailTest(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const [isEditing, setEditing] = useState(false);
  const test = useCommand(sendTestMailMutation());
  const id = test.data?.id;
  return (
    <Section title={t("registers:setup.step.mail")}>
      <Flex vertical gap={12} align="start">
        <Flex gap={8} wrap align="center">
          <span>{t("registers:setup.mail.to", { address: me?.email ?? t("registers:none") })}</span>
          <Button size="small" disabled={me === undefined} onClick={() => setEditing(true)}>
            {t("registers:edit")}
          </Button>
        </Flex>
        {isEditing && me && <UserDialog user={me} onClose={() => setEditing(false)} />}
        <PermittedButton operation="send_test_mail" loading={test.isPending} onClick={() => test.mutate({})}>
          {t("registers:setup.mail.send")}
        </PermittedButton>
        <ProblemAlert error={test.error} />
        {id !== undefined && <DeliveryOutcome id={id} />}
      </Flex>
    </Section>
  );
}
