//! The steps of a report: drafted, assessed, sent for approval, approved or sent back, restated; its measures done.

use super::gather;
use crate::{
    AppError, Cx, Fault, FieldError,
    company_records::{self, begin, permit_part},
    deliveries::enqueue_dispatch,
};
use fabu_domain::{
    blocks::approval::Decision,
    ids::{ApprovalId, TaskId},
    subject::{
        Step, Subject, answerable_for,
        log::LogEntry,
        operation::Operation,
        refusal::{Code, Refusal, Unmet},
    },
    subjects::{
        quarterly_report::{Assessment, QuarterlyFigures, QuarterlyReport, report::Reclassified, rules, steps::measure_number},
        release::command::{Ballot, Command},
    },
    time::quarter::Quarter,
};
use serde_json::{Value, json};
use std::sync::Arc;

fn entry(cx: &Cx<'_, '_>, kind: &str, report: &QuarterlyReport, more: Value) -> LogEntry {
    let figures = &report.figures;
    let mut payload = json!({
        "number": report.number, "revision": report.revision, "total": figures.total, "successes": figures.successes,
        "attainment": figures.attainment, "sha256": report.sha256,
    });
    if let (Some(payload), Value::Object(more)) = (payload.as_object_mut(), more) {
        payload.extend(more);
    }
    cx.entry(kind, Subject::report_address(report.quarter), payload)
}

fn figures(cx: &mut Cx<'_, '_>, quarter: Quarter) -> Result<QuarterlyFigures, AppError> {
    let (directory, now) = (std::sync::Arc::clone(&cx.directory), cx.now);
    gather::figures(cx.tx, &directory, quarter, now)
}

/// The report that a step is about: the newest revision, as the caller saw it.
fn seen(cx: &mut Cx<'_, '_>, operation: Operation, quarter: Quarter, version: i64) -> Result<QuarterlyReport, AppError> {
    cx.about(Subject::report_address(quarter), None);
    cx.permit(operation)?;
    let report = gather::lock(cx.tx, quarter)?;
    cx.fresh(version, report.version)?;
    Ok(report)
}

/// The report for whoever answers its sign-off: the holder of the role, or who stands in for one today (D16).
fn asked(cx: &mut Cx<'_, '_>, operation: Operation, quarter: Quarter, version: i64) -> Result<QuarterlyReport, AppError> {
    cx.about(Subject::report_address(quarter), None);
    let permitted = cx.permit(operation);
    let report = gather::lock(cx.tx, quarter);
    let stands_in = |report: &QuarterlyReport| !answerable_for(report, &cx.directory, cx.caller.user_id, cx.now).is_empty();
    let deputy = permitted.is_err() && report.as_ref().is_ok_and(stands_in);
    if !deputy {
        permitted?;
    }
    let report = report?;
    cx.fresh(version, report.version)?;
    Ok(report)
}

/// Ends a step with what happened to approvals and tasks, and what it is called, if it has a name of its own.
fn finish(
    cx: &mut Cx<'_, '_>,
    old: &QuarterlyReport,
    step: Step<'_, QuarterlyReport>,
    named: Option<(&str, Value)>,
) -> Result<QuarterlyReport, AppError> {
    let own = named.map(|(kind, more)| entry(cx, kind, &step.record, more));
    company_records::finish(cx, old, step, own)
}

/// Drafts the report of a quarter that is over; none when it exists already.
pub(super) fn draft(cx: &mut Cx<'_, '_>, quarter: Quarter) -> Result<Option<QuarterlyReport>, AppError> {
    rules::may_draft(quarter, cx.now)?;
    let figures = figures(cx, quarter)?;
    let id = cx.new_id();
    let prefix = cx.directory.procedures.at(cx.now).document_prefix.clone();
    let report = QuarterlyReport::draft(id, &prefix, figures, cx.now, cx.caller.actor());
    let entry = entry(cx, "quarterly_report.drafted", &report, json!({}));
    let added = cx.tx.insert_quarterly_report(&report, &entry)?;
    if added {
        enqueue_dispatch(cx, &[entry])?;
    }
    Ok(added.then_some(report))
}

/// Drafts the report of any past quarter on demand.
///
/// # Errors
/// Not permitted, the quarter is not over, the report exists.
pub fn create_quarterly_report(cx: &mut Cx<'_, '_>, quarter: Quarter) -> Result<QuarterlyReport, AppError> {
    cx.about(Subject::report_address(quarter), None);
    cx.permit(Operation::CreateQuarterlyReport)?;
    draft(cx, quarter)?.ok_or_else(|| AppError::fault(Fault::ReportExists, "quarter", quarter))
}

