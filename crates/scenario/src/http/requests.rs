//! The request that carries a command.

use super::Method;
use fabu_domain::{
    blocks::{approval::Capacity, document::DocumentKind},
    ids::{ApprovalId, TaskId},
    subjects::release::command::{Command, Convocation, StepReport},
};
use serde_json::{Map, Value, json};

/// What a request must have seen: the ETag to send in If-Match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// The release.
    Release,
    /// A document.
    Document(DocumentKind),
    /// An approval.
    Approval(ApprovalId),
    /// A task.
    Task(TaskId),
    /// Nothing: the command only adds.
    Nothing,
}

/// A request.
#[derive(Debug, Clone, PartialEq)]
pub struct Sending {
    /// Method.
    pub method: Method,
    /// Path below `/api/v1`.
    pub path: String,
    /// Which version it must have seen.
    pub guard: Guard,
    /// Body.
    pub body: Value,
}

impl Sending {
    /// The request that gives a command to the release with this number.
    #[must_use]
    pub fn of(number: &str, command: &Command) -> Self {
        let release = format!("/releases/{number}");
        paper(&release, command)
            .or_else(|| task(&release, command))
            .or_else(|| record(&release, command))
            .unwrap_or_else(|| action(&release, command))
    }

    fn post(path: String, guard: Guard, body: Value) -> Self {
        Self { method: Method::Post, path, guard, body: without_blanks(body) }
    }
}

/// Documents and votes.
fn paper(release: &str, command: &Command) -> Option<Sending> {
    Some(match command {
        Command::SaveDraft { document, content } => Sending {
            method: Method::Put,
            path: format!("{release}/documents/{document}"),
            guard: Guard::Document(*document),
            body: json!({ "content": content }),
        },
        Command::SubmitDocument { document, note, .. } => {
            let path = format!("{release}/documents/{document}/submission");
            Sending::post(path, Guard::Document(*document), json!({ "note": note }))
        }
        Command::CastVote { approval_id, ballot } => {
            let body = json!({
                "decision": ballot.decision, "comment": ballot.comment, "conditions": ballot.conditions,
                "on_behalf_of": ballot.on_behalf_of,
            });
            Sending::post(format!("/approvals/{approval_id}/votes"), Guard::Approval(*approval_id), body)
        }
        _ => return None,
    })
}

fn task(release: &str, command: &Command) -> Option<Sending> {
    let (id, verb, body) = match command {
        Command::CompleteTask { task_id, text, attachments } => {
            (task_id, "completion", json!({ "text": text, "attachments": attachments }))
        }
        Command::VerifyTask { task_id, remark } => (task_id, "verification", json!({ "remark": remark })),
        Command::ReturnTask { task_id, reason } => (task_id, "return", json!({ "reason": reason })),
        Command::WaiveTask { task_id, reason } => (task_id, "waiver", json!({ "reason": reason })),
        Command::ReassignTask { task_id, assignee, reason } => {
            (task_id, "assignment", json!({ "assignee": assignee, "reason": reason }))
        }
        Command::AddTask { task } => {
            let body = json!({
                "kind": task.kind, "title": task.title, "detail": task.detail, "assignee": task.assignee, "due_at": task.due_at,
            });
            return Some(Sending::post(format!("{release}/tasks"), Guard::Nothing, body));
        }
        _ => return None,
    };
    Some(Sending::post(format!("/tasks/{id}/{verb}"), Guard::Task(*id), body))
}

/// What only adds a record.
fn record(release: &str, command: &Command) -> Option<Sending> {
    let (path, body) = match command {
        Command::RegisterUnit { unit } => {
            let body = json!({
                "name": unit.name, "version": unit.version, "kind": unit.kind, "sha256": unit.sha256, "source": unit.source,
                "previous_version": unit.previous_version, "media_item_id": unit.media_item_id,
                "first_version_reason": unit.first_version_reason,
            });
            ("units".to_owned(), body)
        }
        Command::WithdrawUnit { unit_id, reason } => (format!("units/{unit_id}/withdrawal"), json!({ "reason": reason })),
        Command::AddTestCase { case } => {
            let body = json!({
                "category": case.category, "title": case.title, "procedure": case.procedure, "expected": case.expected,
            });
            ("test-cases".to_owned(), body)
        }
        Command::RecordTestRun { run } => {
            let body = json!({
                "case_id": run.case_id, "unit_id": run.unit_id, "version": run.version, "sha256": run.sha256,
                "result": run.result, "observed": run.observed, "measurement": run.measurement, "attachments": run.attachments,
            });
            ("test-runs".to_owned(), body)
        }
        Command::RecordStep { step, report } => (format!("run-sheet/steps/{step}"), carried_out(report)),
        Command::RecordRollback { group, report } => (format!("run-sheet/rollback/{group}"), carried_out(report)),
        Command::RecordDeviation { step, note } => ("run-sheet/deviations".to_owned(), json!({ "step": step, "note": note })),
        Command::AddComment { text } => ("comments".to_owned(), json!({ "text": text })),
        _ => return configuration(release, command),
    };
    Some(Sending::post(format!("{release}/{path}"), Guard::Nothing, body))
}

