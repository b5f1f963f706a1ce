import {
  createDepartmentMutation,
  listDepartmentsOptions,
  updateDepartmentMutation,
} from "@/api/generated/@tanstack/react-query.gen";
import { paths } from "@/lib/paths";
import type { ReactElement } from "react";
import { Link } from "react-router";
import { register } from "./register/register";
import { RegisterPage } from "./register/register-page";

export const departments = register({
  kind: "department",
  list: listDepartmentsOptions,
  create: createDepartmentMutation,
  update: updateDepartmentMutation,
  holders: { head: "department_head", deputy_head: "department_head" },
  columns: (t) => [
    {
      key: "people",
      title: t("registers:departments.people"),
      render: ({ id }) => (
        <Link to={`${paths.users}?department_id=${id}`}>{t("registers:departments.showPeople")}</Link>
      ),
    },
  ],
});

/** The departments, whose heads review release plans. */
export function Component(): ReactElement {
  return <RegisterPage register={departments} />;
}
