//! Tasks: by hand, with evidence, verified, returned, excused, handed over; and those that readiness opens (§5.7).

use super::{
    retrospective::by_record,
    script::{Script, TaskDraft},
};
use crate::subjects::release::in_force::plan_in_force;
use crate::{
    blocks::{
        document::DocumentKind,
        task::{Blocks, Evidence, Ruling, Task, TaskKind, TaskState, task_in},
    },
    ids::{AttachmentId, DepartmentId, TaskId, UserId},
    people::role::Role,
    subject::refusal::{Code, Party, Refusal, Unmet},
    subjects::{
        event::{ReleaseEvent, TaskAction},
        release::{
            Window,
            command::{CommandName, NewTask},
            documents::GoLivePlan,
            duty::{self, Expected, source_of},
            in_force::go_live_plan_in_force,
            procedure::rule,
        },
    },
};
use chrono::{DateTime, TimeDelta, Utc};

fn unfit_assignee(script: &Script<'_>, user: UserId) -> Result<(), Refusal> {
    let facts = script.facts();
    match facts.has_say(user) {
        true => Ok(()),
        false => Err(Refusal::one(Unmet::new(Code::AssigneeUnfit).with_text("name", facts.names([user])))),
    }
}

pub(super) fn add(script: &mut Script<'_>, new: &NewTask) -> Result<(), Refusal> {
    if !new.kind.rule().can_be_added {
        return Err(Refusal::one(Code::TaskNotAddable));
    }
    unfit_assignee(script, new.assignee)?;
    script.open_task(TaskDraft {
        kind: new.kind,
        title: new.title.clone(),
        detail: new.detail.clone(),
        assignee: new.assignee,
        blocks: new.kind.rule().blocks,
        due_at: new.due_at,
        source: String::new(),
    });
    Ok(())
}

fn update(script: &mut Script<'_>, action: TaskAction, task: Task) -> Result<(), Refusal> {
    script.emit(ReleaseEvent::Task { action, task });
    Ok(())
}

fn ruling(script: &Script<'_>, reason: &str) -> Ruling {
    Ruling { by: script.actor.user_id, at: script.now(), reason: reason.to_owned() }
}

pub(super) fn complete(script: &mut Script<'_>, id: TaskId, text: &str, attachments: &[AttachmentId]) -> Result<(), Refusal> {
    let task = task_in(&script.dossier.tasks, id, rule(CommandName::CompleteTask).tasks, Code::TaskNotOpen)?.clone();
    if task.kind == TaskKind::FailedReleaseReview {
        let place = format!("documents/{}", DocumentKind::FailureReview);
        return Err(Refusal::one(Unmet::new(Code::TaskByDocument).with("task", &task.title).at(place)));
    }
    if task.kind == TaskKind::EmergencyMakeUp {
        return Err(by_record(&task));
    }
    let evidence =
        Evidence { text: text.to_owned(), attachments: attachments.to_vec(), by: script.actor.user_id, at: script.now() };
    let (state, action) = match task.kind.rule().verifier {
        Some(_) => (TaskState::Submitted, TaskAction::Submitted),
        None => (TaskState::Done, TaskAction::Done),
    };
    update(script, action, Task { state, evidence: Some(evidence), ..task })
}

pub(super) fn verify(script: &mut Script<'_>, id: TaskId, remark: &str) -> Result<(), Refusal> {
    let task = task_in(&script.dossier.tasks, id, rule(CommandName::VerifyTask).tasks, Code::TaskNotSubmitted)?.clone();
    if task.kind == TaskKind::EmergencyMakeUp {
        return Err(by_record(&task));
    }
    let verification = Some(ruling(script, remark));
    update(script, TaskAction::Done, Task { state: TaskState::Done, verification, ..task })
}

pub(super) fn give_back(script: &mut Script<'_>, id: TaskId, reason: &str) -> Result<(), Refusal> {
    let task = task_in(&script.dossier.tasks, id, rule(CommandName::ReturnTask).tasks, Code::TaskNotSubmitted)?.clone();
    let verification = Some(ruling(script, reason));
    update(script, TaskAction::Returned, Task { state: TaskState::Open, verification, ..task })
}

