//! Reading reports: the list, one revision with what may be done about it, and the releases behind a figure.

use super::gather;
use crate::{
    AppError, Rx,
    company_records::RecordAction,
    paging::{Page, PageRequest},
};
pub use fabu_domain::subjects::quarterly_report::figures::CountedRelease as ReportedRelease;
use fabu_domain::{
    blocks::task::{Task, TaskState},
    subject::{Step, answerable_for, operation::Operation, stands_for},
    subjects::{
        policy::permit,
        quarterly_report::{
            QuarterlyFigures, QuarterlyReport, ReportState,
            report::{Reclassified, reclassified},
            rules,
        },
        release::stage::{ReleaseKind, Verdict},
    },
    time::quarter::Quarter,
};

/// A revision of a report for one reader.
#[derive(Debug, Clone)]
pub struct ViewedReport {
    /// The revision; until it is approved its figures are those of this moment.
    pub report: QuarterlyReport,
    /// The other revisions, the first one first.
    pub others: Vec<QuarterlyReport>,
    /// What counts differently by now than in an approved report: it is to be restated.
    pub outdated: Vec<Reclassified>,
    /// What can be done with it; nothing with a revision that has a successor.
    pub actions: Vec<RecordAction>,
    /// The measures that it set out; as long as it is not approved, those of the revision before.
    pub measures: Vec<ViewedMeasure>,
}

/// A measure on its way, for one reader.
#[derive(Debug, Clone)]
pub struct ViewedMeasure {
    /// The measure.
    pub task: Task,
    /// True when the reader may say that it is done.
    pub can_complete: bool,
    /// True when the reader may give it to somebody else.
    pub can_hand_over: bool,
}

/// The measures of a revision for a reader; none that a later revision has taken along.
fn measures(rx: &Rx<'_, '_>, report: &QuarterlyReport) -> Vec<ViewedMeasure> {
    let step = Step::new(&rx.directory, rx.directory.procedures.at(rx.now), rx.now, rx.caller.user_id, report.clone());
    let in_force = report.tasks.iter().filter(|task| task.state != TaskState::Cancelled);
    let viewed = |task: &Task| ViewedMeasure {
        can_complete: task.is_open() && stands_for(&rx.directory, rx.caller.user_id, task.assignee, rx.now),
        can_hand_over: task.is_open() && step.may_hand_over(),
        task: task.clone(),
    };
    in_force.map(viewed).collect()
}

/// Every revision of every report, newest first.
///
/// # Errors
/// Not permitted, an invalid cursor or limit.
pub fn list_quarterly_reports(rx: &mut Rx<'_, '_>, page: &PageRequest) -> Result<Page<QuarterlyReport>, AppError> {
    rx.permit(Operation::ListQuarterlyReports)?;
    // Descending: a key that sorts the other way round.
    let key = |report: &QuarterlyReport| {
        let quarter = 10_000 * 4 - report.quarter.year() * 4 - i32::try_from(report.quarter.number()).unwrap_or_default();
        format!("{quarter:05}/{:05}", 99_999 - report.revision.min(99_999))
    };
    page.of(rx.tx.quarterly_reports()?, key)
}

/// The newest revision of the report of a quarter.
///
/// # Errors
/// Not permitted, not found.
pub fn view_quarterly_report(rx: &mut Rx<'_, '_>, quarter: Quarter) -> Result<ViewedReport, AppError> {
    rx.permit(Operation::ViewQuarterlyReport)?;
    view(rx, quarter, None)
}

/// A revision of the report of a quarter.
///
/// # Errors
/// Not permitted, not found.
pub fn view_quarterly_report_revision(rx: &mut Rx<'_, '_>, quarter: Quarter, revision: u32) -> Result<ViewedReport, AppError> {
    rx.permit(Operation::ViewQuarterlyReportRevision)?;
    view(rx, quarter, Some(revision))
}

/// A revision of the report of a quarter (the newest when not said), to be taken away.
///
/// # Errors
/// Not permitted, not found.
pub fn download_quarterly_workbook(
    rx: &mut Rx<'_, '_>,
    quarter: Quarter,
    revision: Option<u32>,
) -> Result<QuarterlyReport, AppError> {
    rx.permit(Operation::DownloadQuarterlyWorkbook)?;
    Ok(view(rx, quarter, revision)?.report)
}