fn configuration(release: &str, command: &Command) -> Option<Sending> {
    let state = |state: &fabu_domain::subjects::release::records::ItemState| {
        without_blanks(json!({ "version": state.version, "values": state.values }))
    };
    let (path, body) = match command {
        Command::PlanConfigurationChange { item, version, phase } => {
            (String::new(), json!({ "item": item, "version": version, "phase": phase }))
        }
        Command::RecordBaseline { change_id, state: found } => {
            (format!("/{change_id}/baseline"), found.as_ref().map_or_else(|| json!({}), state))
        }
        Command::DropConfigurationChange { change_id, reason } => (format!("/{change_id}/removal"), json!({ "reason": reason })),
        Command::ConfirmConfigurationChange { change_id, actual, library_reference, difference } => {
            let body = without_blanks(json!({
                "actual": state(actual), "library_reference": library_reference, "difference": difference,
            }));
            (format!("/{change_id}/confirmation"), body)
        }
        Command::ReturnConfigurationChange { change_id, reason } => (format!("/{change_id}/return"), json!({ "reason": reason })),
        _ => return None,
    };
    Some(Sending::post(format!("{release}/configuration-changes{path}"), Guard::Nothing, body))
}

/// The commands that the API calls actions.
fn action(release: &str, command: &Command) -> Sending {
    let body = match command {
        Command::AssignRole { role, user_id, reason } => json!({ "role": role, "user_id": user_id, "reason": reason }),
        Command::GrantException { kind, reason } => json!({ "kind": kind, "reason": reason }),
        Command::ReplaceMember { approval_id, member, successor, reason } => {
            json!({ "approval_id": approval_id, "member": member, "successor": successor, "reason": reason })
        }
        Command::AcceptConflict { conflict, reason } => json!({ "conflict": conflict, "reason": reason }),
        Command::AcceptRisk { risk, reason } => json!({ "risk": risk, "reason": reason }),
        Command::AddChange { change } => json!({ "change_id": change.id }),
        Command::RemoveChange { change_id, reason } => json!({ "change_id": change_id, "reason": reason }),
        Command::RequestOpinions { departments, question } => json!({ "departments": departments, "question": question }),
        Command::ConvenePlanReview { convocation }
        | Command::ConveneGoLiveApproval { convocation }
        | Command::ConveneEmergencyApproval { convocation } => convened(convocation),
        Command::ReviseReleasePlan { reason }
        | Command::ReviseGoLivePlan { reason }
        | Command::ReopenRelease { reason }
        | Command::SuspendRelease { reason }
        | Command::ResumeRelease { reason }
        | Command::CancelRelease { reason } => json!({ "reason": reason }),
        Command::StartDeployment { units, note } => json!({ "units": units, "note": note }),
        Command::CompletePhase { phase, stakeholders } => json!({ "phase": phase, "stakeholders": stakeholders }),
        Command::DecideToContinue { ground } | Command::StartRollback { ground } => json!({ "ground": ground }),
        Command::RecordVerdict { verdict, reason } => json!({ "verdict": verdict, "reason": reason }),
        Command::ReconveneConfirmation { phase, note } => json!({ "phase": phase, "note": note }),
        Command::SendConfigurationRequest { note } | Command::CloseRelease { note } => json!({ "note": note }),
        Command::ExcuseArchiveRecord { record, reason } => json!({ "record": record, "reason": reason }),
        // The rest has no parameters; documents, votes, tasks and records have been told apart before.
        _ => json!({}),
    };
    Sending::post(format!("{release}/actions/{}", command.name()), Guard::Release, body)
}

fn convened(convocation: &Convocation) -> Value {
    let member = |m: &fabu_domain::subjects::release::command::Invitation| {
        let capacity: &Capacity = &m.capacity;
        json!({ "user_id": m.user_id, "capacity": capacity, "sections": m.sections })
    };
    json!({
        "members": convocation.members.iter().map(member).collect::<Vec<_>>(), "rule": convocation.rule,
        "place": convocation.place, "due_at": convocation.due_at,
    })
}

fn carried_out(report: &StepReport) -> Value {
    json!({
        "result": report.result, "started_at": report.started_at, "finished_at": report.finished_at,
        "performed_by": report.performed_by, "note": report.note, "attachments": report.attachments, "corrects": report.corrects,
    })
}

/// What was left blank is not sent.
fn without_blanks(body: Value) -> Value {
    let Value::Object(fields) = body else { return body };
    let said = fields.into_iter().filter(|(_, value)| !value.is_null() && value.as_str() != Some(""));
    Value::Object(said.collect::<Map<_, _>>())
}