pub(super) fn waive(script: &mut Script<'_>, id: TaskId, reason: &str) -> Result<(), Refusal> {
    let task = task_in(&script.dossier.tasks, id, rule(CommandName::WaiveTask).tasks, Code::TaskNotOpen)?.clone();
    waits_for_the_department(script, &task)?;
    let waiver = Some(ruling(script, reason));
    update(script, TaskAction::Waived, Task { state: TaskState::Waived, waiver, ..task })
}

/// An opinion is excused by the administrator only after its due day and the reminders; before, by the owner (RA1, D19).
fn waits_for_the_department(script: &Script<'_>, task: &Task) -> Result<(), Refusal> {
    let facts = script.facts();
    let by_owner = facts.holder(Role::ReleaseOwner) == Some(script.principal());
    let from = facts.calendar.add_working_days(task.due_at, script.parameters().opinion_grace_working_days);
    if task.kind != TaskKind::OpinionRequest || by_owner || facts.now >= from {
        return Ok(());
    }
    let unmet = Unmet::new(Code::OpinionNotOverdue).with("task", &task.title).with("time", facts.time(from));
    Err(Refusal::one(unmet.by([Party::User(task.assignee), facts.party(Role::ReleaseOwner)])))
}

/// Why a task cannot go to this person: what the plan asks of somebody by name changes with the plan only (5.7d), and an
/// opinion stays with its department (RA1).
fn not_theirs(script: &Script<'_>, task: &Task, assignee: UserId) -> Option<Unmet> {
    let facts = script.facts();
    if task.kind.is_personal() && !task.source.is_empty() {
        let unmet = Unmet::new(Code::TaskNamedByPlan).of_clause(task.kind.rule().clause).with("task", &task.title);
        let unmet = unmet.with_text("name", facts.names([task.assignee])).by([facts.party(Role::ReleaseAdministrator)]);
        return Some(unmet.at(format!("documents/{}", DocumentKind::GoLivePlan)));
    }
    let department = task.source.strip_prefix("departments/").filter(|_| task.kind == TaskKind::OpinionRequest)?;
    let department: DepartmentId = department.parse().ok()?;
    let heads = facts.directory.departments.get(&department).map(|d| [d.head, d.deputy_head]).unwrap_or_default();
    let belongs = facts.directory.active_user(assignee).is_some_and(|u| u.department_id == Some(department));
    let speaks = heads.contains(&Some(assignee)) || belongs;
    let controlled = facts.holder(Role::ReleaseAdministrator) == Some(assignee);
    (!speaks || controlled)
        .then(|| Unmet::new(Code::OpinionOtherDepartment).with("task", &task.title).with_text("name", facts.names([assignee])))
}

pub(super) fn reassign(script: &mut Script<'_>, id: TaskId, assignee: UserId, reason: &str) -> Result<(), Refusal> {
    let task = task_in(&script.dossier.tasks, id, rule(CommandName::ReassignTask).tasks, Code::TaskNotOpen)?.clone();
    unfit_assignee(script, assignee)?;
    not_theirs(script, &task, assignee).map_or(Ok(()), |unmet| Err(Refusal::one(unmet)))?;
    let verification = Some(ruling(script, reason));
    update(script, TaskAction::Reassigned, Task { assignee, verification, ..task })
}

