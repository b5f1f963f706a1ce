import type { ReactElement } from "react";
import { DocumentPart } from "./document-part";

/** The go-live plan (5.5). */
export function Component(): ReactElement {
  return <DocumentPart kind="go_live_plan" />;
}
