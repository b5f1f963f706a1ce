//! What an emergency release owes afterwards: the real documents and approvals, never a sentence about them (D11, D18).

use super::script::{Script, TaskDraft};
use crate::{
    blocks::{
        approval::ApprovalKind,
        document::DocumentKind,
        task::{Blocks, Evidence, Task, TaskKind, TaskState},
    },
    people::role::Role,
    subject::refusal::{Code, Refusal, Unmet},
    subjects::{
        event::{ReleaseEvent, TaskAction},
        release::{
            Dossier,
            archive::{ArchiveRecord, is_recorded},
        },
    },
};

/// What the short route left out is outstanding within the days of the procedure version (D11).
pub(super) fn owe(script: &mut Script<'_>) {
    let due_at = script.in_working_days(script.parameters().emergency_make_up_working_days);
    for record in ArchiveRecord::ALL.iter().filter(|r| r.made_up()) {
        let role = if *record == ArchiveRecord::TestReport { Role::ReleaseTester } else { Role::ReleaseAdministrator };
        let assignee = script.holder_or_actor(role);
        script.open_task(TaskDraft {
            kind: TaskKind::EmergencyMakeUp,
            title: format!("补办：{}", record.text().zh),
            detail: String::new(),
            assignee,
            blocks: Blocks::Closure,
            due_at,
            source: record.as_str().to_owned(),
        });
    }
}

/// Why such a task cannot be completed or verified by hand.
pub(super) fn by_record(task: &Task) -> Refusal {
    let place = match task.source.parse::<ArchiveRecord>() {
        Ok(ArchiveRecord::TestReport) => format!("documents/{}", DocumentKind::TestReport),
        Ok(ArchiveRecord::GoLivePlan) => format!("documents/{}", DocumentKind::GoLivePlan),
        Ok(ArchiveRecord::Communication) => "tasks".to_owned(),
        _ => "approvals".to_owned(),
    };
    Refusal::one(Unmet::new(Code::TaskByRecord).with("task", &task.title).at(place))
}

/// A record that is there, or is being decided about, is not made up a second time.
pub(super) fn once(dossier: &Dossier, record: ArchiveRecord, kind: ApprovalKind) -> Result<(), Refusal> {
    let asked = dossier.latest_approval(kind).is_some_and(|a| a.is_open());
    if dossier.is_retrospective() && (asked || is_recorded(dossier, record)) {
        return Err(Refusal::one(Unmet::new(Code::ArchiveNotMissing).with_text("record", record.text())));
    }
    Ok(())
}

/// Ends the tasks whose record is there by now.
pub(super) fn settle(script: &mut Script<'_>) {
    if !script.dossier.is_retrospective() {
        return;
    }
    let made_up = |task: &&Task| {
        task.kind == TaskKind::EmergencyMakeUp
            && task.is_open()
            && task.source.parse::<ArchiveRecord>().is_ok_and(|record| is_recorded(&script.dossier, record))
    };
    let done: Vec<Task> = script.dossier.tasks.iter().filter(made_up).cloned().collect();
    for task in done {
        let text = format!("{}：{}", task.title, reference(&script.dossier, &task.source));
        let evidence = Some(Evidence { text, attachments: Vec::new(), by: script.actor.user_id, at: script.now() });
        script.emit(ReleaseEvent::Task { action: TaskAction::Done, task: Task { state: TaskState::Done, evidence, ..task } });
    }
}

/// The number and revision of the document that the record is, or rests on.
fn reference(dossier: &Dossier, record: &str) -> String {
    let kind = match record.parse::<ArchiveRecord>() {
        Ok(ArchiveRecord::PlanReview) => DocumentKind::ReleasePlan,
        Ok(ArchiveRecord::TestReport | ArchiveRecord::CustomerAcceptance) => DocumentKind::TestReport,
        _ => DocumentKind::GoLivePlan,
    };
    let Some(document) = dossier.documents.get(&kind) else { return String::new() };
    format!("{} V{}", document.number, document.latest().map_or(0, |r| r.revision))
}
