import { ifMatch, useCommand } from "@/api/command";
import { updateNotificationsMutation, viewNotificationsOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { NoticeGroup, NotificationsView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { useProblemFields } from "@/ui/form/problem-fields";
import { TimeField } from "@/ui/form/time-field";
import { Page } from "@/ui/page";
import { Loaded } from "@/ui/page-states";
import { ProblemAlert } from "@/ui/problem-alert";
import { Section } from "@/ui/section";
import { LockOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { App, Button, Flex, Form, Radio, Switch, Typography } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { choicesOf, manners, requestOf, type Choices } from "./choices";

/** Families of which nothing can be left out: everything in them asks for work, or is about the safety of the account. */
const fixed: readonly NoticeGroup[] = ["overdue", "account"];

/** The family of which nothing has to come. */
const free: NoticeGroup = "progress";

/** Which messages come, at once or in the daily digest, and when there is quiet. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const notifications = useQuery(viewNotificationsOptions());
  return (
    <Page title={t("me:notifications.title")} subtitle={<Link to={paths.me}>{t("me:title")}</Link>}>
      <Loaded query={notifications}>{(view) => <Settings key={view.version} view={view} />}</Loaded>
    </Page>
  );
}

function Settings({ view }: { view: NotificationsView }): ReactElement {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Choices>();
  const [isQuiet, setQuiet] = useState(view.quiet_hours !== null);
  const save = useCommand(updateNotificationsMutation(), () => void message.success(t("me:preferences.saved")));
  const shown = useProblemFields(form, save.error, ["/quiet_hours"]);
  const initial = choicesOf(view);
  return (
    <Form<Choices>
      form={form}
      layout="vertical"
      initialValues={{ ...initial, quiet: initial.quiet ?? { from: "22:00", until: "07:30" } }}
      onFinish={(choices) =>
        save.mutate({
          headers: ifMatch(view.version),
          body: requestOf({ ...choices, quiet: isQuiet ? choices.quiet : null }, view),
        })
      }
    >
      <Flex vertical gap={16}>
        <Section title={t("me:notifications.mail")}>
          <Typography.Paragraph type="secondary">{t("me:notifications.advice")}</Typography.Paragraph>
          {view.groups.map(({ group }) => (
            <Family key={group} group={group} />
          ))}
        </Section>
        <Section title={t("me:notifications.quiet.title")}>
          <Flex vertical gap={12}>
            <Flex gap={8} align="center">
              <Switch id="quiet" checked={isQuiet} onChange={setQuiet} />
              <label htmlFor="quiet">{t("me:notifications.quiet.on")}</label>
            </Flex>
            {isQuiet && (
              <Flex gap={16} wrap>
                <Form.Item
                  name={["quiet", "from"]}
                  label={t("me:notifications.quiet.from")}
                  rules={[{ required: true, message: t("common:required") }]}
                >
                  <TimeField />
                </Form.Item>
                <Form.Item
                  name={["quiet", "until"]}
                  label={t("me:notifications.quiet.until")}
                  rules={[{ required: true, message: t("common:required") }]}
                >
                  <TimeField />
                </Form.Item>
              </Flex>
            )}
            <Typography.Text type="secondary">{t("me:notifications.quiet.advice")}</Typography.Text>
          </Flex>
        </Section>
        <ProblemAlert error={save.error} shownAtFields={shown} />
        <div>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t("common:save")}
          </Button>
        </div>
      </Flex>
    </Form>
  );
}

/** How the messages of one family come, and what of it comes whatever is chosen. */
function Family({ group }: { group: NoticeGroup }): ReactElement {
  const { t } = useTranslation();
  const offered = fixed.includes(group) ? manners.filter((manner) => manner !== "needed") : manners;
  return (
    <Form.Item
      name={["groups", group]}
      label={<strong>{t(`enums:NoticeGroup.${group}`)}</strong>}
      extra={
        group !== free && (
          <Flex gap={6} align="baseline" component="span">
            <LockOutlined aria-hidden />
            <span>{t(`me:notifications.always.${group}`)}</span>
          </Flex>
        )
      }
    >
      <Radio.Group
        options={offered.map((value) => ({
          value,
          label: t(`me:notifications.manner.${value === "needed" && group === free ? "none" : value}`),
        }))}
      />
    </Form.Item>
  );
}
