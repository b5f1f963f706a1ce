import { ApiProblem } from "@/api/problem";
import type { FieldProblem } from "@/api/generated/types.gen";
import type { FormInstance } from "antd";
import { useEffect } from "react";

type Step = string | number;

/** `/conditions/0/text` as a form names it: `["conditions", 0, "text"]`. */
export function fieldOf(pointer: string): Step[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

function atFields(error: unknown, known: readonly string[]): FieldProblem[] {
  const all = error instanceof ApiProblem ? error.fields : [];
  return all.filter(({ pointer }) => known.some((start) => pointer === start || pointer.startsWith(`${start}/`)));
}

/**
 * Shows what the API said about single fields at these fields.
 *
 * `known` are the pointers, or their beginnings, that the form has fields for. The result goes to `ProblemAlert`, which
 * shows the others.
 */
export function useProblemFields<T>(form: FormInstance<T>, error: unknown, known: readonly string[]): string[] {
  const list = known.join(" ");
  useEffect(() => {
    const fields = atFields(error, list.split(" "));
    // The names are the API's; the form's own type of names cannot be had from them.
    const named = fields.map(({ pointer, message }) => ({ name: fieldOf(pointer) as never, errors: [message] }));
    form.setFields(named);
    const first = fields[0];
    if (first !== undefined) form.scrollToField(fieldOf(first.pointer), { focus: true });
  }, [form, error, list]);
  return atFields(error, known).map(({ pointer }) => pointer);
}