/// A revision of the report of a quarter (the newest when not said), to be drawn.
///
/// # Errors
/// Not permitted, not found.
pub fn view_quarterly_chart(rx: &mut Rx<'_, '_>, quarter: Quarter, revision: Option<u32>) -> Result<QuarterlyReport, AppError> {
    rx.permit(Operation::ViewQuarterlyChart)?;
    Ok(view(rx, quarter, revision)?.report)
}

fn view(rx: &mut Rx<'_, '_>, quarter: Quarter, revision: Option<u32>) -> Result<ViewedReport, AppError> {
    let mut others = rx.tx.quarterly_reports_of(quarter)?;
    let last = others.len().checked_sub(1).ok_or(AppError::NotFound { what: "report" })?;
    let index = match revision {
        None => last,
        Some(wanted) => others.iter().position(|r| r.revision == wanted).ok_or(AppError::NotFound { what: "report" })?,
    };
    let mut report = others.remove(index);
    if index != last {
        let measures = measures(rx, &report);
        return Ok(ViewedReport { report, others, outdated: Vec::new(), actions: Vec::new(), measures });
    }
    let now = gather::figures(rx.tx, &rx.directory, quarter, rx.now)?;
    let actions = actions(rx, &report, &now);
    let outdated = if report.state() == ReportState::Approved { reclassified(&report.figures, &now) } else { Vec::new() };
    if report.state() != ReportState::Approved {
        report.figures = now;
    }
    let approved = [&report].into_iter().chain(others.iter().rev()).find(|revision| revision.state() == ReportState::Approved);
    let measures = approved.map(|revision| measures(rx, revision)).unwrap_or_default();
    Ok(ViewedReport { report, others, outdated, actions, measures })
}

fn actions(rx: &Rx<'_, '_>, report: &QuarterlyReport, now: &QuarterlyFigures) -> Vec<RecordAction> {
    let (directory, reader) = (rx.directory.as_ref(), rx.caller.user_id);
    let stands_in = !answerable_for(report, directory, reader, rx.now).is_empty();
    let all = [
        (Operation::AssessQuarterlyReport, rules::may_edit(report)),
        (Operation::SubmitQuarterlyReport, rules::may_submit(report, now, directory)),
        (Operation::ApproveQuarterlyReport, rules::may_approve(report, now, &[reader], directory)),
        (Operation::ReturnQuarterlyReport, rules::may_return(report)),
        (Operation::RestateQuarterlyReport, rules::may_restate(report, now)),
    ];
    all.into_iter()
        .map(|(operation, rule)| {
            let answers = matches!(operation, Operation::ApproveQuarterlyReport | Operation::ReturnQuarterlyReport) && stands_in;
            let permission = permit(directory, reader, operation, None).err().filter(|_| !answers);
            let refusals = permission.into_iter().chain(rule.err());
            RecordAction { operation, blocked_by: refusals.flat_map(|refusal| refusal.unmet().to_vec()).collect() }
        })
        .collect()
}

/// Which releases of a report are wanted: those behind one figure.
#[derive(Debug, Clone, Default)]
pub struct ReportedReleaseQuery {
    /// Of this revision; the newest when not said.
    pub revision: Option<u32>,
    /// Of this kind.
    pub kind: Option<ReleaseKind>,
    /// With this verdict.
    pub verdict: Option<Verdict>,
    /// For the customer of this name.
    pub customer: Option<String>,
    /// Of the system of this name.
    pub system: Option<String>,
    /// Which part of the list.
    pub page: PageRequest,
}

/// The releases behind a figure of a report, by number.
///
/// # Errors
/// Not permitted, not found, an invalid cursor or limit.
pub fn list_reported_releases(
    rx: &mut Rx<'_, '_>,
    quarter: Quarter,
    query: &ReportedReleaseQuery,
) -> Result<Page<ReportedRelease>, AppError> {
    rx.permit(Operation::ListReportedReleases)?;
    let report = view(rx, quarter, query.revision)?.report;
    let wanted = |release: &ReportedRelease| {
        query.kind.is_none_or(|kind| kind == release.kind)
            && query.verdict.is_none_or(|verdict| verdict == release.verdict)
            && query.customer.as_ref().is_none_or(|customer| *customer == release.customer)
            && query.system.as_ref().is_none_or(|system| release.systems.contains(system))
    };
    let releases = report.figures.releases.into_iter().filter(wanted).collect();
    query.page.of(releases, |release| release.number.clone())
}
