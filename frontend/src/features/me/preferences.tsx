import { ifMatch, useCommand } from "@/api/command";
import { updateMeMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { Language, UserView } from "@/api/generated/types.gen";
import { languages, speak } from "@/lib/language";
import { useProblemFields } from "@/ui/form/problem-fields";
import { ProblemAlert } from "@/ui/problem-alert";
import { App, Button, Form, Input, Radio } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Fields {
  language: Language;
  phone: string;
}

/** The language of pages and messages, and the number that duty rosters show. */
export function Preferences({ me }: { me: UserView }): ReactElement {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const save = useCommand(updateMeMutation(), ({ language }) => {
    void speak(language);
    void message.success(t("me:preferences.saved"));
  });
  const shown = useProblemFields(form, save.error, ["/phone"]);
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      initialValues={{ language: me.language, phone: me.phone ?? "" }}
      onFinish={({ language, phone }) =>
        save.mutate({
          headers: ifMatch(me.version),
          body: { language, phone: phone.trim() === "" ? null : phone.trim() },
        })
      }
    >
      <Form.Item name="language" label={t("me:preferences.language")}>
        <Radio.Group options={languages.map((value) => ({ value, label: t(`shell:languages.${value}`) }))} />
      </Form.Item>
      <Form.Item name="phone" label={t("me:preferences.phone")}>
        <Input type="tel" autoComplete="tel" maxLength={40} />
      </Form.Item>
      <Form.Item hidden={save.error === null}>
        <ProblemAlert error={save.error} shownAtFields={shown} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t("common:save")}
      </Button>
    </Form>
  );
}
