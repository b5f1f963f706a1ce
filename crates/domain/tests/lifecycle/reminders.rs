//! Who is told that something is open for too long, step by step in working days.

use crate::support::*;
use chrono::{DateTime, Utc};
use fabu_domain::{
    blocks::{approval::ApprovalKind, task::TaskKind},
    ids::UserId,
    notifications::reminder::{Outstanding, ReminderStep, due_reminders},
    people::role::Role,
    subjects::release::stage::Stage,
    time::clock::company_day,
};
use std::collections::BTreeSet;

/// Who is told what at which step about one kind of open thing, at an instant.
fn notifications(case: &Case, owed: Outstanding, at: DateTime<Utc>) -> BTreeSet<(ReminderStep, UserId)> {
    let mut later = case.clone();
    later.around.now = at;
    due_reminders(&later.facts()).into_iter().filter(|r| r.owed == owed).map(|r| (r.step, r.to)).collect()
}

fn in_days(case: &Case, from: DateTime<Utc>, days: u32) -> DateTime<Utc> {
    case.around.calendar.add_working_days(from, days)
}

fn managers(case: &Case) -> Vec<UserId> {
    let mut holders: Vec<UserId> =
        case.around.directory.users.values().filter(|u| u.active && u.roles.has(Role::GeneralManager)).map(|u| u.id).collect();
    holders.sort();
    holders
}

#[test]
fn an_unanswered_go_live_approval_goes_from_member_to_deputy_to_owner_to_general_manager() {
    let mut case = at(Stage::GoLiveApproval);
    let approval = case.approval(ApprovalKind::GoLiveApproval).clone();
    let owner = case.cast.owner;
    let waiting: Vec<UserId> = approval.awaited().collect();
    let member = *waiting.iter().find(|id| **id != owner).unwrap_or(&owner);
    let deputy = case.cast.support;
    case.deputise(deputy, member);
    let steps_at = |days: u32, micros: i64| {
        let at = in_days(&case, approval.opened_at, days) + chrono::TimeDelta::microseconds(micros);
        notifications(&case, Outstanding::Approval, at)
    };
    assert!(steps_at(1, -1).is_empty(), "nothing before a working day is over");
    assert_eq!(steps_at(1, 0), waiting.iter().map(|id| (ReminderStep::Person, *id)).collect());
    assert!(!steps_at(2, -1).iter().any(|(step, _)| *step != ReminderStep::Person));
    assert!(steps_at(2, 0).contains(&(ReminderStep::Deputy, deputy)));
    let to_owner = steps_at(3, 0).contains(&(ReminderStep::Owner, owner));
    assert_eq!(to_owner, waiting.iter().any(|id| *id != owner), "nobody is told of their own debt twice");
    for manager in managers(&case) {
        assert!(!steps_at(3, 0).contains(&(ReminderStep::GeneralManager, manager)));
        assert!(waiting == [manager] || steps_at(4, 0).contains(&(ReminderStep::GeneralManager, manager)));
    }
    case.vote(member, ApprovalKind::GoLiveApproval, fabu_scenario::journey::agreement());
    let late = in_days(&case, approval.opened_at, 10);
    assert!(
        !notifications(&case, Outstanding::Approval, late).contains(&(ReminderStep::Person, member)),
        "who answered is left alone"
    );
}

#[test]
fn an_opinion_is_brought_to_mind_after_one_working_day_and_told_up_after_two() {
    let mut case = at(Stage::Planning);
    case.until(|d| d.tasks.iter().any(|t| t.kind == TaskKind::OpinionRequest));
    let task = case.dossier.tasks.iter().find(|t| t.kind == TaskKind::OpinionRequest).unwrap().clone();
    let at = |days| notifications(&case, Outstanding::Opinion, in_days(&case, task.opened_at, days));
    assert!(at(1).contains(&(ReminderStep::Person, task.assignee)));
    assert!(at(3).contains(&(ReminderStep::Owner, case.cast.owner)));
    assert!(at(4).iter().any(|(step, _)| *step == ReminderStep::GeneralManager), "it stops the release");
}

