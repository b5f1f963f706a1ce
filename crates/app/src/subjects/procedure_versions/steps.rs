//! The steps of a version: begun, written, submitted, answered, withdrawn.

use super::read::find;
use crate::{
    AppError, Cx, Fault, FieldError,
    company_records::{begin, entries, finish, permit_part},
};
use chrono::NaiveDate;
use fabu_domain::{
    blocks::approval::{ApprovalState, Decision},
    ids::{ApprovalId, UserId},
    subject::{CompanyRecord, Step, Subject, log::LogEntry, operation::Operation},
    subjects::{
        procedure_version::{ProcedureText, ProcedureVersion, VersionLabel, VersionState, may_create},
        release::command::Ballot,
    },
    time::clock::company_day,
};
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;

fn entry(cx: &Cx<'_, '_>, kind: &str, version: &ProcedureVersion, more: Value) -> LogEntry {
    let mut payload = json!({ "label": version.label, "effective_on": version.text().effective_on });
    if let (Some(payload), Value::Object(more)) = (payload.as_object_mut(), more) {
        payload.extend(more);
    }
    cx.entry(kind, version.subject().address, payload)
}

/// Begins a version with the text of the one in force.
///
/// # Errors
/// Not permitted; refused while another is on its way, or with a label that is not greater than all others.
pub fn create_procedure_version(
    cx: &mut Cx<'_, '_>,
    label: VersionLabel,
    change_note: &str,
    effective_on: NaiveDate,
) -> Result<VersionLabel, AppError> {
    cx.about(Subject::procedure_version(Uuid::nil(), label).address, None);
    cx.permit(Operation::CreateProcedureVersion)?;
    let (all, today) = (cx.tx.lock_procedure_versions()?, company_day(cx.now));
    may_create(&all, Some(label), today)?;
    let in_force = all.iter().find(|version| version.state(&all, today) == VersionState::InForce);
    let begun = in_force.map(|version| version.text().clone()).unwrap_or_default();
    let text = ProcedureText { change_note: change_note.to_owned(), effective_on: Some(effective_on), ..begun };
    let prefix = cx.directory.procedures.at(cx.now).document_prefix.clone();
    let version = ProcedureVersion::new(cx.new_id(), &prefix, label, (cx.now, cx.caller.actor()));
    let directory = Arc::clone(&cx.directory);
    let mut step = begin(cx, &directory, &version);
    step.write(&text)?;
    let own = entry(cx, "procedure_version.created", &step.record, json!({ "change_note": change_note }));
    let entries = entries(cx, &step, Some(own));
    cx.tx.insert_procedure_version(&step.record, &entries)?;
    Ok(label)
}

/// Takes a step on a version as the caller saw it; `kind` names the step in the log, if it has a name of its own.
fn take(
    cx: &mut Cx<'_, '_>,
    operation: Operation,
    (label, seen): (VersionLabel, i64),
    kind: Option<&str>,
    step: impl FnOnce(&mut Step<'_, ProcedureVersion>) -> Result<Value, AppError>,
) -> Result<(), AppError> {
    cx.about(Subject::procedure_version(Uuid::nil(), label).address, None);
    cx.permit(operation)?;
    let version = find(&cx.tx.lock_procedure_versions()?, label)?.clone();
    cx.fresh(seen, version.version)?;
    let directory = Arc::clone(&cx.directory);
    let mut taken = begin(cx, &directory, &version);
    let more = step(&mut taken)?;
    let own = kind.map(|kind| entry(cx, kind, &taken.record, more));
    finish(cx, &version, taken, own)?;
    Ok(())
}

/// Saves the text as the draft.
///
/// # Errors
/// Not permitted, not found, stale, no draft.
pub fn save_procedure_draft(cx: &mut Cx<'_, '_>, label: VersionLabel, seen: i64, text: &ProcedureText) -> Result<(), AppError> {
    take(cx, Operation::SaveProcedureDraft, (label, seen), None, |step| {
        step.write(text)?;
        Ok(Value::Null)
    })
}

/// Freezes the text and asks the reviewer and the general manager to sign it.
///
/// # Errors
/// Not permitted, not found, stale; refused with everything that is missing.
pub fn submit_procedure_version(cx: &mut Cx<'_, '_>, label: VersionLabel, seen: i64, reviewer: UserId) -> Result<(), AppError> {
    let submitted = Some("procedure_version.submitted");
    take(cx, Operation::SubmitProcedureVersion, (label, seen), submitted, |step| {
        let is_known = step.directory.users.contains_key(&reviewer);
        let unknown = || FieldError::new("/reviewer", Fault::FieldUnknownId);
        AppError::unless_empty((!is_known).then(unknown).into_iter().collect())?;
        step.submit(reviewer)?;
        Ok(json!({ "reviewer": reviewer }))
    })
}

/// Gives a version up that is not approved.
///
/// # Errors
/// Not permitted, not found, stale, approved already.
pub fn withdraw_procedure_version(cx: &mut Cx<'_, '_>, label: VersionLabel, seen: i64, reason: &str) -> Result<(), AppError> {
    let withdrawn = Some("procedure_version.withdrawn");
    take(cx, Operation::WithdrawProcedureVersion, (label, seen), withdrawn, |step| {
        step.withdraw(reason)?;
        Ok(json!({ "reason": reason }))
    })
}

/// Answers for the reviewer or the general manager.
pub(crate) fn cast_vote(
    cx: &mut Cx<'_, '_>,
    about: &Subject,
    id: ApprovalId,
    seen: i64,
    ballot: &Ballot,
) -> Result<ProcedureVersion, AppError> {
    permit_part(cx, about, "approval")?;
    let all = cx.tx.lock_procedure_versions()?;
    let version = all.into_iter().find(|version| version.id.0 == about.id).ok_or(AppError::NotFound { what: "approval" })?;
    let approval = version.approvals.iter().find(|approval| approval.id == id).ok_or(AppError::NotFound { what: "approval" })?;
    cx.fresh(seen, approval.version())?;
    let (prepared_by, directory) = (approval.opened_by, Arc::clone(&cx.directory));
    let mut step = begin(cx, &directory, &version);
    let outcome = step.vote(ballot)?;
    // Whoever may not answer hears that first.
    if ballot.decision == Decision::Pass {
        cx.require_reauthentication()?;
    }
    let of_outcome = |kind| entry(cx, kind, &step.record, json!({ "prepared_by": prepared_by, "comment": ballot.comment }));
    let own = match outcome {
        ApprovalState::Passed => Some(of_outcome("procedure_version.approved")),
        ApprovalState::Returned => Some(of_outcome("procedure_version.returned")),
        ApprovalState::Open | ApprovalState::Void => None,
    };
    finish(cx, &version, step, own)
}
