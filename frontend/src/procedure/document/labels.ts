import type { TFunction } from "i18next";
import { labelKey } from "./document-context";
import type { DocumentShape, Field } from "./fields";
import { stepsOf } from "./pointer";

/** Where a pointer leads, in words: the labels on the way, and the field itself when it has one. */
export interface Place {
  label: string;
  field: Field | undefined;
  /** Where the texts of the field's surroundings are. */
  texts: string;
}

/** `/backups/1/method` as the reader knows it: `Backups · row 2 · Method`. */
export function placeOf(shape: DocumentShape, pointer: string, t: TFunction): Place {
  const words: string[] = [];
  let fields: readonly Field[] = shape.sections.flatMap((section) => section.fields);
  let texts = `contents:${shape.kind}`;
  let at: Field | undefined;
  let surroundings = texts;
  for (const step of stepsOf(pointer)) {
    const next = fields.find(({ name }) => name === step);
    if (next !== undefined) {
      at = next;
      surroundings = texts;
      words.push(t(labelKey(texts, next)));
      texts = `${texts}.${next.name}`;
      fields = "fields" in next ? next.fields : [];
    } else if (/^\d+$/.test(step)) {
      words.push(t("document:row", { n: Number(step) + 1 }));
      at = at && "fields" in at ? { name: at.name, kind: "group", fields: at.fields } : at;
    } else if (step === "not_applicable_reason") {
      words.push(t("document:notApplicable"));
      at = { name: step, kind: "longText" };
    } else if (at?.kind === "each") {
      words.push(t(`enums:${at.of}.${step}`));
      at = { name: at.name, kind: "group", fields: at.fields };
    }
  }
  return { label: words.join(" · "), field: at, texts: surroundings };
}
