import { ifMatch, useCommand } from "@/api/command";
import {
  resendDeliveryMutation,
  viewDeliveryMailOptions,
  viewDeliveryOptions,
} from "@/api/generated/@tanstack/react-query.gen";
import type { AttemptOutcome, DeliveryAttemptView, DeliveryDetailView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { AdminNav } from "@/ui/admin-nav";
import { saveBytes } from "@/ui/files/download";
import { Page } from "@/ui/page";
import { Loaded, Nothing } from "@/ui/page-states";
import { PermittedButton } from "@/ui/permitted-button";
import { ProblemAlert } from "@/ui/problem-alert";
import { Section } from "@/ui/section";
import { When } from "@/ui/when";
import { useQuery } from "@tanstack/react-query";
import { Button, Descriptions, Flex, Segmented, Tag, Typography } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { shownMail } from "./shown-mail";
import { DeliveryStateTag, Recipient, useKindName } from "./words";

const outcomeColors: Record<AttemptOutcome, string> = {
  accepted: "green",
  deferred: "gold",
  unreachable: "gold",
  refused: "red",
  unbuildable: "red",
};

/** One message: where it stands, every try to send it, and the mail as its reader gets it. */
export function Component(): ReactElement {
  const { id = "" } = useParams();
  const delivery = useQuery(viewDeliveryOptions({ path: { id } }));
  return <Loaded query={delivery}>{(loaded) => <Delivery key={loaded.id} delivery={loaded} />}</Loaded>;
}

function Delivery({ delivery }: { delivery: DeliveryDetailView }): ReactElement {
  const { t } = useTranslation();
  const kindName = useKindName();
  const resend = useCommand(resendDeliveryMutation());
  return (
    <Page
      title={kindName(delivery.kind)}
      subtitle={
        <Flex gap={8} wrap align="center" component="span">
          <Recipient of={delivery} />
          <DeliveryStateTag state={delivery.state} />
        </Flex>
      }
      extra={
        <PermittedButton
          operation="resend_delivery"
          loading={resend.isPending}
          onClick={() => resend.mutate({ path: { id: delivery.id }, headers: ifMatch(delivery.version) })}
        >
          {t("deliveries:resend")}
        </PermittedButton>
      }
    >
      <AdminNav />
      <ProblemAlert error={resend.error} />
      <Section title={t("deliveries:facts")}>
        <Facts delivery={delivery} />
      </Section>
      <Section title={t("deliveries:tries.title")}>
        <Tries tries={delivery.tries} />
      </Section>
      {delivery.channel === "mail" && (
        <Section title={t("deliveries:mail.title")}>
          <Mail id={delivery.id} />
        </Section>
      )}
      <Link to={paths.deliveries}>{t("deliveries:toList")}</Link>
    </Page>
  );
}

function Facts({ delivery }: { delivery: DeliveryDetailView }): ReactElement {
  const { t } = useTranslation();
  const { channel, address, language, created_at, sent_at, next_at, attempts, last_error, release_id, robot_id } =
    delivery;
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, sm: 1, md: 2 }}
      items={[
        { key: "channel", label: t("deliveries:channel"), children: t(`enums:Channel.${channel}`) },
        { key: "address", label: t("deliveries:address"), children: address },
        { key: "language", label: t("deliveries:language"), children: t(`enums:Language.${language}`) },
        { key: "attempts", label: t("deliveries:attempts"), children: attempts },
        { key: "created", label: t("deliveries:createdAt"), children: <When at={created_at} /> },
        ...(sent_at === null ? [] : [{ key: "sent", label: t("deliveries:sentAt"), children: <When at={sent_at} /> }]),
        ...(next_at === null ? [] : [{ key: "next", label: t("deliveries:next"), children: <When at={next_at} /> }]),
        ...(release_id === null
          ? []
          : [
              {
                key: "release",
                label: t("deliveries:release"),
                children: (
                  <Link to={`${paths.deliveries}?release_id=${release_id}`}>{t("deliveries:sameRelease")}</Link>
                ),
              },
            ]),
        ...(robot_id === null
          ? []
          : [
              {
                key: "robot",
                label: t("enums:Channel.robot"),
                children: <Link to={`${paths.deliveries}?robot_id=${robot_id}`}>{t("deliveries:sameRobot")}</Link>,
              },
            ]),
        ...(last_error === null
          ? []
          : [
              {
                key: "error",
                label: t("deliveries:error"),
                children: <span className="fabu-long-text">{last_error}</span>,
              },
            ]),
      ]}
    />
  );
}

function Tries({ tries }: { tries: DeliveryAttemptView[] }): ReactElement {
  const { t } = useTranslation();
  if (tries.length === 0) return <Nothing text={t("deliveries:tries.nothing")} />;
  return (
    <ol className="fabu-rows">
      {tries.map(({ number, at, outcome, detail }) => (
        <li key={number}>
          <Flex gap={8} wrap align="baseline">
            <When at={at} />
            <Tag color={outcomeColors[outcome]} style={{ margin: 0 }}>
              {t(`enums:AttemptOutcome.${outcome}`)}
            </Tag>
          </Flex>
          <Typography.Text type="secondary" className="fabu-long-text">
            {detail}
          </Typography.Text>
        </li>
      ))}
    </ol>
  );
}

type Look = "page" | "text" | "source";

/** The mail as its reader gets it. The page is shown in a frame that runs nothing. */
function Mail({ id }: { id: string }): ReactElement {
  const { t } = useTranslation();
  const [look, setLook] = useState<Look>("page");
  const mail = useQuery(viewDeliveryMailOptions({ path: { id } }));
  return (
    <Loaded query={mail}>
      {({ subject, html, text, eml }) => (
        <Flex vertical gap={12}>
          <strong>{subject}</strong>
          <Flex gap={8} wrap align="center" justify="space-between">
            <Segmented<Look>
              aria-label={t("deliveries:mail.look")}
              value={look}
              options={(["page", "text", "source"] as const).map((value) => ({
                value,
                label: t(`deliveries:mail.${value}`),
              }))}
              onChange={setLook}
            />
            <Button onClick={() => saveBytes(new Blob([eml], { type: "message/rfc822" }), `${id}.eml`)}>
              {t("deliveries:mail.save")}
            </Button>
          </Flex>
          {look === "page" ? (
            <iframe
              title={subject}
              sandbox=""
              srcDoc={shownMail(html)}
              style={{ width: "100%", height: 560, border: 0, background: "#fff" }}
            />
          ) : (
            <Typography.Paragraph className="fabu-long-text" style={{ fontFamily: "monospace", margin: 0 }}>
              {look === "text" ? text : eml}
            </Typography.Paragraph>
          )}
        </Flex>
      )}
    </Loaded>
  );
}
