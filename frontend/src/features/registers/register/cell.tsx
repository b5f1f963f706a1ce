import { useRecordNames, type NamedKind } from "@/api/registers";
import { formatMinute } from "@/lib/time";
import { isEmpty, type Json } from "@/procedure/document/fields";
import { ReadValue } from "@/procedure/document/read-view";
import { Flex } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { PersonLink } from "../person-link";
import type { RecordField } from "./shape";

/** What a field of a record holds, in words; the parts that documents have as well are shown as there. */
export function Cell({ field, value }: { field: RecordField; value: Json | undefined }): ReactElement | null {
  const { t } = useTranslation();
  if (field.kind === "text") return typeof value === "string" ? <>{value}</> : null;
  if (typeof value !== "boolean" && typeof value !== "number" && isEmpty(value)) return <>{t("registers:none")}</>;
  const texts = [value].flat().filter((one) => typeof one === "string");
  switch (field.kind) {
    case "person":
    case "people":
      return (
        <Flex gap={6} wrap>
          {texts.map((id) => (
            <PersonLink key={id} id={id} />
          ))}
        </Flex>
      );
    case "customer":
    case "customers":
      return <RecordNames kind="customer" ids={texts} />;
    case "department":
    case "departments":
      return <RecordNames kind="department" ids={texts} />;
    case "serviceObject":
    case "serviceObjects":
      return <RecordNames kind="service_object" ids={texts} />;
    case "choices":
      return <>{texts.map((word) => t(`enums:${field.of}.${word}`)).join(t("common:listSeparator"))}</>;
    case "timeOfDay":
      return typeof value === "number" ? <>{formatMinute(value)}</> : null;
    case "rows":
      return Array.isArray(value) ? <>{value.length}</> : null;
    case "group":
      return null;
    default:
      return <ReadValue field={field} value={value} />;
  }
}

function RecordNames({ kind, ids }: { kind: NamedKind; ids: string[] }): ReactElement {
  const { t } = useTranslation();
  const name = useRecordNames(kind);
  return <>{ids.map(name).join(t("common:listSeparator"))}</>;
}
