import type { QuarterlyReportView, Reclassified } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { formatInstant } from "@/lib/time";
import { Alert } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** What is to be known before the figures are read: an older revision, a restatement, a return, a count that has changed. */
export function ReportNotices({ report }: { report: QuarterlyReportView }): ReactElement {
  const { t } = useTranslation();
  const { quarter, revision, state, restates, returned, outdated, intact } = report;
  const newest = Math.max(revision, ...report.other_revisions.map((other) => other.revision));
  return (
    <>
      {!intact && <Alert type="error" showIcon title={t("quarterly:notice.broken")} />}
      {newest > revision && (
        <Alert
          type="warning"
          showIcon
          title={t("quarterly:notice.older", { n: newest })}
          action={<Link to={paths.quarterlyReport(quarter)}>{t("quarterly:notice.toNewest")}</Link>}
        />
      )}
      {restates && (
        <Alert
          type="info"
          showIcon
          title={t("quarterly:notice.restates", { n: restates.of_revision, reason: restates.reason })}
          description={<Changes changes={restates.changes} />}
          action={
            <Link to={paths.quarterlyReport(quarter, restates.of_revision)}>
              {t("procedure:revision", { n: restates.of_revision })}
            </Link>
          }
        />
      )}
      {state === "draft" && returned && (
        <Alert
          type="warning"
          showIcon
          title={t("quarterly:notice.returned", { name: returned.by.name, at: formatInstant(returned.at) })}
          description={<span className="fabu-long-text">{returned.reason}</span>}
        />
      )}
      {outdated.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t("quarterly:notice.outdated")}
          description={<Changes changes={outdated} />}
        />
      )}
    </>
  );
}

/** Releases that are counted differently: with which verdict before, with which now. */
function Changes({ changes }: { changes: readonly Reclassified[] }): ReactElement {
  const { t } = useTranslation();
  const name = (verdict: Reclassified["before"]) =>
    verdict ? t(`enums:Verdict.${verdict}`) : t("quarterly:notice.notCounted");
  return (
    <ul className="fabu-rows">
      {changes.map(({ number, before, after }) => (
        <li key={number}>
          <Link to={paths.release(number)}>{number}</Link>
          {t("common:colon")}
          {name(before)} → {name(after)}
        </li>
      ))}
    </ul>
  );
}
