import { useCommand } from "@/api/command";
import { sendTestMailMutation, viewDeliveryOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { DeliveryState } from "@/api/generated/types.gen";
import { useMe } from "@/api/me";
import { paths } from "@/lib/paths";
import { PermittedButton } from "@/ui/permitted-button";
import { ProblemAlert } from "@/ui/problem-alert";
import { Section } from "@/ui/section";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Flex } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { UserDialog } from "../users/user-dialog";

/** How often what became of the mail is asked for, in milliseconds. */
const pause = 2_000;

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
        {id !== undefined && <Outcome id={id} />}
      </Flex>
    </Section>
  );
}

const types: Record<DeliveryState, "success" | "info" | "error"> = {
  sent: "success",
  pending: "info",
  held: "info",
  merged: "info",
  failed: "error",
  parked: "error",
};

function Outcome({ id }: { id: string }): ReactElement | null {
  const { t } = useTranslation();
  const delivery = useQuery({
    ...viewDeliveryOptions({ path: { id } }),
    refetchInterval: ({ state }) => (state.data === undefined || state.data.state === "pending" ? pause : false),
  });
  if (delivery.data === undefined) return <ProblemAlert error={delivery.error} />;
  const { state, last_error } = delivery.data;
  return (
    <Alert
      type={types[state]}
      showIcon
      title={t(`enums:DeliveryState.${state}`)}
      description={last_error !== null && <span className="fabu-long-text">{last_error}</span>}
      action={<Link to={paths.delivery(id)}>{t("registers:setup.mail.more")}</Link>}
    />
  );
}