/// Replaces what people say about the quarter (7a).
///
/// # Errors
/// Not permitted, not found, stale, no draft.
pub fn assess_quarterly_report(
    cx: &mut Cx<'_, '_>,
    quarter: Quarter,
    version: i64,
    assessment: &Assessment,
) -> Result<QuarterlyReport, AppError> {
    let report = seen(cx, Operation::AssessQuarterlyReport, quarter, version)?;
    let directory = Arc::clone(&cx.directory);
    let mut step = begin(cx, &directory, &report);
    step.assess(assessment)?;
    // The draft stays out of the log, where the whole assessment stands.
    step.events.clear();
    finish(cx, &report, step, Some(("quarterly_report.assessed", json!({ "assessment": assessment }))))
}

/// Sends the report for approval; its figures are counted once more, and the general manager is asked.
///
/// # Errors
/// Not permitted, not found, stale, no draft, incomplete.
pub fn submit_quarterly_report(cx: &mut Cx<'_, '_>, quarter: Quarter, version: i64) -> Result<QuarterlyReport, AppError> {
    let report = seen(cx, Operation::SubmitQuarterlyReport, quarter, version)?;
    let (figures, directory) = (figures(cx, quarter)?, Arc::clone(&cx.directory));
    let mut step = begin(cx, &directory, &report);
    step.submit(figures)?;
    finish(cx, &report, step, Some(("quarterly_report.submitted", json!({}))))
}

/// Answers the sign-off of a report for oneself or as a deputy: agreement freezes it with its hash and sets its measures out
/// as tasks, in the place of those that the revision before left open.
pub(super) fn answer(cx: &mut Cx<'_, '_>, report: &QuarterlyReport, ballot: &Ballot) -> Result<QuarterlyReport, AppError> {
    let agrees = ballot.decision == Decision::Pass;
    if agrees {
        cx.require_reauthentication()?;
    }
    let (figures, directory) = (figures(cx, report.quarter)?, Arc::clone(&cx.directory));
    let earlier = cx.tx.quarterly_reports_of(report.quarter)?;
    let before = earlier.iter().rfind(|earlier| earlier.revision < report.revision);
    let mut step = begin(cx, &directory, report);
    step.vote(figures, ballot, before)?;
    let named = match agrees {
        true => {
            let measures: Vec<u32> = step.record.tasks.iter().map(measure_number).collect();
            ("quarterly_report.approved", json!({ "measures": measures }))
        }
        false => ("quarterly_report.returned", json!({ "reason": ballot.comment })),
    };
    let answered = finish(cx, report, step, Some(named))?;
    if let Some(before) = before.filter(|before| agrees && before.open_measures().next().is_some()) {
        let mut step = begin(cx, &directory, before);
        step.withdraw_measures();
        let _withdrawn = finish(cx, before, step, None)?;
    }
    Ok(answered)
}

/// The answer of the caller's own.
fn ballot(decision: Decision, comment: &str) -> Ballot {
    Ballot { on_behalf_of: None, decision, comment: comment.to_owned(), conditions: Vec::new() }
}

/// Approves the report: it is frozen with its hash, its measures are set out.
///
/// # Errors
/// Not permitted, not found, stale, password not entered of late, a contributor, an unreviewed failure, a changed count.
pub fn approve_quarterly_report(cx: &mut Cx<'_, '_>, quarter: Quarter, version: i64) -> Result<QuarterlyReport, AppError> {
    let report = asked(cx, Operation::ApproveQuarterlyReport, quarter, version)?;
    answer(cx, &report, &ballot(Decision::Pass, ""))
}

/// Sends the report back to those who write it.
///
/// # Errors
/// Not permitted, not found, stale, not waiting for approval.
pub fn return_quarterly_report(
    cx: &mut Cx<'_, '_>,
    quarter: Quarter,
    version: i64,
    reason: &str,
) -> Result<QuarterlyReport, AppError> {
    let report = asked(cx, Operation::ReturnQuarterlyReport, quarter, version)?;
    answer(cx, &report, &ballot(Decision::Return, reason))
}

/// Opens the next revision of an approved report whose count has changed; the old one stays as it was signed.
pub(super) fn restate(cx: &mut Cx<'_, '_>, report: &QuarterlyReport, reason: &str) -> Result<Option<QuarterlyReport>, AppError> {
    let figures = figures(cx, report.quarter)?;
    rules::may_restate(report, &figures)?;
    let next = report.restated(cx.new_id(), figures, reason, cx.now, cx.caller.actor());
    let changes: Vec<Reclassified> = next.restates.iter().flat_map(|restatement| restatement.changes.clone()).collect();
    let entry = entry(cx, "quarterly_report.restated", &next, json!({ "reason": reason, "changes": changes }));
    let added = cx.tx.insert_quarterly_report(&next, &entry)?;
    if added {
        enqueue_dispatch(cx, &[entry])?;
    }
    Ok(added.then_some(next))
}

