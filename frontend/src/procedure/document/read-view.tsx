import { words } from "@/api/words";
import { paths } from "@/lib/paths";
import { formatDay, formatInstant } from "@/lib/time";
import { PersonName } from "@/ui/person-name";
import { Flex, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { labelKey, useSurroundings } from "./document-context";
import { isContent, isEmpty, isShown, type Content, type Field, type Json, type Target } from "./fields";
import { useServiceObjectChoices, useTargets } from "./targets";

interface Props {
  field: Field;
  texts: string;
  value: Json | undefined;
}

/** What a field holds, for reading and for paper; without its label. */
export function ReadField({ field, texts, value }: Props): ReactElement {
  const { t } = useTranslation();
  const inner = `${texts}.${field.name}`;
  switch (field.kind) {
    case "group":
      return isContent(value) ? <ReadFields fields={field.fields} texts={inner} value={value} /> : <Nothing />;
    case "rows":
      return <ReadRows fields={field.fields} texts={inner} rows={Array.isArray(value) ? value : []} />;
    case "table": {
      const rows = isContent(value) && Array.isArray(value["rows"]) ? value["rows"] : [];
      const reason = isContent(value) ? value["not_applicable_reason"] : "";
      return rows.length === 0 && typeof reason === "string" && reason !== "" ? (
        <span>{t("document:notApplicableBecause", { reason })}</span>
      ) : (
        <ReadRows fields={field.fields} texts={inner} rows={rows} />
      );
    }
    case "each":
      return (
        <ReadRows
          fields={[{ name: "_word", kind: "choice", of: field.of }, ...field.fields]}
          texts={inner}
          rows={words[field.of].map((word) => {
            const group = isContent(value) ? value[word] : undefined;
            return { _word: word, ...(isContent(group) ? group : {}) };
          })}
        />
      );
    default:
      return <ReadValue field={field} value={value} />;
  }
}

/** Several fields, each under its label. */
export function ReadFields({
  fields,
  texts,
  value,
}: {
  fields: readonly Field[];
  texts: string;
  value: Content;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <Flex vertical gap={10}>
      {fields
        .filter((field) => isShown(field, value))
        .map((field) => (
          <div key={field.name}>
            <Typography.Text type="secondary" className="fabu-label">
              {t(labelKey(texts, field))}
            </Typography.Text>
            <div>
              <ReadField field={field} texts={texts} value={value[field.name]} />
            </div>
          </div>
        ))}
    </Flex>
  );
}

function ReadRows({ fields, texts, rows }: { fields: readonly Field[]; texts: string; rows: Json[] }): ReactElement {
  const { t } = useTranslation();
  const shown = rows.filter(isContent);
  if (shown.length === 0) return <Nothing />;
  const columns = fields.filter((field) => field.kind !== "key" && shown.some((row) => !isEmpty(row[field.name])));
  return (
    <div className="fabu-sheet-frame" tabIndex={0} role="region" aria-label={t(`${texts}._`)}>
      <table className="fabu-sheet">
        <thead>
          <tr>
            <th scope="col">{t("document:rowNumber")}</th>
            {columns.map((field) => (
              <th key={field.name} scope="col">
                {t(labelKey(texts, field))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, at) => (
            <tr key={at}>
              <td>{at + 1}</td>
              {columns.map((field) => (
                <td key={field.name}>
                  {isEmpty(row[field.name]) && field.kind !== "flag" ? null : (
                    <ReadField field={field} texts={texts} value={row[field.name]} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Nothing(): ReactElement {
  const { t } = useTranslation();
  return <Typography.Text type="secondary">{t("document:empty")}</Typography.Text>;
}

/** A single value in words: names for people and references, company time for instants. */
export function ReadValue({ field, value }: { field: Field; value: Json | undefined }): ReactElement {
  const { t } = useTranslation();
  if (field.kind === "flag") return <span>{t(value === true ? "document:yes" : "document:no")}</span>;
  if (field.kind === "yesNo" && typeof value === "boolean") {
    return <span>{t(value ? "document:yes" : "document:no")}</span>;
  }
  if (typeof value === "number") {
    return <span>{field.kind === "minutes" ? t("document:minutesOf", { count: value }) : value}</span>;
  }
  if (isEmpty(value)) return <Nothing />;
  const list = Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
  const one = typeof value === "string" ? value : "";
  switch (field.kind) {
    case "person":
      return <PersonName id={one} />;
    case "serviceObject":
      return <ServiceObjectNames ids={[one]} />;
    case "serviceObjects":
      return <ServiceObjectNames ids={list} />;
    case "itemNumber":
      return <Link to={paths.configurationItemNumbered(one)}>{one}</Link>;
    case "reference":
      return <TargetNames keys={[one]} to={field.to} />;
    case "references":
      return <TargetNames keys={list} to={field.to} />;
    case "instant":
      return <span className="fabu-instant">{formatInstant(one)}</span>;
    case "day":
      return <span>{formatDay(one)}</span>;
    case "choice":
      return <span>{t(`enums:${field.of}.${one}`)}</span>;
    case "unit":
      return <UnitName id={one} />;
    default:
      return <span className="fabu-long-text">{Array.isArray(value) ? list.join("\n") : one}</span>;
  }
}

function ServiceObjectNames({ ids }: { ids: string[] }): ReactElement {
  const { t } = useTranslation();
  const known = useServiceObjectChoices();
  const names = ids.map((id) => known.find(({ value }) => value === id)?.label ?? "…");
  return <span>{names.join(t("common:listSeparator"))}</span>;
}

function TargetNames({ keys, to }: { keys: string[]; to: Target }): ReactElement {
  const { t } = useTranslation();
  const known = useTargets(to);
  const names = keys.map((key) => known.find(({ value }) => value === key)?.label ?? key);
  return <span>{names.join(t("common:listSeparator"))}</span>;
}

function UnitName({ id }: { id: string }): ReactElement {
  const unit = useSurroundings().release?.units.find((known) => known.id === id);
  return <span>{unit ? `${unit.name} ${unit.version}` : id}</span>;
}
