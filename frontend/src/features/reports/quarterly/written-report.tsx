import { ifMatch } from "@/api/command";
import { assessQuarterlyReport, viewQuarterlyReport } from "@/api/generated/sdk.gen";
import { viewQuarterlyReportQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import type { QuarterlyReportView } from "@/api/generated/types.gen";
import type { Served } from "@/procedure/editor/draft";
import type { Content } from "@/procedure/document/fields";
import { WrittenDocument } from "@/procedure/editor/written-document";
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useMemo, type ReactElement } from "react";
import { shapes } from "@/procedure/document/shapes.gen";
import { contentOf, requestOf } from "./assessment";
import { ReportView } from "./report-view";

/** The report while its assessment is being written. */
export function WrittenReport({ report, me }: { report: QuarterlyReportView; me: string }): ReactElement {
  const queries = useQueryClient();
  const { quarter, revision } = report;
  const io = useMemo(() => outside(queries, quarter), [queries, quarter]);
  const served = useMemo(() => servedOf(report), [report]);
  return (
    <WrittenDocument
      name={`draft.report.${quarter}.${revision}.${me}`}
      shape={shapes.quarterly_report}
      served={served}
      io={io}
    >
      {(writing) => <ReportView report={report} writing={writing} />}
    </WrittenDocument>
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
