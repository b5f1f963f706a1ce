//! From a row of the table to the things and the people it is about, as they stand now.

use super::{Audience, StepMail};
use crate::{
    approval::Approval,
    ids::{ApprovalId, TaskId, UserId},
    log::LogEntry,
    notice::NoticeKind,
    release::Dossier,
    task::{Task, TaskState},
};
use serde_json::Value;

/// What an entry is about.
pub(super) enum Matter<'a> {
    Approval(&'a Approval),
    Task(&'a Task),
    Release,
}

fn id<T: std::str::FromStr>(value: &Value) -> Option<T> {
    value.as_str()?.parse().ok()
}

/// The thing, unless what the message asks for is no longer owed.
pub(super) fn matter<'a>(rule: &StepMail, entry: &LogEntry, dossier: &'a Dossier) -> Option<Matter<'a>> {
    let payload = &entry.payload;
    if entry.kind.starts_with("approval.") {
        let approval = id::<ApprovalId>(&payload["approval_id"]).or_else(|| id(&payload["id"]))?;
        let approval = dossier.approval(approval)?;
        let owed = rule.kind != NoticeKind::ApprovalRequested || approval.is_open();
        return owed.then_some(Matter::Approval(approval));
    }
    if entry.kind.starts_with("task.") {
        let task = dossier.task(id::<TaskId>(&payload["task"]["id"])?)?;
        let owed = match rule.to {
            Audience::Verifier => task.state == TaskState::Submitted,
            _ if rule.kind == NoticeKind::TaskWithdrawn => !task.is_open(),
            _ => task.state == TaskState::Open,
        };
        return owed.then_some(Matter::Task(task));
    }
    Some(Matter::Release)
}

/// The people named by the step, each once.
pub(super) fn named(to: Audience, matter: &Matter<'_>, entry: &LogEntry, dossier: &Dossier) -> Vec<UserId> {
    let found: Vec<UserId> = match (to, matter) {
        (Audience::Awaited, Matter::Approval(approval)) => approval.awaited().collect(),
        (Audience::Assignee, Matter::Task(task)) => vec![task.assignee],
        (Audience::Verifier, Matter::Task(task)) => dossier.verifier(task).into_iter().collect(),
        (Audience::Named, _) => id(&entry.payload["user_id"]).into_iter().collect(),
        (Audience::Holders(roles), _) => roles.iter().filter_map(|role| dossier.holder(*role)).collect(),
        (Audience::Team, _) => dossier.team.iter().filter(|a| a.until.is_none()).map(|a| a.user_id).collect(),
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
