import { viewAffectedItemsOptions } from "@/api/generated/@tanstack/react-query.gen";
import { RecordsSelect } from "@/ui/form/record-select";
import { useQuery } from "@tanstack/react-query";
import { Flex, Typography } from "antd";
import { useEffect, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { InputProps } from "./choices";

/** Departments besides those of the release: at first those concerned with related configuration items (5.3a). */
export function ConcernedDepartmentsInput({ release, given }: Omit<InputProps, "field">): ReactElement {
  const { t } = useTranslation();
  const affected = useQuery(viewAffectedItemsOptions({ path: { number: release.number } }));
  const proposed = affected.data?.departments;
  const { id, value, onChange } = given;
  useEffect(() => {
    if (value === undefined && proposed !== undefined && proposed.length > 0) onChange?.(proposed);
  }, [value, proposed, onChange]);
  return (
    <Flex vertical gap={2}>
      <RecordsSelect
        {...(id !== undefined && { id })}
        kind="department"
        value={Array.isArray(value) ? value.filter((one) => typeof one === "string") : []}
        onChange={(ids) => onChange?.(ids)}
      />
      {proposed !== undefined && proposed.length > 0 && (
        <Typography.Text type="secondary">{t("items:affected.proposed")}</Typography.Text>
      )}
    </Flex>
  );
}
