import { DocumentContentContext, DocumentSurroundingsContext } from "@/procedure/document/document-context";
import type { DocumentShape } from "@/procedure/document/fields";
import { Sections } from "@/procedure/document/sections";
import { useMemo, type ReactElement, type ReactNode } from "react";
import type { DraftOutside, Served } from "./draft";
import { FieldsEditor } from "./field-editor";
import { MergeDialog } from "./merge-dialog";
import { refusedByPointer } from "./refused-fields";
import { SaveStatus } from "./save-status";
import { useDraft } from "./use-draft";

/** What is being written, and how it is saved. */
export interface Writing {
  isSaved: boolean;
  /** Saves now what is typed; false when it could not be saved. */
  flush: () => Promise<boolean>;
  /** Whether what is typed has reached the server. */
  status: ReactNode;
  editor: ReactNode;
}

interface Props {
  /** Under which name the browser keeps what has not reached the server. */
  name: string;
  shape: DocumentShape;
  served: Served;
  io: Pick<DraftOutside, "save" | "load">;
  children: (writing: Writing) => ReactNode;
}

/** A document that is written on the page of what it belongs to: saved by itself, as the documents of a release are. */
export function WrittenDocument({ name, shape, served, io, children }: Props): ReactElement {
  const { draft, state } = useDraft({ name, served, io });
  const surroundings = useMemo(
    () => ({ set: draft.set, missing: new Map<string, string>(), refused: refusedByPointer(state.error) }),
    [draft, state.error],
  );
  const writing: Writing = {
    isSaved: state.save === "saved",
    flush: () => draft.flush(),
    status: (
      <SaveStatus state={state} saved={undefined} onSave={() => void draft.flush()} onDiscard={() => draft.discard()} />
    ),
    editor: (
      <Sections shape={shape}>
        {({ fields }) => (
          <FieldsEditor fields={fields} texts={`contents:${shape.kind}`} pointer="" value={state.content} />
        )}
      </Sections>
    ),
  };
  return (
    <DocumentSurroundingsContext value={surroundings}>
      <DocumentContentContext value={state.content}>
        {children(writing)}
        {state.merged && (
          <MergeDialog shape={shape} merged={state.merged} onResolve={(theirs) => draft.resolve(theirs)} />
        )}
      </DocumentContentContext>
    </DocumentSurroundingsContext>
  );
}
