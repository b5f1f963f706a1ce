import { ArrowDownOutlined, ArrowUpOutlined, CopyOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Input, Tooltip, Typography } from "antd";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSurroundings } from "@/procedure/document/document-context";
import { FieldsEditor } from "./field-editor";
import {
  emptyRow,
  freshKey,
  isContent,
  isEmpty,
  type Content,
  type Field,
  type Json,
} from "@/procedure/document/fields";
import { below, fieldId } from "@/procedure/document/pointer";

type RowsField = Field & { kind: "rows" | "table" };

interface Props {
  field: RowsField;
  texts: string;
  pointer: string;
  rows: Json[];
}

/** The rows of a table, each with its fields: added, copied, moved, removed. */
export function RowsEditor({ field, texts, pointer, rows }: Props): ReactElement {
  const { t } = useTranslation();
  const { set } = useSurroundings();
  const hasKey = field.fields.some(({ kind }) => kind === "key");
  const others = field.fields.filter(({ kind }) => kind !== "key");
  const change = (next: Json[]) => set(pointer, next);
  const fresh = (row: Content): Content => (hasKey ? { ...row, key: freshKey(rows, field.name.charAt(0)) } : row);
  const move = (at: number, by: number) => {
    const next = [...rows];
    next.splice(at + by, 0, ...next.splice(at, 1));
    change(next);
  };
  return (
    <Flex vertical gap={8}>
      {rows.filter(isContent).map((row, at) => (
        <div key={at} className="fabu-row" role="group" aria-label={t("document:row", { n: at + 1 })}>
          <Flex gap={4} align="center" style={{ marginBlockEnd: 4 }}>
            <Typography.Text type="secondary">{t("document:row", { n: at + 1 })}</Typography.Text>
            <span style={{ flex: 1 }}>
              {hasKey && <RowKey pointer={below(below(pointer, at), "key")} value={row["key"]} />}
            </span>
            <Tool label={t("document:up")} icon={<ArrowUpOutlined />} isOff={at === 0} onClick={() => move(at, -1)} />
            <Tool
              label={t("document:down")}
              icon={<ArrowDownOutlined />}
              isOff={at === rows.length - 1}
              onClick={() => move(at, 1)}
            />
            <Tool
              label={t("document:copyRow")}
              icon={<CopyOutlined />}
              onClick={() => change(rows.toSpliced(at + 1, 0, fresh(row)))}
            />
            <Tool
              label={t("document:removeRow")}
              icon={<DeleteOutlined />}
              onClick={() => change(rows.toSpliced(at, 1))}
            />
          </Flex>
          <FieldsEditor fields={others} texts={texts} pointer={below(pointer, at)} value={row} />
        </div>
      ))}
      <Button
        icon={<PlusOutlined aria-hidden />}
        onClick={() => change([...rows, fresh(emptyRow(field.fields))])}
        disabled={rows.length >= 500}
        style={{ alignSelf: "flex-start" }}
      >
        {t("document:addRow")}
      </Button>
    </Flex>
  );
}

/** The short name by which other rows refer to this one; the page gives one, which may be changed. */
function RowKey({ pointer, value }: { pointer: string; value: Json | undefined }): ReactElement {
  const { t } = useTranslation();
  const { set, missing } = useSurroundings();
  return (
    <Input
      id={fieldId(pointer)}
      size="small"
      variant="borderless"
      aria-label={t("document:key")}
      title={t("document:key")}
      {...(missing.has(pointer) && { status: "warning" as const })}
      value={typeof value === "string" ? value : ""}
      maxLength={100}
      style={{ width: 110, fontSize: 12 }}
      onChange={(e) => set(pointer, e.target.value)}
    />
  );
}

interface ToolProps {
  label: string;
  icon: ReactNode;
  isOff?: boolean;
  onClick: () => void;
}

function Tool({ label, icon, isOff = false, onClick }: ToolProps): ReactElement {
  return (
    <Tooltip title={label}>
      <Button size="small" type="text" aria-label={label} icon={icon} disabled={isOff} onClick={onClick} />
    </Tooltip>
  );
}

interface TableProps {
  field: RowsField;
  texts: string;
  pointer: string;
  value: Content;
}

/** A table that is filled, or left empty for a stated reason. */
export function TableEditor({ field, texts, pointer, value }: TableProps): ReactElement {
  const { t } = useTranslation();
  const { set } = useSurroundings();
  const rows = Array.isArray(value["rows"]) ? value["rows"] : [];
  const reason = value["not_applicable_reason"];
  const reasonAt = below(pointer, "not_applicable_reason");
  return (
    <Flex vertical gap={8}>
      <RowsEditor field={field} texts={texts} pointer={below(pointer, "rows")} rows={rows} />
      {(rows.length === 0 || !isEmpty(reason)) && (
        <Flex vertical gap={2}>
          <label htmlFor={fieldId(reasonAt)} className="fabu-label">
            {t("document:notApplicable")}
          </label>
          <Input
            id={fieldId(reasonAt)}
            value={typeof reason === "string" ? reason : ""}
            maxLength={20_000}
            onChange={(e) => set(reasonAt, e.target.value)}
          />
        </Flex>
      )}
    </Flex>
  );
}
