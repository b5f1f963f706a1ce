//! The steps of a report: drafted, assessed, sent for approval, approved or sent back, restated; its measures done.

use super::gather;
use crate::{
    AppError, Cx, Fault,
    releases::{act::enqueue_dispatch, ground::PARAMETERS},
};
use fabu_domain::{
    log::LogEntry,
    policy_registers::Operation,
    quarter::Quarter,
    quarterly::{
        Assessment, QuarterlyFigures, QuarterlyReport, ReportState,
        report::{MeasureState, Reclassified},
        rules,
    },
    release::Mark,
};
use serde_json::{Value, json};

fn subject(quarter: Quarter) -> String {
    format!("reports/quarterly/{quarter}")
}

fn entry(cx: &Cx<'_, '_>, kind: &str, report: &QuarterlyReport, more: Value) -> LogEntry {
    let figures = &report.figures;
    let mut payload = json!({
        "number": report.number, "revision": report.revision, "total": figures.total, "successes": figures.successes,
        "attainment": figures.attainment, "sha256": report.sha256,
    });
    if let (Some(payload), Value::Object(more)) = (payload.as_object_mut(), more) {
        payload.extend(more);
    }
    cx.entry(kind, subject(report.quarter), payload)
}

fn mark(cx: &Cx<'_, '_>, reason: &str) -> Mark {
    Mark { by: cx.caller.user_id, at: cx.now, reason: reason.to_owned() }
}

fn figures(cx: &mut Cx<'_, '_>, quarter: Quarter) -> Result<QuarterlyFigures, AppError> {
    let (directory, now) = (std::sync::Arc::clone(&cx.directory), cx.now);
    gather::figures(cx.tx, &directory, quarter, now)
}

/// The report that a step is about: the newest revision, as the caller saw it.
fn seen(cx: &mut Cx<'_, '_>, operation: Operation, quarter: Quarter, version: i64) -> Result<QuarterlyReport, AppError> {
    cx.about(subject(quarter), None);
    cx.permit(operation)?;
    let report = gather::latest(cx.tx, quarter)?;
    cx.fresh(version, report.version)?;
    Ok(report)
}

fn save(cx: &mut Cx<'_, '_>, mut report: QuarterlyReport, kind: &str, more: Value) -> Result<QuarterlyReport, AppError> {
    let entry = entry(cx, kind, &report, more);
    report.version = cx.tx.update_quarterly_report(&report, report.version, &entry)?;
    enqueue_dispatch(cx, &[entry])?;
    Ok(report)
}

/// Drafts the report of a quarter that is over; none when it exists already.
pub(super) fn draft(cx: &mut Cx<'_, '_>, quarter: Quarter) -> Result<Option<QuarterlyReport>, AppError> {
    rules::may_draft(quarter, cx.now)?;
    let figures = figures(cx, quarter)?;
    let id = cx.new_id();
    let report = QuarterlyReport::draft(id, &PARAMETERS.document_prefix, figures, cx.now, cx.caller.actor());
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
    cx.about(subject(quarter), None);
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
    let mut report = seen(cx, Operation::AssessQuarterlyReport, quarter, version)?;
    rules::may_edit(&report)?;
    report.assessment = assessment.clone();
    report.contributors.insert(cx.caller.user_id);
    save(cx, report, "quarterly_report.assessed", json!({ "assessment": assessment }))
}

/// Sends the report for approval; its figures are counted once more.
///
/// # Errors
/// Not permitted, not found, stale, no draft, incomplete.
pub fn submit_quarterly_report(cx: &mut Cx<'_, '_>, quarter: Quarter, version: i64) -> Result<QuarterlyReport, AppError> {
    let mut report = seen(cx, Operation::SubmitQuarterlyReport, quarter, version)?;
    let figures = figures(cx, quarter)?;
    rules::may_submit(&report, &figures, &cx.directory)?;
    report.figures = figures;
    report.state = ReportState::Submitted;
    report.contributors.insert(cx.caller.user_id);
    report.submitted = Some(mark(cx, ""));
    save(cx, report, "quarterly_report.submitted", json!({}))
}

/// Approves the report: it is frozen with its hash, its measures are set out.
///
/// # Errors
/// Not permitted, not found, stale, password not entered of late, a contributor, an unreviewed failure, a changed count.
pub fn approve_quarterly_report(cx: &mut Cx<'_, '_>, quarter: Quarter, version: i64) -> Result<QuarterlyReport, AppError> {
    let mut report = seen(cx, Operation::ApproveQuarterlyReport, quarter, version)?;
    cx.require_reauthentication()?;
    let figures = figures(cx, quarter)?;
    rules::may_approve(&report, &figures, cx.caller.user_id, &cx.directory)?;
    report.approve(figures, mark(cx, ""));
    let measures: Vec<u32> = report.improvements.iter().map(|improvement| improvement.number).collect();
    save(cx, report, "quarterly_report.approved", json!({ "measures": measures }))
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
    let mut report = seen(cx, Operation::ReturnQuarterlyReport, quarter, version)?;
    rules::may_return(&report)?;
    report.state = ReportState::Draft;
    report.returned = Some(mark(cx, reason));
    save(cx, report, "quarterly_report.returned", json!({ "reason": reason }))
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
    let mut report = seen(cx, Operation::CompleteMeasure, quarter, version)?;
    rules::may_complete(&report, number, cx.caller.user_id, &cx.directory, cx.now)?;
    let done = mark(cx, evidence);
    for measure in report.improvements.iter_mut().filter(|improvement| improvement.number == number) {
        measure.state = MeasureState::Done;
        measure.evidence = Some(done.clone());
    }
    save(cx, report, "quarterly_report.measure_done", json!({ "measure": number, "evidence": evidence }))
}
