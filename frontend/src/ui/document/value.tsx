import { formatDay, formatInstant } from "@/lib/time";
import { Flex, Typography } from "antd";
import type { TFunction } from "i18next";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { holdsName, type Names } from "./names";
import { enumerationOf } from "./sections";

/** True for nothing, an empty text, an empty table, and anything that holds only such. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "" || value === false) return true;
  if (Array.isArray(value)) return value.every(isEmpty);
  return (
    typeof value === "object" && Object.entries(value).every(([name, inside]) => name === "key" || isEmpty(inside))
  );
}

/** A simple value in words: a name for an id, a word for an enumeration, company time for an instant. */
export function textOf(value: unknown, path: readonly string[], names: Names, t: TFunction): string {
  const field = path.at(-1) ?? "";
  const enumeration = enumerationOf(path);
  if (Array.isArray(value)) return value.map((one) => textOf(one, path, names, t)).join(t("common:listSeparator"));
  if (typeof value === "boolean") return t(value ? "content:yes" : "content:no");
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return value === null || value === undefined ? "" : JSON.stringify(value);
  if (enumeration !== undefined) return t(`enums:${enumeration}.${value}`);
  if (holdsName(field)) return names(value);
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) return formatInstant(value);
  return /^\d{4}-\d\d-\d\d$/.test(value) ? formatDay(value) : value;
}

interface Props {
  value: unknown;
  /** The fields that lead here, outermost first, without row numbers. */
  path: readonly string[];
  names: Names;
}

/** A value of a document: a text, or every filled field below it under its label. */
export function Value({ value, path, names }: Props): ReactNode {
  const { t } = useTranslation();
  if (isEmpty(value)) return <Typography.Text type="secondary">{t("content:empty")}</Typography.Text>;
  if (Array.isArray(value) && value.some((row) => typeof row === "object" && row !== null)) {
    return <Rows rows={value.filter((row) => !isEmpty(row))} path={path} names={names} />;
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return <Fields value={value} path={path} names={names} />;
  }
  return <span className="fabu-long-text">{textOf(value, path, names, t)}</span>;
}

function Rows({
  rows,
  path,
  names,
}: {
  rows: readonly unknown[];
  path: readonly string[];
  names: Names;
}): ReactElement {
  return (
    <ol className="fabu-rows">
      {rows.map((row, n) => (
        <li key={n}>
          <Value value={row} path={path} names={names} />
        </li>
      ))}
    </ol>
  );
}

function Fields({ value, path, names }: { value: object; path: readonly string[]; names: Names }): ReactElement {
  const { t } = useTranslation();
  const all: [string, unknown][] = Object.entries(value);
  const filled = all.filter(([name, inside]) => name !== "key" && !isEmpty(inside));
  const isLong = (inside: unknown): boolean => typeof inside === "object" && inside !== null;
  return (
    <Flex vertical gap={2}>
      {filled.map(([name, inside]) =>
        name === "rows" ? (
          <Value key={name} value={inside} path={path} names={names} />
        ) : (
          <div key={name}>
            <Typography.Text type="secondary">
              {labelOf(name, path, t)}
              {t("common:colon")}
            </Typography.Text>
            {isLong(inside) && <br />}
            <Value value={inside} path={[...path, name]} names={names} />
          </div>
        ),
      )}
    </Flex>
  );
}

/** What a field is called; a row of the test categories is called after what was tested. */
export function labelOf(name: string, path: readonly string[], t: TFunction): string {
  return path.at(-1) === "categories" ? t(`enums:TestCategory.${name}`) : t(`content:field.${name}`);
}
