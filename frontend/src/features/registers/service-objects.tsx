import {
  createServiceObjectMutation,
  listServiceObjectsOptions,
  updateServiceObjectMutation,
} from "@/api/generated/@tanstack/react-query.gen";
import { paths } from "@/lib/paths";
import type { ReactElement } from "react";
import { Link } from "react-router";
import { register } from "./register/register";
import { RegisterPage } from "./register/register-page";

export const serviceObjects = register({
  kind: "service_object",
  list: listServiceObjectsOptions,
  create: createServiceObjectMutation,
  update: updateServiceObjectMutation,
  columns: (t) => [
    {
      key: "changes",
      title: t("registers:objects.changes"),
      render: ({ id }) => (
        <Link to={`${paths.changes}?service_object_id=${id}`}>{t("registers:objects.showChanges")}</Link>
      ),
    },
  ],
});

/** The objects under service: whose they are, and which departments a release of them touches. */
export function Component(): ReactElement {
  return <RegisterPage register={serviceObjects} />;
}
