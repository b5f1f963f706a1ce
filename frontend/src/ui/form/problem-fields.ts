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

/** The field of the form for a pointer, or else the nearest around it: a list of choices has none for each choice. */
function nearest(pointer: string, form: FormInstance): Step[] {
  const there = new Set(form.getFieldsError().map(({ name }) => JSON.stringify(name)));
  const name = fieldOf(pointer);
  while (name.length > 1 && !there.has(JSON.stringify(name))) name.pop();
  return name;
}

/** What is to be said at each field, all messages about the same one together. */
function byField(problems: readonly FieldProblem[], form: FormInstance): { name: Step[]; errors: string[] }[] {
  const fields = new Map<string, { name: Step[]; errors: string[] }>();
  for (const { pointer, message } of problems) {
    const name = nearest(pointer, form);
    const key = JSON.stringify(name);
    fields.set(key, { name, errors: [...(fields.get(key)?.errors ?? []), message] });
  }
  return [...fields.values()];
}

/**
 * Shows what the API said about single fields at these fields, until it is asked again.
 *
 * `known` are the pointers, or their beginnings, that the form has fields for. The result goes to `ProblemAlert`, which
 * shows the others.
 */
export function useProblemFields<T>(form: FormInstance<T>, error: unknown, known: readonly string[]): string[] {
  const list = known.join(" ");
  useEffect(() => {
    // The names are the API's; the form's own type of names cannot be had from them.
    const plain = form as FormInstance;
    const fields = byField(atFields(error, list.split(" ")), plain);
    plain.setFields(fields);
    const first = fields[0];
    if (first !== undefined) plain.scrollToField(first.name, { focus: true });
    // A field without rules keeps what was said at it until it is told otherwise.
    return () => plain.setFields(fields.map(({ name }) => ({ name, errors: [] })));
  }, [form, error, list]);
  return atFields(error, known).map(({ pointer }) => pointer);
}
