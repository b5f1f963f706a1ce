import type { UserView } from "@/api/generated/types.gen";
import { Descriptions, Tag } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** What an administrator keeps about the person: to be seen here, and changed there. */
export function Profile({ me }: { me: UserView }): ReactElement {
  const { t } = useTranslation();
  return (
    <Descriptions
      size="small"
      column={1}
      items={[
        { key: "name", label: t("me:profile.name"), children: me.name },
        { key: "login", label: t("auth:login"), children: me.login },
        { key: "email", label: t("me:profile.email"), children: me.email ?? t("me:profile.none") },
        {
          key: "roles",
          label: t("me:profile.roles"),
          children:
            me.roles.length === 0
              ? t("me:profile.none")
              : me.roles.map((role) => <Tag key={role}>{t(`enums:Role.${role}`)}</Tag>),
        },
      ]}
    />
  );
}
