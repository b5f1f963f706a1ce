import { ApiProblem } from "@/api/problem";
import type { FieldProblem } from "@/api/generated/types.gen";
import { goTo } from "@/procedure/document/pointer";
import { Alert, Button, Flex } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** Below this the API names the fields of a draft. */
const roots = ["/content", "/assessment"];

/** The fields of a draft that the server refused, with their pointers inside the content. */
export function refusedFields(error: unknown): FieldProblem[] {
  const fields = error instanceof ApiProblem ? error.fields : [];
  return fields.flatMap((field) => {
    const root = roots.find((start) => field.pointer.startsWith(`${start}/`));
    return root === undefined ? [] : [{ ...field, pointer: field.pointer.slice(root.length) }];
  });
}

/** Why each field was refused, by pointer. */
export function refusedByPointer(error: unknown): ReadonlyMap<string, string> {
  return new Map(refusedFields(error).map(({ pointer, message }) => [pointer, message]));
}

/** What the server said about single fields; each leads to its field, which is marked. */
export function RefusedFields({ error }: { error: unknown }): ReactElement | null {
  const { t } = useTranslation();
  const fields = refusedFields(error);
  if (fields.length === 0) return null;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t("document:refusedFields", { count: fields.length })}
      description={
        <Flex vertical align="start">
          {fields.map(({ pointer, code, message }) => (
            <Button
              key={`${pointer} ${code}`}
              type="text"
              size="small"
              className="fabu-missing"
              onClick={() => goTo(pointer)}
            >
              {message}
            </Button>
          ))}
        </Flex>
      }
    />
  );
}
