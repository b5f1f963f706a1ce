import type { Json } from "@/procedure/document/fields";
import type { Column } from "@/ui/list-page/columns";
import type { QueryKey } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { Link } from "react-router";
import { ActiveTag } from "../active";
import { Cell } from "./cell";
import type { Register, RegisterRecord } from "./register";
import { labelOf, namingFields, statedFields, valueOf, type RecordField } from "./shape";

/** Where a cell can hold many words. */
const widths: Partial<Record<RecordField["kind"], number>> = {
  choices: 210,
  customers: 170,
  departments: 170,
  lines: 210,
  longText: 260,
  serviceObjects: 170,
};

/** The columns of a register: its fields, whatever else the register has to show, and whether a record is in use. */
export function columnsOf<R extends RegisterRecord, B extends object, E, K extends QueryKey>(
  t: TFunction,
  register: Register<R, B, E, K>,
): Column<R>[] {
  const { kind, page, unlisted = [], hidden = [], columns } = register;
  const cells: Partial<Record<string, (record: R) => React.ReactNode>> = register.cells ?? {};
  const naming = new Set(namingFields(kind).map(({ name }) => name));
  const isIn = (names: readonly string[], { name }: RecordField) => names.includes(name);
  // Rows have a column where the register says what they look like.
  const listed = statedFields(kind).filter(
    (field) => !isIn(unlisted, field) && (field.kind !== "rows" || cells[field.name] !== undefined),
  );
  const columnOf = (field: RecordField): Column<R> => {
    const { name } = field;
    // What the API answers is JSON.
    const cell = cells[name] ?? ((record: R) => <Cell field={field} value={valueOf(record, name) as Json} />);
    const width = widths[field.kind];
    return {
      key: name,
      title: labelOf(t, `records:${kind}`, field),
      render: (record) =>
        naming.has(name) && page !== undefined ? <Link to={page(record.id)}>{cell(record)}</Link> : cell(record),
      ...(naming.has(name) && { fixed: true }),
      ...(isIn(hidden, field) && { hidden: true }),
      ...(width !== undefined && { width }),
    };
  };
  const isState = ({ name, kind: is }: RecordField) => name === "active" && is === "flag";
  const state = listed.filter(isState).map(({ name }): Column<R> => ({
    key: name,
    title: t("registers:active.label"),
    render: cells[name] ?? ((record) => <ActiveTag active={valueOf(record, name) === true} />),
  }));
  return [...listed.filter((field) => !isState(field)).map(columnOf), ...(columns?.(t) ?? []), ...state];
}
