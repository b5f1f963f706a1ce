import { paths } from "@/lib/paths";
import { Flex } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** What else concerns the person, on pages of its own. */
export function Further({ me }: { me: string }): ReactElement {
  const { t } = useTranslation();
  return (
    <Flex vertical gap={8} component="ul" className="fabu-plain-list">
      <li>
        <Link to={paths.myNotifications}>{t("me:notifications.title")}</Link>
      </li>
      <li>
        <Link to={`${paths.deputies}?user_id=${me}`}>{t("me:further.deputies")}</Link>
      </li>
    </Flex>
  );
}
