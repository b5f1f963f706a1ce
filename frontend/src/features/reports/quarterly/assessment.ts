import type { Assessment, AssessmentRequest } from "@/api/generated/types.gen";
import type { Content } from "@/procedure/document/fields";

/** The assessment with every field present, for the editor. */
export function contentOf({ execution, gap_cause, improvements, measures }: Assessment): Content {
  return {
    execution: execution ?? "",
    gap_cause: gap_cause ?? "",
    improvements: improvements ?? "",
    measures: (measures ?? []).map(({ text, owner, due }) => ({
      text: text ?? "",
      owner: owner ?? null,
      due: due ?? null,
    })),
  };
}

/** The editor's content as the API takes it: what is empty is not said. */
export function requestOf(content: Content): AssessmentRequest {
  // The fields of the shape above, and no others.
  const { execution, gap_cause, improvements, measures } = content as Required<Assessment>;
  return {
    execution: said(execution),
    gap_cause: said(gap_cause),
    improvements: said(improvements),
    measures: measures.map(({ text = "", owner = null, due = null }) => ({ text: said(text), owner, due })),
  };
}

function said(text: string): string | null {
  return text.trim() === "" ? null : text;
}
