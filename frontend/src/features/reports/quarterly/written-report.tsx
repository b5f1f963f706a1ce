import { ifMatch } from "@/api/command";
import { assessQuarterlyReport, viewQuarterlyReport } from "@/api/generated/sdk.gen";
import { viewQuarterlyReportQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import type { QuarterlyReportView } from "@/api/generated/types.gen";
import { DocumentContentContext, DocumentSurroundingsContext } from "@/procedure/document/document-context";
import { Sections } from "@/procedure/document/sections";
import type { Served } from "@/procedure/editor/draft";
import type { Content } from "@/procedure/document/fields";
import { FieldsEditor } from "@/procedure/editor/field-editor";
import { MergeDialog } from "@/procedure/editor/merge-dialog";
import { refusedByPointer } from "@/procedure/editor/refused-fields";
import { SaveStatus } from "@/procedure/editor/save-status";
import { useDraft } from "@/procedure/editor/use-draft";
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useMemo, type ReactElement } from "react";
import { shapes } from "@/procedure/document/shapes.gen";
import { contentOf, requestOf } from "./assessment";
import { ReportView, type Writing } from "./report-view";

/** The report while its assessment is being written: saved by itself, as the documents of a release are. */
export function WrittenReport({ report, me }: { report: QuarterlyReportView; me: string }): ReactElement {
  const queries = useQueryClient();
  const { quarter, revision } = report;
  const io = useMemo(() => outside(queries, quarter), [queries, quarter]);
  const served = useMemo(() => servedOf(report), [report]);
  const { draft, state } = useDraft({ name: `draft.report.${quarter}.${revision}.${me}`, served, io });
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
      <Sections shape={shapes.quarterly_report}>
        {({ fields }) => (
          <FieldsEditor
            fields={fields}
            texts={`contents:${shapes.quarterly_report.kind}`}
            pointer=""
            value={state.content}
          />
        )}
      </Sections>
    ),
  };
  return (
    <DocumentSurroundingsContext value={surroundings}>
      <DocumentContentContext value={state.content}>
        <ReportView report={report} writing={writing} />
        {state.merged && (
          <MergeDialog
            shape={shapes.quarterly_report}
            merged={state.merged}
            onResolve={(theirs) => draft.resolve(theirs)}
          />
        )}
      </DocumentContentContext>
    </DocumentSurroundingsContext>
  );
}

function servedOf({ assessment, version }: QuarterlyReportView): Served {
  return { content: contentOf(assessment), version };
}

/** Saving and reading the report; what the server answers is what the page shows of it from then on. */
function outside(queries: QueryClient, quarter: string) {
  const path = { quarter };
  const show = (report: QuarterlyReportView): Served => {
    queries.setQueryData(viewQuarterlyReportQueryKey({ path }), report);
    return servedOf(report);
  };
  return {
    save: async (content: Content, version: number) => {
      const sent = { path, headers: ifMatch(version), body: requestOf(content) };
      const { data } = await assessQuarterlyReport({ ...sent, throwOnError: true });
      return show(data);
    },
    load: async () => {
      const { data } = await viewQuarterlyReport({ path, throwOnError: true });
      return show(data);
    },
  };
}