/// Restates an approved report on demand.
///
/// # Errors
/// Not permitted, not found, stale, not approved, nothing counts differently.
pub fn restate_quarterly_report(
    cx: &mut Cx<'_, '_>,
    quarter: Quarter,
    version: i64,
    reason: &str,
) -> Result<QuarterlyReport, AppError> {
    let report = seen(cx, Operation::RestateQuarterlyReport, quarter, version)?;
    let next = restate(cx, &report, reason)?;
    next.ok_or_else(|| AppError::fault(Fault::ReportExists, "quarter", quarter))
}

/// Says that a measure is done, with what shows it. Only its owner or somebody who stands in for the owner may.
///
/// # Errors
/// Not found, stale, somebody else's measure, unknown or done already.
pub fn complete_measure(
    cx: &mut Cx<'_, '_>,
    quarter: Quarter,
    number: u32,
    version: i64,
    evidence: &str,
) -> Result<QuarterlyReport, AppError> {
    let report = seen(cx, Operation::CompleteMeasure, quarter, version)?;
    let task = fabu_domain::subjects::quarterly_report::steps::open_measure(&report, number)?;
    complete(cx, &report, task, evidence)
}

/// Says that a measure is done.
pub(super) fn complete(
    cx: &mut Cx<'_, '_>,
    report: &QuarterlyReport,
    task: TaskId,
    evidence: &str,
) -> Result<QuarterlyReport, AppError> {
    let directory = Arc::clone(&cx.directory);
    let mut step = begin(cx, &directory, report);
    step.complete(task, evidence)?;
    let number = step.record.tasks.iter().find(|measure| measure.id == task).map(measure_number);
    finish(cx, report, step, Some(("quarterly_report.measure_done", json!({ "measure": number, "evidence": evidence }))))
}

/// The report that an approval or a task is about, for whoever may know of it.
fn of_part(cx: &mut Cx<'_, '_>, about: &Subject, what: &'static str) -> Result<QuarterlyReport, AppError> {
    permit_part(cx, about, what)?;
    let quarter = about.kind.key_at(&about.address).ok_or(AppError::NotFound { what })?;
    let revisions = cx.tx.lock_quarterly_reports_of(quarter)?;
    revisions.into_iter().find(|report| report.id.0 == about.id).ok_or(AppError::NotFound { what })
}

/// Answers the sign-off of a report by its approval.
pub(crate) fn cast_vote(
    cx: &mut Cx<'_, '_>,
    about: &Subject,
    id: ApprovalId,
    seen: i64,
    ballot: &Ballot,
) -> Result<QuarterlyReport, AppError> {
    let report = of_part(cx, about, "approval")?;
    let approval = report.approvals.iter().find(|approval| approval.id == id).ok_or(AppError::NotFound { what: "approval" })?;
    cx.fresh(seen, approval.version())?;
    answer(cx, &report, ballot)
}

/// A command about a measure.
pub(crate) fn act_on_task(
    cx: &mut Cx<'_, '_>,
    about: &Subject,
    id: TaskId,
    seen: i64,
    command: &Command,
) -> Result<QuarterlyReport, AppError> {
    let report = of_part(cx, about, "task")?;
    let task = report.tasks.iter().find(|task| task.id == id).ok_or(AppError::NotFound { what: "task" })?;
    cx.fresh(seen, task.version())?;
    let unmet = |code| Refusal::one(Unmet::new(code).with("task", &task.title).of_clause("7a"));
    match command {
        Command::CompleteTask { text, attachments, .. } => {
            // Files belong to releases: a report has none.
            let unknown = |n| FieldError::new(format!("/attachments/{n}"), Fault::FieldUnknownId);
            AppError::unless_empty((0..attachments.len()).map(unknown).collect())?;
            complete(cx, &report, id, text)
        }
        Command::ReassignTask { assignee, reason, .. } => {
            let directory = Arc::clone(&cx.directory);
            let mut step = begin(cx, &directory, &report);
            step.reassign(id, *assignee, reason)?;
            finish(cx, &report, step, None)
        }
        Command::WaiveTask { .. } => Err(unmet(Code::TaskNotWaivable).into()),
        // The evidence alone ends a measure: nobody verifies it.
        _ => Err(unmet(Code::TaskNotSubmitted).into()),
    }
}
