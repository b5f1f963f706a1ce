import { useRecords, type Named } from "@/api/registers";
import { words } from "@/api/words";
import type { Filter } from "@/ui/list-page/filters";
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { activeFilter } from "../active";
import { registers, type RegisterKind } from "../registers.gen";
import { labelOf, namingFields } from "./shape";

/** The records that fields refer to, by the kind of the field. */
interface Known {
  customer: readonly Named[];
  department: readonly Named[];
  serviceObject: readonly Named[];
}

/** The filters that follow from what the list of a register can be asked for. */
export function useFieldFilters(kind: RegisterKind): Filter[] {
  const { t } = useTranslation();
  const isFilteredBy = (wanted: keyof Known) =>
    registers[kind].fields.some((field) => field.kind === wanted && registers[kind].filters.includes(field.name));
  const customer = useRecords("customer", isFilteredBy("customer"));
  const department = useRecords("department", isFilteredBy("department"));
  const serviceObject = useRecords("service_object", isFilteredBy("serviceObject"));
  return useMemo(
    () => filtersOf(t, kind, { customer, department, serviceObject }),
    [t, kind, customer, department, serviceObject],
  );
}

/** What the list can be asked for and is no field is the register's own matter. */
export function filtersOf(t: TFunction, kind: RegisterKind, known: Known): Filter[] {
  const { filters, fields } = registers[kind];
  return filters.flatMap((key): Filter[] => {
    if (key === "active") return [activeFilter(t)];
    if (key === "q") {
      const label = namingFields(kind).map((field) => labelOf(t, `records:${kind}`, field));
      return [{ kind: "text", key, label: label.join(t("common:listSeparator")) }];
    }
    const field = fields.find(({ name }) => name === key);
    if (field === undefined) return [];
    const label = labelOf(t, `records:${kind}`, field);
    switch (field.kind) {
      case "flag":
      case "person":
        return [{ kind: field.kind, key, label }];
      case "choice": {
        const options = words[field.of].map((word) => ({ value: word, label: t(`enums:${field.of}.${word}`) }));
        return [{ kind: "choice", key, label, options }];
      }
      case "customer":
      case "department":
      case "serviceObject": {
        const options = known[field.kind].map(({ id, name }) => ({ value: id, label: name }));
        return [{ kind: "choice", key, label, options }];
      }
      default:
        return [];
    }
  });
}