/// Opens what must be done before deployment may start: backups, duties, training, briefings, notices. What was done
/// before stays done when the part of the plan that it rests on is unchanged (5.7e: a moved date asks again).
pub(super) fn open_readiness_tasks(script: &mut Script<'_>) {
    let Some(Window { start, .. }) = script.dossier.release.window else { return };
    let facts = script.facts();
    let plan = plan_in_force(&facts).cloned();
    let go_live = go_live_plan_in_force(&facts).cloned();
    if let Some(plan) = plan {
        for backup in plan.backups.iter().filter(|b| b.not_needed_reason.trim().is_empty()) {
            let assignee = backup.responsible.unwrap_or_else(|| script.holder_or_actor(Role::Implementer));
            let title = format!("备份并验证：{}", backup.object);
            let due_at = backup.at.unwrap_or(start);
            let detail = format!("{}；{}；{}", backup.method, backup.place, backup.restore_check);
            // Another window wants another backup (5.1.2).
            let rests_on: [(_, &[&str]); 2] = [(DocumentKind::ReleasePlan, &["backup"]), (DocumentKind::GoLivePlan, &["window"])];
            let row = format!("backups/{}", backup.key);
            let source = source_of(&script.dossier, DocumentKind::ReleasePlan, &row, &rests_on);
            readiness(script, TaskKind::BackupVerification, title, detail, assignee, due_at, source);
        }
    }
    if let Some(plan) = go_live {
        roster_tasks(script, &plan, start);
        notice_tasks(script, &plan, start);
    }
}

/// What people are told and taught afterwards, when an emergency release makes up its go-live plan (D18).
pub(super) fn open_late_communication(script: &mut Script<'_>, plan: &GoLivePlan) {
    let due_at = script.in_working_days(script.parameters().emergency_make_up_working_days);
    roster_tasks(script, plan, due_at);
    notice_tasks(script, plan, due_at);
}

fn roster_tasks(script: &mut Script<'_>, plan: &GoLivePlan, start: DateTime<Utc>) {
    let due_at = start - TimeDelta::hours(1);
    for Expected { kind, person, duty, source } in duty::expected(&script.dossier, plan) {
        let steps: Vec<&str> = plan.run_steps.iter().filter(|s| s.person == Some(person)).map(|s| s.title.as_str()).collect();
        let (title, detail) = match kind {
            TaskKind::SupportTraining => ("参加上线前培训".to_owned(), duty),
            TaskKind::CustomerContactBriefing => ("知悉对客户的影响".to_owned(), plan.communication.message.clone()),
            _ => (format!("确认职责：{duty}"), format!("{duty}；{}", steps.join("、"))),
        };
        readiness(script, kind, title, detail, person, due_at, source);
    }
}

fn notice_tasks(script: &mut Script<'_>, plan: &GoLivePlan, start: DateTime<Utc>) {
    let sections = ["window", "way", "communication"];
    let assignee = script.holder_or_actor(Role::ReleaseAdministrator);
    let due_at = plan.communication.send_at.unwrap_or(start);
    let message = plan.communication.message.clone();
    let mut notices: Vec<(String, String, String)> = plan
        .phases
        .iter()
        .map(|phase| {
            let items = phase.configuration_items.iter();
            let dates: Vec<String> =
                items.map(|i| format!("{}：{}", i.name, i.planned_date.map_or_else(String::new, |d| d.to_string()))).collect();
            (format!("notices/{}", phase.key), format!("告知客户：{}", phase.name), format!("{message}\n{}", dates.join("\n")))
        })
        .collect();
    if notices.is_empty() && !plan.communication.recipients.is_empty() {
        notices.push(("notices/full".to_owned(), "告知客户上线安排".to_owned(), message));
    }
    for (key, title, detail) in notices {
        let source = source_of(&script.dossier, DocumentKind::GoLivePlan, &key, &[(DocumentKind::GoLivePlan, &sections)]);
        readiness(script, TaskKind::CustomerNotice, title, detail, assignee, due_at, source);
    }
}

fn readiness(
    script: &mut Script<'_>,
    kind: TaskKind,
    title: String,
    detail: String,
    assignee: UserId,
    due_at: DateTime<Utc>,
    source: String,
) {
    let late = script.dossier.is_retrospective();
    if late && kind == TaskKind::DutyAcknowledgement {
        return; // a duty that was done needs no acknowledgement any more
    }
    let blocks = if late { Blocks::Closure } else { Blocks::DeploymentStart };
    let due_at = if late { due_at.max(script.now()) } else { due_at };
    script.open_task(TaskDraft { kind, title, detail, assignee, blocks, due_at, source });
}
