import { saveDocumentDraft, viewDocument } from "@/api/generated/sdk.gen";
import {
  viewAffectedItemsQueryKey,
  viewConflictsQueryKey,
  viewDocumentQueryKey,
  viewReleaseQueryKey,
} from "@/api/generated/@tanstack/react-query.gen";
import { ifMatch } from "@/api/command";
import type { DocumentView } from "@/api/generated/types.gen";
import {
  DocumentContentContext,
  DocumentSurroundingsContext,
  type DocumentSurroundings,
} from "@/procedure/document/document-context";
import type { Served } from "@/procedure/editor/draft";
import type { Content } from "@/procedure/document/fields";
import { FieldsEditor } from "@/procedure/editor/field-editor";
import { MergeDialog } from "@/procedure/editor/merge-dialog";
import { MissingList } from "@/procedure/editor/missing-list";
import { refusedByPointer } from "@/procedure/editor/refused-fields";
import { SaveStatus } from "@/procedure/editor/save-status";
import { PlanConflicts } from "@/procedure/conflicts/plan-conflicts";
import { useSeesConflicts } from "@/procedure/conflicts/conflict-list";
import { Sections } from "@/procedure/document/sections";
import { shapes } from "@/procedure/document/shapes.gen";
import { useDraft } from "@/procedure/editor/use-draft";
import { AffectedItems } from "@/procedure/affected-items";
import { findAction, useReleasePage } from "@/procedure/release-page";
import { ActionButton } from "@/procedure/actions-bar";
import { Section } from "@/ui/section";
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { Flex } from "antd";
import { useQueryState } from "nuqs";
import { useEffect, useMemo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { DocumentFacts, PlanComparison, Revisions } from "./document-facts";
import { DocumentLayout } from "./document-layout";
import { SubmitDialog } from "./submit-dialog";

interface Props {
  document: DocumentView;
  me: string;
}

/** Writing a document: its sections, and beside them what is missing, whether it is saved, and its revisions. */
export function DocumentEditing({ document, me }: Props): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const { kind } = document;
  const shape = shapes[kind];
  const queries = useQueryClient();
  const io = useMemo(() => outside(queries, release.number, kind), [queries, release.number, kind]);
  const served = useMemo(() => servedOf(document), [document]);
  const { draft, state } = useDraft({ name: `draft.${release.number}.${kind}.${me}`, served, io });
  const [submitted, setSubmitted] = useQueryState("submit");
  const [moved, setMoved] = useQueryState("window");
  useEffect(() => {
    const [start, end] = (moved ?? "").split("~");
    if (!start || !end) return;
    draft.set("/window", { start, end });
    void setMoved(null);
  }, [moved, setMoved, draft]);
  const wantsSubmission = submitted === kind;
  const isSubmitting = wantsSubmission && state.save === "saved";
  useEffect(() => {
    if (wantsSubmission) void draft.flush();
  }, [wantsSubmission, draft]);
  const bySystem = useMemo(() => systemFields(kind), [kind]);
  const missing = useMemo(
    () => document.missing.filter(({ pointer }) => !bySystem.has(pointer.split("/")[1] ?? "")),
    [document.missing, bySystem],
  );
  const surroundings = useMemo<DocumentSurroundings>(
    () => ({
      set: draft.set,
      missing: new Map(missing.map(({ pointer, message }) => [pointer, message])),
      refused: refusedByPointer(state.error),
      release,
    }),
    [draft, missing, state.error, release],
  );
  const seesConflicts = useSeesConflicts();
  const submit = findAction(release, "submit_document", kind);
  return (
    <DocumentSurroundingsContext value={surroundings}>
      <DocumentContentContext value={state.content}>
        <DocumentLayout
          document={
            <Sections shape={shape}>
              {({ fields }) => (
                <FieldsEditor fields={fields} texts={`contents:${kind}`} pointer="" value={state.content} />
              )}
            </Sections>
          }
          side={
            <>
              <Section title={document.name}>
                <Flex vertical gap={10}>
                  <DocumentFacts document={document} />
                  <SaveStatus
                    state={state}
                    saved={document.saved ? { by: document.saved.by.name, at: document.saved.at } : undefined}
                    onSave={() => void draft.flush()}
                    onDiscard={() => draft.discard()}
                  />
                  {submit && (
                    <div className="fabu-no-print">
                      <ActionButton
                        // What is typed and not saved yet is saved before it is submitted.
                        action={state.save === "saved" ? submit : { ...submit, allowed: true, blocked_by: [] }}
                        isPrimary
                        onAct={() => void setSubmitted(kind)}
                      />
                    </div>
                  )}
                </Flex>
              </Section>
              <Section title={t("document:missing")}>
                <MissingList missing={missing} />
              </Section>
              {kind === "release_plan" && <AffectedItems number={release.number} />}
              {(kind === "go_live_plan" || kind === "release_plan") && seesConflicts && (
                <Section title={t("conflicts:title")}>
                  <PlanConflicts release={release} kind={kind} />
                </Section>
              )}
              <PlanComparison document={document} />
              <Revisions document={document} />
            </>
          }
        />
        {state.merged && (
          <MergeDialog shape={shape} merged={state.merged} onResolve={(theirs) => draft.resolve(theirs)} />
        )}
        {isSubmitting && <SubmitDialog document={document} missing={missing} onClose={() => void setSubmitted(null)} />}
      </DocumentContentContext>
    </DocumentSurroundingsContext>
  );
}

function servedOf({ content, version }: DocumentView): Served {
  // Every kind of content is plain JSON with named fields.
  return { content: content, version };
}

function systemFields(kind: DocumentView["kind"]): ReadonlySet<string> {
  const fields = shapes[kind].sections.flatMap((section) => section.fields);
  return new Set(fields.filter(({ isSystem }) => isSystem).map(({ name }) => name));
}

/** Saving and reading the document; what the server answers is what the page shows of it from then on. */
function outside(queries: QueryClient, number: string, kind: DocumentView["kind"]) {
  const path = { number, kind };
  const show = (document: DocumentView): Served => {
    queries.setQueryData(viewDocumentQueryKey({ path }), document);
    void queries.invalidateQueries({ queryKey: viewReleaseQueryKey({ path: { number } }) });
    void queries.invalidateQueries({ queryKey: viewAffectedItemsQueryKey({ path: { number } }) });
    void queries.invalidateQueries({ queryKey: viewConflictsQueryKey({ path: { number } }) });
    return servedOf(document);
  };
  return {
    save: async (content: Content, version: number) => {
      const { data } = await saveDocumentDraft({
        path,
        headers: ifMatch(version),
        body: { content: content },
        throwOnError: true,
      });
      return show(data);
    },
    load: async () => {
      const { data } = await viewDocument({ path, throwOnError: true });
      return show(data);
    },
  };
}
