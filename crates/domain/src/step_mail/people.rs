//! From a row of the table to the things and the people it is about, as they stand now.

use super::{About, Audience, StepMail};
use crate::{
    approval::{Approval, ApprovalKind},
    directory::Directory,
    facts::Facts,
    gate::go_live_plan_in_force,
    ids::{ApprovalId, TaskId, UserId},
    log::LogEntry,
    notice::NoticeKind,
    quarterly::{
        QuarterlyReport, ReportState,
        report::{Improvement, MeasureState},
    },
    release::Dossier,
    reminder::{self, Reminder},
    seat::Seat,
    task::{Task, TaskState},
};
use serde::Deserialize as _;
use serde_json::Value;

/// What an entry is about.
pub(super) enum Matter<'a> {
    Approval(&'a Approval),
    Task(&'a Task),
    Release,
    Reminder(Reminder),
    Report(&'a QuarterlyReport),
}

fn id<T: std::str::FromStr>(value: &Value) -> Option<T> {
    value.as_str()?.parse().ok()
}

/// The thing, unless what the message asks for is no longer owed.
pub(super) fn matter<'a>(rule: &StepMail, entry: &LogEntry, about: About<'a>) -> Option<Matter<'a>> {
    if matches!(rule.kind, NoticeKind::Reminder | NoticeKind::Escalation) {
        let reminder = Reminder::deserialize(&entry.payload).ok()?;
        return is_open(about, &reminder).then_some(Matter::Reminder(reminder));
    }
    match about {
        About::Release(facts) => of_release(rule, entry, facts.dossier),
        About::Report { report, .. } => {
            let owed = match rule.kind {
                NoticeKind::QuarterlyReportDraft => report.state == ReportState::Draft,
                NoticeKind::QuarterlyReportApproval => report.state == ReportState::Submitted,
                _ => true,
            };
            owed.then_some(Matter::Report(report))
        }
    }
}

fn is_open(about: About<'_>, reminder: &Reminder) -> bool {
    match about {
        About::Release(facts) => reminder::is_open(facts, reminder),
        About::Report { report, .. } => reminder::is_open_measure(report, reminder),
    }
}

fn of_release<'a>(rule: &StepMail, entry: &LogEntry, dossier: &'a Dossier) -> Option<Matter<'a>> {
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

/// Measures of a report that are not done.
pub(super) fn open_measures(report: &QuarterlyReport) -> impl Iterator<Item = &Improvement> {
    report.improvements.iter().filter(|improvement| improvement.state == MeasureState::Open)
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
        (Audience::Independent(role), Matter::Report(report), _) => {
            directory.holders(role).into_iter().filter(|person| !report.contributors.contains(person)).collect()
        }
        (Audience::Readers, _, About::Report { readers, .. }) => readers.to_vec(),
        (Audience::MeasureOwners, Matter::Report(report), _) => open_measures(report).map(|measure| measure.owner).collect(),
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
