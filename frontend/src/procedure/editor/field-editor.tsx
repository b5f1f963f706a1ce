import { words } from "@/api/words";
import { Button, Flex, Typography } from "antd";
import { memo, type ReactElement, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { labelKey, useSurroundings } from "@/procedure/document/document-context";
import { isContent, isShown, type Content, type Field, type Json } from "@/procedure/document/fields";
import { above, below, fieldId } from "@/procedure/document/pointer";
import { ReadField } from "@/procedure/document/read-view";
import { RowsEditor, TableEditor } from "./rows-editor";
import { SimpleField } from "./simple-field";

interface Props {
  field: Field;
  /** The first steps of the keys of its texts. */
  texts: string;
  pointer: string;
  value: Json | undefined;
}

/** A field with its label and what is missing in it. Drawn again only when its own value changes. */
export const FieldEditor = memo(function FieldEditor({ field, texts, pointer, value }: Props): ReactElement {
  const { t } = useTranslation();
  const { set } = useSurroundings();
  const label = t(labelKey(texts, field));
  const inner = `${texts}.${field.name}`;
  if (field.isSystem === true) {
    return (
      <Part pointer={pointer} title={label} note={t("document:bySystem")}>
        <ReadField field={field} texts={texts} value={value} />
      </Part>
    );
  }
  switch (field.kind) {
    case "group":
      return (
        <Part pointer={pointer} title={label}>
          <FieldsEditor fields={field.fields} texts={inner} pointer={pointer} value={isContent(value) ? value : {}} />
        </Part>
      );
    case "rows":
      return (
        <Part pointer={pointer} title={label}>
          <RowsEditor field={field} texts={inner} pointer={pointer} rows={Array.isArray(value) ? value : []} />
        </Part>
      );
    case "table":
      return (
        <Part pointer={pointer} title={label}>
          <TableEditor field={field} texts={inner} pointer={pointer} value={isContent(value) ? value : {}} />
        </Part>
      );
    case "each":
      return (
        <Part pointer={pointer} title={label}>
          {words[field.of].map((word) => {
            const group = isContent(value) ? value[word] : undefined;
            return (
              <Part key={word} pointer={below(pointer, word)} title={t(`enums:${field.of}.${word}`)} isInner>
                <FieldsEditor
                  fields={field.fields}
                  texts={inner}
                  pointer={below(pointer, word)}
                  value={isContent(group) ? group : {}}
                />
              </Part>
            );
          })}
        </Part>
      );
    default:
      return (
        <Labelled pointer={pointer} label={label}>
          <SimpleField
            field={field}
            id={fieldId(pointer)}
            label={label}
            value={value}
            onChange={(entered, beside = {}) => {
              set(pointer, entered);
              for (const [name, follows] of Object.entries(beside)) set(below(above(pointer), name), follows);
            }}
          />
          {field.hasExample === true && (value === "" || value === undefined) && (
            <Button
              size="small"
              type="link"
              style={{ alignSelf: "flex-start", paddingInline: 0 }}
              onClick={() => set(pointer, t(`document:example.${inner.replace("contents:", "")}`))}
            >
              {t("document:insertExample")}
            </Button>
          )}
        </Labelled>
      );
  }
});

interface FieldsProps {
  fields: readonly Field[];
  texts: string;
  pointer: string;
  value: Content;
}

/** Fields beside one another as far as there is room; what needs the whole width takes it. */
export function FieldsEditor({ fields, texts, pointer, value }: FieldsProps): ReactElement {
  return (
    <div className="fabu-fields">
      {fields
        .filter((field) => isShown(field, value))
        .map((field) => (
          <div key={field.name} className={isWide(field) ? "fabu-field-wide" : undefined}>
            <FieldEditor field={field} texts={texts} pointer={below(pointer, field.name)} value={value[field.name]} />
          </div>
        ))}
    </div>
  );
}

function isWide({ kind }: Field): boolean {
  return ["longText", "lines", "group", "rows", "table", "each"].includes(kind);
}

/** A label over its control, and below what is missing in it. */
function Labelled({ pointer, label, children }: { pointer: string; label: string; children: ReactNode }): ReactElement {
  return (
    <Flex vertical gap={2}>
      <label htmlFor={fieldId(pointer)} className="fabu-label">
        {label}
      </label>
      {children}
      <Missing pointer={pointer} />
    </Flex>
  );
}

interface PartProps {
  pointer: string;
  title: string;
  note?: string;
  isInner?: boolean;
  children: ReactNode;
}

/** A group of fields under a heading. */
function Part({ pointer, title, note, isInner = false, children }: PartProps): ReactElement {
  return (
    <div role="group" aria-label={title} id={fieldId(pointer)} tabIndex={-1} className="fabu-part">
      <Flex gap={8} align="baseline" wrap style={{ marginBlockEnd: 4 }}>
        {isInner ? <Typography.Text>{title}</Typography.Text> : <Typography.Text strong>{title}</Typography.Text>}
        {note !== undefined && <Typography.Text type="secondary">{note}</Typography.Text>}
      </Flex>
      {children}
      <Missing pointer={pointer} />
    </div>
  );
}

function Missing({ pointer }: { pointer: string }): ReactElement | null {
  const { missing, refused } = useSurroundings();
  const refusal = refused?.get(pointer);
  const message = refusal ?? missing.get(pointer);
  if (message === undefined) return null;
  return (
    <Typography.Text type={refusal === undefined ? "warning" : "danger"} style={{ fontSize: 12 }}>
      {message}
    </Typography.Text>
  );
}
