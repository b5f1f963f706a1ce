//! From a row of the table to the things and the people it is about, as they stand now.

use super::{About, Audience, StepMail};
use crate::{
    blocks::{
        approval::{Approval, ApprovalKind},
        task::{Task, TaskState},
    },
    ids::{ApprovalId, TaskId, UserId},
    notifications::{
        notice::NoticeKind,
        reminder::{self, Reminder},
    },
    people::directory::Directory,
    subject::{log::LogEntry, refusal::Text},
    subjects::release::{facts::Facts, in_force::go_live_plan_in_force, seat::Seat},
};
use chrono::{DateTime, Utc};
use serde::Deserialize as _;
use serde_json::Value;

/// What an entry is about.
pub(super) enum Matter<'a> {
    Approval(&'a Approval),
    Task(&'a Task),
    /// The release or the record itself.
    Whole,
    Reminder(Reminder),
    /// What stands against the window of the release, in words.
    Conflicts(Vec<Text>),
}

fn id<T: std::str::FromStr>(value: &Value) -> Option<T> {
    value.as_str()?.parse().ok()
}

/// The thing, unless what the message asks for is no longer outstanding.
pub(super) fn matter<'a>(
    rule: &StepMail,
    entry: &LogEntry,
    about: About<'a>,
    directory: &Directory,
    now: DateTime<Utc>,
) -> Option<Matter<'a>> {
    if matches!(rule.kind, NoticeKind::Reminder | NoticeKind::Escalation) {
        let reminder = Reminder::deserialize(&entry.payload).ok()?;
        return is_open(about, &reminder, directory, now).then_some(Matter::Reminder(reminder));
    }
    match about {
        About::Release(facts) if is_of_part(entry) => of_part(rule, entry, &facts.dossier.approvals, &facts.dossier.tasks),
        About::Release(_) if rule.kind == NoticeKind::ConflictFound => Some(Matter::Conflicts(sentences(&entry.payload))),
        About::Release(_) => Some(Matter::Whole),
        About::Company { record, .. } if is_of_part(entry) => {
            of_part(rule, entry, record.parts().approvals, record.parts().tasks)
        }
        About::Company { record, .. } => record.is_due(rule.kind).then_some(Matter::Whole),
    }
}

/// What an entry says was found, in both languages.
fn sentences(payload: &Value) -> Vec<Text> {
    let said = |conflict: &Value| Some(Text::new(conflict["zh"].as_str()?, conflict["en"].as_str()?));
    payload["conflicts"].as_array().into_iter().flatten().filter_map(said).collect()
}

fn is_open(about: About<'_>, reminder: &Reminder, directory: &Directory, now: DateTime<Utc>) -> bool {
    match about {
        About::Release(facts) => reminder::is_open(facts, reminder),
        About::Company { record, .. } => reminder::is_open_in_record(record, directory, reminder, now),
    }
}

/// True for an entry about an approval or a task of its subject.
fn is_of_part(entry: &LogEntry) -> bool {
    entry.kind.starts_with("approval.") || entry.kind.starts_with("task.")
}

fn of_part<'a>(rule: &StepMail, entry: &LogEntry, approvals: &'a [Approval], tasks: &'a [Task]) -> Option<Matter<'a>> {
    let payload = &entry.payload;
    if entry.kind.starts_with("approval.") {
        let id = id::<ApprovalId>(&payload["approval_id"]).or_else(|| id(&payload["id"]))?;
        let approval = approvals.iter().find(|approval| approval.id == id)?;
        let asks = matches!(rule.kind, NoticeKind::ApprovalRequested | NoticeKind::QuarterlyReportApproval);
        return (!asks || approval.is_open()).then_some(Matter::Approval(approval));
    }
    let id = id::<TaskId>(&payload["task"]["id"])?;
    let task = tasks.iter().find(|task| task.id == id)?;
    let owed = match rule.to {
        Audience::Verifier => task.state == TaskState::Submitted,
        _ if rule.kind == NoticeKind::TaskWithdrawn => !task.is_open(),
        _ => task.state == TaskState::Open,
    };
    owed.then_some(Matter::Task(task))
}

/// The seat in which a person named by the step is asked to act, if the message is about one.
pub(super) fn seat<'a>(rule: &StepMail, matter: &Matter<'a>, about: About<'a>, named: UserId) -> Option<Seat<'a>> {
    match (rule.to, matter, about) {
        (_, Matter::Approval(approval), _) => {
            approval.members.iter().find(|m| m.user_id == named).map(|member| Seat::Member(approval, member))
        }
        (Audience::Verifier, Matter::Task(task), _) => Some(Seat::Verifier(task)),
        (_, Matter::Task(task), _) => Some(Seat::Assignee(task)),
        (Audience::Holders(roles), _, About::Release(facts)) => {
            roles.iter().find(|role| facts.holder(**role) == Some(named)).map(|role| Seat::Team(*role))
        }
        _ => None,
    }
}

/// Everybody whom a rollback concerns.
fn concerned(facts: &Facts<'_>) -> Vec<UserId> {
    let dossier = facts.dossier;
    let team = dossier.team.iter().filter(|a| a.until.is_none()).map(|a| a.user_id);
    let roster = go_live_plan_in_force(facts).map(|plan| plan.roster.as_slice()).unwrap_or_default();
    let duties = roster.iter().flat_map(|duty| [duty.person, duty.deputy]).flatten();
    let asked = [ApprovalKind::PlanReview, ApprovalKind::GoLiveApproval, ApprovalKind::DeploymentConfirmation];
    let panels = dossier.approvals.iter().filter(|a| asked.contains(&a.kind)).flat_map(|a| a.members.iter().map(|m| m.user_id));
    let departments = facts.directory.involved_departments(&dossier.release.service_objects);
    let heads = departments.iter().filter_map(|id| facts.directory.departments.get(id)).filter_map(|d| d.head);
    team.chain(duties).chain(panels).chain(heads).collect()
}

/// The people named by the step, each once.
pub(super) fn named(to: Audience, matter: &Matter<'_>, entry: &LogEntry, about: About<'_>, directory: &Directory) -> Vec<UserId> {
    let found: Vec<UserId> = match (to, matter, about) {
        (Audience::Awaited, Matter::Approval(approval), _) => approval.awaited().collect(),
        (Audience::Assignee, Matter::Task(task), _) => vec![task.assignee],
        (Audience::Verifier, Matter::Task(task), About::Release(facts)) => facts.verifier(task).into_iter().collect(),
        (Audience::Named(field), _, _) => id(&entry.payload[field]).into_iter().collect(),
        (Audience::Holders(roles), _, About::Release(facts)) => roles.iter().filter_map(|role| facts.holder(*role)).collect(),
        (Audience::Team, _, About::Release(facts)) => {
            facts.dossier.team.iter().filter(|a| a.until.is_none()).map(|a| a.user_id).collect()
        }
        (Audience::Concerned, _, About::Release(facts)) => concerned(facts),
        (Audience::Answered, Matter::Approval(approval), _) if approval.kind == ApprovalKind::GoLiveApproval => {
            approval.members.iter().filter(|m| m.vote.is_some()).map(|m| m.user_id).collect()
        }
        (Audience::Company(role), _, _) => directory.holders(role),
        (Audience::Readers, _, About::Company { readers, .. }) => readers.to_vec(),
        _ => Vec::new(),
    };
    let mut once = Vec::new();
    for person in found {
        if !once.contains(&person) {
            once.push(person);
        }
    }
    once
}
