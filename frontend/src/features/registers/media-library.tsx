import {
  createMediaItemMutation,
  listMediaItemsOptions,
  updateMediaItemMutation,
} from "@/api/generated/@tanstack/react-query.gen";
import type { ReactElement } from "react";
import { register } from "./register/register";
import { RegisterPage } from "./register/register-page";

export const mediaLibrary = register({
  kind: "media_item",
  list: listMediaItemsOptions,
  create: createMediaItemMutation,
  update: updateMediaItemMutation,
  hidden: ["sha256", "size", "licence"],
});

/** The definitive media library: what may be deployed or gone back to (9.2). */
export function Component(): ReactElement {
  return <RegisterPage register={mediaLibrary} />;
}
