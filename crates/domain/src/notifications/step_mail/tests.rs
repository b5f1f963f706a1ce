use super::*;
use crate::{
    ids::EventId,
    notifications::notice::{Asks, Reach},
    subjects::{
        event::{ConfigurationAction, TaskAction},
        release::stage::Stage,
    },
};
use serde_json::{Value, json};
use uuid::Uuid;

fn entry(kind: &str, payload: Value) -> LogEntry {
    LogEntry {
        id: EventId(Uuid::nil()),
        kind: kind.into(),
        version: 1,
        subject: "releases/REL-2026-0001".into(),
        release_id: None,
        release_version: None,
        actor: None,
        on_behalf_of: None,
        request_id: String::new(),
        occurred_at: DateTime::UNIX_EPOCH,
        recorded_at: DateTime::UNIX_EPOCH,
        payload,
    }
}

fn kind_of(kind: &str, payload: Value) -> Option<NoticeKind> {
    rules_of(&entry(kind, payload)).next().map(|row| row.kind)
}

#[test]
fn the_first_row_that_fits_decides() {
    let state = |state: &str| kind_of("approval.decided", json!({ "state": state }));
    assert_eq!(state("returned"), Some(NoticeKind::Returned));
    assert_eq!(state("void"), Some(NoticeKind::ApprovalVoid));
    assert_eq!(state("open"), None);
    let opened = |kind: &str| kind_of("task.opened", json!({ "action": "opened", "task": { "kind": kind } }));
    assert_eq!(opened("failed_release_review"), Some(NoticeKind::FailedReleaseReview));
    assert_eq!(opened("preparation"), Some(NoticeKind::TaskAssigned));
    assert_eq!(kind_of("release.commented", json!({ "text": "x" })), None, "talk sends no mail");
    assert_eq!(kind_of("document.draft_saved", json!({ "document": "test_report" })), None);
    assert_eq!(kind_of("run_sheet.entry_recorded", json!({ "result": "done" })), None);
}

#[test]
fn no_row_is_hidden_by_one_before_it() {
    for (n, row) in STEP_MAILS.iter().enumerate() {
        let hidden = STEP_MAILS[..n].iter().filter(|other| other.event == row.event).any(|other| {
            (other.only == Only::Always && row.only != Only::Always) || (other.only, other.to) == (row.only, row.to)
        });
        assert!(!hidden, "{} {:?}", row.event, row.only);
    }
}

#[test]
fn rows_with_one_condition_all_count() {
    let kinds: Vec<NoticeKind> = rules_of(&entry("quarterly_report.restated", json!({}))).map(|row| row.kind).collect();
    assert_eq!(kinds, [NoticeKind::QuarterlyReportDraft, NoticeKind::Restatement]);
    let kinds: Vec<NoticeKind> = rules_of(&entry("reminder.raised", json!({ "step": "owner" }))).map(|row| row.kind).collect();
    assert_eq!(kinds, [NoticeKind::Escalation]);
}

#[test]
fn what_asks_for_something_says_what() {
    for row in STEP_MAILS {
        let by_subject = matches!(row.to, Audience::Awaited | Audience::Assignee | Audience::Verifier)
            || ["reminder.raised", "approval.member_replaced"].contains(&row.event)
            || row.event.starts_with("quarterly_report.");
        let asks = !matches!(row.kind.rule().asks, Asks::Nothing);
        assert!(!asks || by_subject || !row.action.0.is_empty(), "{} has no deed", row.event);
        assert_eq!(row.action.0.is_empty(), row.action.1.is_empty(), "{} lacks a language", row.event);
    }
}

#[test]
fn every_stage_and_action_named_exists() {
    for row in STEP_MAILS {
        if let Only::Field("to", stage) = row.only {
            assert!(stage.parse::<Stage>().is_ok(), "{stage}");
        }
        if let Some(action) = row.event.strip_prefix("task.") {
            assert!(action.parse::<TaskAction>().is_ok(), "{action}");
        }
        if let Some(action) = row.event.strip_prefix("configuration_change.") {
            assert!(action.parse::<ConfigurationAction>().is_ok(), "{action}");
        }
    }
}

#[test]
fn groups_are_sent_what_a_step_of_a_release_sends() {
    let steps = |kind: NoticeKind| STEP_MAILS.iter().filter(move |row| row.kind == kind);
    let of_release = |row: &StepMail| !["reminder.", "quarterly_report."].iter().any(|family| row.event.starts_with(family));
    for kind in group_kinds() {
        assert!(steps(kind).count() > 0 && steps(kind).all(of_release), "{kind}");
    }
    for kind in [NoticeKind::RoleAssigned, NoticeKind::Reminder, NoticeKind::QuarterlyReport, NoticeKind::Improvement] {
        assert_eq!(kind.rule().reach, Reach::People, "{kind} is about one person or no release");
    }
}
