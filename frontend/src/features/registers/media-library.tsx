import {
  createMediaItemMutation,
  listMediaItemsOptions,
  updateMediaItemMutation,
} from "@/api/generated/@tanstack/react-query.gen";
import type { CheckOutcome, MediaItemView } from "@/api/generated/types.gen";
import { When } from "@/ui/when";
import { Flex, Tag } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { MediaFiles } from "./media-files";
import { register } from "./register/register";
import { RegisterPage } from "./register/register-page";

const colours: Partial<Record<CheckOutcome, string>> = { same: "success", differs: "error", missing: "error" };

export const mediaLibrary = register({
  kind: "media_item",
  list: listMediaItemsOptions,
  create: createMediaItemMutation,
  update: updateMediaItemMutation,
  hidden: ["sha256", "sm3", "size", "licence"],
  columns: (t) => [
    {
      key: "last_check",
      title: t("records:media_item.last_check._"),
      render: (medium) => <LastCheck medium={medium} />,
    },
  ],
  steps: (medium) => <MediaFiles medium={medium} />,
});

/** What the last check of the library found at the place of a medium (9.2a). */
function LastCheck({ medium: { last_check } }: { medium: MediaItemView }): ReactElement {
  const { t } = useTranslation();
  if (last_check === null) return <>{t("registers:media.unchecked")}</>;
  const colour = colours[last_check.outcome];
  return (
    <Flex gap={4} wrap align="baseline">
      <Tag style={{ margin: 0 }} {...(colour !== undefined && { color: colour })}>
        {t(`enums:CheckOutcome.${last_check.outcome}`)}
      </Tag>
      <When at={last_check.at} />
    </Flex>
  );
}

/** The definitive media library: what may be deployed or gone back to (9.2). */
export function Component(): ReactElement {
  return <RegisterPage register={mediaLibrary} />;
}
