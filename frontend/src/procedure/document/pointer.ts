import { isContent, type Content, type Json } from "./fields";

/** The steps of a JSON pointer: `/steps/0/title`. */
export function stepsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** One step further. */
export function below(pointer: string, step: string | number): string {
  return `${pointer}/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** One step back: what the last step stands in. */
export function above(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf("/"));
}

/** What a pointer leads to; nothing when it leads nowhere. */
export function valueAt(value: Json | undefined, pointer: string): Json | undefined {
  return stepsOf(pointer).reduce<Json | undefined>(
    (at, step) => (Array.isArray(at) ? at[Number(step)] : isContent(at) ? at[step] : undefined),
    value,
  );
}

/** The same content with one value exchanged; everything else keeps its identity, so that it need not be drawn again. */
export function withValueAt(content: Content, pointer: string, value: Json): Content {
  return exchanged(content, stepsOf(pointer), value) as Content;
}

function exchanged(at: Json | undefined, steps: readonly string[], value: Json): Json {
  const [step, ...further] = steps;
  if (step === undefined) return value;
  if (Array.isArray(at))
    return at.map((item, index) => (index === Number(step) ? exchanged(item, further, value) : item));
  const known = isContent(at) ? at : {};
  return { ...known, [step]: exchanged(known[step], further, value) };
}

/** Leads to the field that a pointer names, or to the nearest one around it that is on the page. */
export function goTo(pointer: string): void {
  const steps = stepsOf(pointer);
  for (let length = steps.length; length > 0; length -= 1) {
    const field = document.getElementById(fieldId(`/${steps.slice(0, length).join("/")}`));
    if (field === null) continue;
    field.scrollIntoView({ block: "center", behavior: "smooth" });
    field.focus({ preventScroll: true });
    return;
  }
}

/** The place of a field on the page. */
export function fieldId(pointer: string): string {
  return `field${pointer.replaceAll("/", "-")}`;
}
