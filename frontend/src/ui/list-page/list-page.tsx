import { keep, kept } from "@/lib/storage";
import { Failed, Loading, Nothing } from "@/ui/page-states";
import { keepPreviousData, useQuery, type QueryKey, type UseQueryOptions } from "@tanstack/react-query";
import { Checkbox, Flex, Grid, Table, type TableProps } from "antd";
import { parseAsString, useQueryState, useQueryStates } from "nuqs";
import { useMemo, useState, type ReactElement, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ColumnChooser, useColumns, type Column } from "./columns";
import { FilterBar } from "./filter-bar";
import { isFiltered, parsersOf, type Filter, type FilterValues } from "./filters";
import { Pager } from "./pager";
import { useRowKeys } from "./row-keys";
import { SavedViews, type View } from "./saved-views";

/** A part of a list as the API gives it. */
export interface Part<T> {
  items: T[];
  next_cursor: string | null;
}

/** What a list asks the API for. */
export interface Ask {
  filters: FilterValues;
  sort: string | undefined;
  cursor: string | undefined;
  limit: number;
}

interface Props<T, E, K extends QueryKey> {
  /** The list's name: saved views, columns and page size are kept under it. */
  name: string;
  filters: readonly Filter[];
  columns: readonly Column<T>[];
  /** The generated query options for what the list shows. */
  query: (ask: Ask) => UseQueryOptions<Part<T>, E, Part<T>, K>;
  rowKey: (row: T) => string;
  /** A row on a phone. */
  card: (row: T) => ReactNode;
  /** Views that everybody has. */
  views?: readonly View[];
  /** What is said when there is nothing at all, with at most one button. */
  nothing: { text: string; action?: ReactNode };
  /** Lets people choose rows, over several parts of the list. */
  selection?: Selection<T>;
}

/** Rows that are chosen to do something with. */
export interface Selection<T> {
  keys: string[];
  onChange: (keys: string[]) => void;
  /** Rows that cannot be chosen stay without a tick. */
  can: (row: T) => boolean;
  /** What the tick box is called. */
  label: (row: T) => string;
}

const sizes = [20, 50, 100];

function isSize(value: unknown): value is number {
  return typeof value === "number" && sizes.includes(value);
}

/** A list: filters and order in the address, parts by cursor, columns and views as the person likes them. */
export function ListPage<T, E, K extends QueryKey>(props: Props<T, E, K>): ReactElement {
  const { name, filters, columns, query, rowKey, card, views = [], nothing, selection } = props;
  const { t } = useTranslation();
  const isWide = Grid.useBreakpoint().md ?? true;
  const parsers = useMemo(() => parsersOf(filters), [filters]);
  const [values, setValues] = useQueryStates(parsers, { history: "push" });
  const [cursor, setCursor] = useQueryState("cursor", parseAsString.withOptions({ history: "push", scroll: true }));
  const [limit, setLimit] = useState(() => kept(`size.${name}`, isSize) ?? 20);
  const [shown, setShown] = useColumns(name, columns);
  const sort = typeof values["sort"] === "string" ? values["sort"] : undefined;
  const found = useQuery({
    ...query({ filters: values, sort, cursor: cursor ?? undefined, limit }),
    placeholderData: keepPreviousData,
  });

  const change = (changed: FilterValues) => {
    void setCursor(null);
    void setValues(changed);
  };
  const items = found.data?.items ?? [];
  const content = () => {
    if (found.data === undefined) {
      return found.error !== null ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Loading rows={10} />
      );
    }
    if (items.length === 0) {
      return isFiltered(values) ? <Nothing text={t("list:nothingFound")} /> : <Nothing {...nothing} />;
    }
    if (!isWide) {
      return (
        <Flex vertical gap={8}>
          {items.map((row) => (
            <Flex key={rowKey(row)} gap={8} align="start">
              {selection !== undefined && (
                <Checkbox
                  aria-label={selection.label(row)}
                  checked={selection.keys.includes(rowKey(row))}
                  disabled={!selection.can(row)}
                  onChange={({ target }) => selection.onChange(toggled(selection.keys, rowKey(row), target.checked))}
                />
              )}
              <div style={{ flex: 1, minWidth: 0 }}>{card(row)}</div>
            </Flex>
          ))}
        </Flex>
      );
    }
    return (
      <Table<T>
        size="middle"
        rowKey={rowKey}
        dataSource={items}
        columns={shown.map((column) => tableColumn(column, sort))}
        pagination={false}
        loading={found.isPlaceholderData && { delay: 300 }}
        scroll={{ x: "max-content" }}
        {...(selection !== undefined && { rowSelection: tableSelection(selection) })}
        onChange={(_, __, sorter) => change({ sort: orderOf(sorter, shown) })}
      />
    );
  };

  const rows = useRowKeys();
  return (
    <Flex vertical gap={12} ref={rows}>
      <Flex justify="space-between" gap={8} wrap align="start">
        {filters.length > 0 && <FilterBar filters={filters} values={values} onChange={change} />}
        <Flex gap={8} style={{ marginInlineStart: "auto" }}>
          {filters.length > 0 && <SavedViews list={name} builtIn={views} />}
          {isWide && <ColumnChooser all={columns} shown={shown} onChange={setShown} />}
        </Flex>
      </Flex>
      {content()}
      {(items.length > 0 || cursor !== null) && (
        <Pager
          cursor={cursor}
          next={found.data?.next_cursor ?? null}
          go={(to) => void setCursor(to)}
          size={limit}
          sizes={sizes}
          onSize={(size) => {
            setLimit(size);
            keep(`size.${name}`, size);
            void setCursor(null);
          }}
        />
      )}
    </Flex>
  );
}

function toggled(keys: readonly string[], key: string, isChosen: boolean): string[] {
  return isChosen ? [...keys, key] : keys.filter((other) => other !== key);
}

function tableSelection<T>({ keys, onChange, can, label }: Selection<T>): NonNullable<TableProps<T>["rowSelection"]> {
  return {
    selectedRowKeys: keys,
    preserveSelectedRowKeys: true,
    hideSelectAll: true,
    onChange: (chosen) => onChange(chosen.map(String)),
    getCheckboxProps: (row) => ({ disabled: !can(row), "aria-label": label(row) }),
  };
}

type TableColumn<T> = NonNullable<TableProps<T>["columns"]>[number];

function tableColumn<T>(
  { key, title, render, sort, width, align }: Column<T>,
  order: string | undefined,
): TableColumn<T> {
  return {
    key,
    title,
    ...(width !== undefined && { width }),
    ...(align !== undefined && { align }),
    render: (_, row) => render(row),
    ...(sort !== undefined && {
      sorter: true,
      sortOrder: order === sort ? "ascend" : order === `-${sort}` ? "descend" : null,
    }),
  };
}

/** What the API calls the order that a click on a column's head asks for; null for its own order. */
function orderOf<T>(
  sorter: Parameters<NonNullable<TableProps<T>["onChange"]>>[2],
  columns: readonly Column<T>[],
): string | null {
  const one = Array.isArray(sorter) ? sorter[0] : sorter;
  const sort = columns.find(({ key }) => key === one?.columnKey)?.sort;
  if (sort === undefined || one?.order === undefined || one.order === null) return null;
  return one.order === "ascend" ? sort : `-${sort}`;
}
