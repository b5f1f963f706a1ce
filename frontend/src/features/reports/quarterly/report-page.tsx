import {
  viewQuarterlyReportOptions,
  viewQuarterlyReportRevisionOptions,
} from "@/api/generated/@tanstack/react-query.gen";
import type { QuarterlyReportView } from "@/api/generated/types.gen";
import { useMe } from "@/api/me";
import { Loaded, Loading } from "@/ui/page-states";
import { useQuery } from "@tanstack/react-query";
import { parseAsInteger, useQueryState } from "nuqs";
import type { ReactElement } from "react";
import { useParams } from "react-router";
import { ReportView } from "./report-view";
import { WrittenReport } from "./written-report";

/** The report of a quarter (6): the newest revision, or the one that the address names. */
export function Component(): ReactElement {
  const { quarter = "" } = useParams();
  const [revision] = useQueryState("revision", parseAsInteger);
  const newest = useQuery(viewQuarterlyReportOptions({ path: { quarter } }));
  const isOther = revision !== null && newest.data !== undefined && newest.data.revision !== revision;
  const asked = useQuery({
    ...viewQuarterlyReportRevisionOptions({ path: { quarter, revision: revision ?? 1 } }),
    enabled: isOther,
  });
  return <Loaded query={isOther ? asked : newest}>{(report) => <Report key={report.id} report={report} />}</Loaded>;
}

/** Whoever may write in it does so on the page itself; everybody else reads. */
function Report({ report }: { report: QuarterlyReportView }): ReactElement {
  const me = useMe();
  const mayWrite = report.actions.some(({ name, allowed }) => name === "assess_quarterly_report" && allowed);
  if (!mayWrite) return <ReportView report={report} />;
  return me === undefined ? <Loading rows={10} /> : <WrittenReport report={report} me={me.id} />;
}
