import { listDepartmentsOptions } from "@/api/generated/@tanstack/react-query.gen";
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  id?: string;
  value?: readonly string[];
  onChange?: (ids: string[]) => void;
}

/** Chooses departments. A field of a form: its value is the list of their ids. */
export function DepartmentsSelect({ id, value = [], onChange }: Props): ReactElement {
  const { t } = useTranslation();
  const departments = useQuery({
    ...listDepartmentsOptions({ query: { active: true, limit: 100 } }),
    staleTime: 60_000,
  });
  return (
    <Select
      {...(id !== undefined && { id })}
      mode="multiple"
      showSearch={{ optionFilterProp: "label" }}
      loading={departments.isPending}
      value={[...value]}
      options={departments.data?.items.map((department) => ({ value: department.id, label: department.name })) ?? []}
      placeholder={t("form:departments")}
      onChange={(chosen: string[]) => onChange?.(chosen)}
      style={{ width: "100%" }}
    />
  );
}