/// Section 13: whoever catches up after a stop tells nobody else on a day off; the escalation goes out on the next working day.
#[test]
fn catching_up_on_a_day_off_escalates_to_nobody_until_work_begins() {
    let case = at(Stage::GoLiveApproval);
    let approval = case.approval(ApprovalKind::GoLiveApproval).clone();
    let late = in_days(&case, approval.opened_at, 10);
    let is_off = |at: &DateTime<Utc>| !case.around.calendar.is_working_day(company_day(*at));
    let day_off = (0..7).map(|days| late + chrono::TimeDelta::days(days)).find(is_off).unwrap();
    let steps = |at| notifications(&case, Outstanding::Approval, at).into_iter().map(|(step, _)| step).collect::<BTreeSet<_>>();
    assert_eq!(steps(day_off), [ReminderStep::Person].into());
    let work = case.around.calendar.add_working_days(day_off, 0);
    assert!(steps(work).len() > 1, "what waited goes out when work begins");
}

#[test]
fn what_has_a_due_date_is_brought_to_mind_at_that_date() {
    let case = at(Stage::Closed);
    let report = case.task(TaskKind::ReleaseReport, case.cast.administrator).clone();
    let at = |days, micros| {
        let at = in_days(&case, report.due_at, days) + chrono::TimeDelta::microseconds(micros);
        notifications(&case, Outstanding::ReleaseReport, at)
    };
    assert!(notifications(&case, Outstanding::ReleaseReport, report.due_at - chrono::TimeDelta::microseconds(1)).is_empty());
    assert_eq!(notifications(&case, Outstanding::ReleaseReport, report.due_at), [(ReminderStep::Person, report.assignee)].into());
    assert!(at(2, 0).contains(&(ReminderStep::Owner, case.cast.owner)));
    assert!(at(30, 0).iter().all(|(step, _)| *step != ReminderStep::GeneralManager), "it stops no release");
}

#[test]
fn configuration_updates_and_made_up_emergency_steps_are_brought_to_mind_when_due() {
    let case = emergency_at(Stage::ConfigurationUpdate);
    let step = case.dossier.tasks.iter().find(|t| t.kind == TaskKind::EmergencyMakeUp).unwrap().clone();
    assert!(notifications(&case, Outstanding::EmergencyStep, step.due_at).contains(&(ReminderStep::Person, step.assignee)));
    let item = case.dossier.configuration.iter().find(|c| c.due_at.is_some()).unwrap();
    let due = item.due_at.unwrap();
    assert!(!notifications(&case, Outstanding::ConfigurationUpdate, due).is_empty());
    assert!(notifications(&case, Outstanding::ConfigurationUpdate, due - chrono::TimeDelta::microseconds(1)).is_empty());
}

#[test]
fn the_same_question_asked_later_has_the_same_keys_and_a_suspended_release_asks_nothing() {
    let mut case = at(Stage::GoLiveApproval);
    let opened = case.approval(ApprovalKind::GoLiveApproval).opened_at;
    case.around.now = in_days(&case, opened, 4);
    let keys = |case: &Case| due_reminders(&case.facts()).into_iter().map(|r| (r.key, r.to)).collect::<Vec<_>>();
    let first = keys(&case);
    let unique: BTreeSet<_> = first.iter().cloned().collect();
    assert!(!first.is_empty() && unique.len() == first.len(), "{first:?}");
    case.around.now = in_days(&case, opened, 6);
    assert!(first.iter().all(|key| keys(&case).contains(key)));
    case.done(
        case.cast.owner,
        fabu_domain::subjects::release::command::Command::SuspendRelease { reason: "等待备件".to_owned() },
    );
    assert_eq!(keys(&case), []);
}
