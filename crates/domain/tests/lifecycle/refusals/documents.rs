//! Drafts and submissions (§5.1, 5.2, 5.5, 5.11).

use super::refusals;
use crate::support::*;
use fabu_domain::{
    blocks::{
        document::{DocumentContent, DocumentKind},
        task::{TaskKind, TaskState},
    },
    subject::refusal::Code,
    subjects::release::{
        command::Command,
        stage::{Stage, Verdict},
    },
};
use fabu_scenario::contents;

fn submit(document: DocumentKind) -> Command {
    Command::SubmitDocument { document, note: String::new(), figures: None }
}

fn save(document: DocumentKind, content: impl Into<DocumentContent>) -> Command {
    Command::SaveDraft { document, content: content.into() }
}

refusals! {
    fn the_submission_of_nothing() {
        let case = new();
        case.refused(case.cast.administrator, &submit(DocumentKind::ReleasePlan), &[Code::DocumentNoDraft]).codes()
    }
    fn the_submission_of_an_empty_plan_naming_every_missing_clause() {
        let mut case = new();
        let empty = DocumentContent::empty(DocumentKind::ReleasePlan);
        case.done(case.cast.administrator, save(DocumentKind::ReleasePlan, empty));
        let refusal = case.ask(case.cast.administrator, &submit(DocumentKind::ReleasePlan)).unwrap_err();
        let clauses: std::collections::BTreeSet<_> = refusal.unmet().iter().map(|u| u.clause()).collect();
        for clause in ["5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.1.5", "5.1.6", "5.2.1", "5.2.2", "5.2.3", "5.2.4", "5.2.5", "RO1b", "5.4d"] {
            assert!(clauses.contains(clause), "{clause}");
        }
        refusal.unmet().iter().map(|u| u.code).collect()
    }
    fn the_submission_of_the_same_content_again() {
        let mut case = super::planning::ready_for_review();
        let plan = contents::release_plan(&case.cast, &case.way.theme);
        case.done(case.cast.administrator, save(DocumentKind::ReleasePlan, plan));
        case.refused(case.cast.administrator, &submit(DocumentKind::ReleasePlan), &[Code::DocumentUnchanged]).clause("5.1x").codes()
    }
    fn a_plan_written_by_the_owner() {
        let case = new();
        let command = save(DocumentKind::ReleasePlan, contents::release_plan(&case.cast, &case.way.theme));
        case.refused(case.cast.owner, &command, &[Code::NotPermitted]).clause("RA2").cleared_by(case.cast.administrator).codes()
    }
    fn a_plan_written_during_its_review() {
        let case = at(Stage::PlanReview);
        let command = save(DocumentKind::ReleasePlan, contents::release_plan(&case.cast, &case.way.theme));
        case.refused(case.cast.administrator, &command, &[Code::WrongStage]).codes()
    }
    fn a_test_report_written_by_the_administrator() {
        let case = at(Stage::Testing);
        let command = save(DocumentKind::TestReport, contents::test_report(&case.cast, &case.way.theme, case.around.now));
        case.refused(case.cast.administrator, &command, &[Code::NotPermitted]).cleared_by(case.cast.tester).codes()
    }
    fn a_test_report_before_the_tests() {
        let mut case = at(Stage::Testing);
        let report = contents::test_report(&case.cast, &case.way.theme, case.around.now);
        case.done(case.cast.tester, save(DocumentKind::TestReport, report));
        let refused = case.refused(case.cast.tester, &submit(DocumentKind::TestReport), &[Code::DocumentIncomplete; 8]);
        refused.clause("5.4.1").codes()
    }
    fn a_phased_go_live_plan_with_one_phase() {
        let mut case = phased_at(Stage::GoLivePlanning);
        let mut plan = contents::go_live_plan(&case.cast, &case.way.theme);
        plan.phases.pop();
        plan.run_steps.iter_mut().for_each(|s| s.phase = "pilot".to_owned());
        case.done(case.cast.administrator, save(DocumentKind::GoLivePlan, plan));
        let refused = case.refused(case.cast.administrator, &submit(DocumentKind::GoLivePlan), &[Code::DocumentIncomplete]);
        refused.clause("5.5.2").codes()
    }
    fn a_release_report_without_the_figures_of_the_system() {
        let mut case = at(Stage::Closed);
        let quarter = fabu_domain::time::quarter::Quarter::of(case.around.now);
        let mut report = contents::release_report(&case.way.theme);
        report.figures = Some(contents::example_figures(&case.way.theme, quarter, true));
        case.done(case.cast.administrator, save(DocumentKind::ReleaseReport, report));
        let refused = case.refused(case.cast.administrator, &submit(DocumentKind::ReleaseReport), &[Code::DocumentIncomplete]);
        refused.clause("5.11.2").codes()
    }
    fn a_release_report_before_the_release_is_closed() {
        let case = at(Stage::Closure);
        let command = save(DocumentKind::ReleaseReport, contents::release_report(&case.way.theme));
        case.refused(case.cast.administrator, &command, &[Code::WrongStage]).codes()
    }
    /// 3.5: what went well is not reviewed.
    fn the_review_of_a_successful_release() {
        let case = at(Stage::Closure);
        let review = contents::failure_review(&case.cast, case.around.now.date_naive());
        case.refused(case.cast.owner, &save(DocumentKind::FailureReview, review), &[Code::ReviewNotNeeded]).clause("3.5").codes()
    }
    /// 3.5: cause, why it was not prevented, what is done, by whom, until when; each missing one is named.
    fn the_submission_of_an_incomplete_review_naming_every_missing_part() {
        let mut case = failed();
        case.done(case.cast.owner, save(DocumentKind::FailureReview, DocumentContent::empty(DocumentKind::FailureReview)));
        let incomplete = [Code::DocumentIncomplete; 3];
        case.refused(case.cast.owner, &submit(DocumentKind::FailureReview), &incomplete);
        let mut review = contents::failure_review(&case.cast, case.around.now.date_naive());
        (review.actions[0].owner, review.actions[0].due) = (None, None);
        case.done(case.cast.owner, save(DocumentKind::FailureReview, review));
        case.refused(case.cast.owner, &submit(DocumentKind::FailureReview), &incomplete[..2]).codes()
    }
    /// 3.5: the review is a document, not a sentence.
    fn the_completion_of_a_review_without_its_document() {
        let case = failed();
        let task_id = case.task(TaskKind::FailedReleaseReview, case.cast.owner).id;
        let complete = Command::CompleteTask { task_id, text: "已回顾".to_owned(), attachments: Vec::new() };
        case.refused(case.cast.owner, &complete, &[Code::TaskByDocument]).codes()
    }
}

/// A release that failed, not closed yet.
fn failed() -> Case {
    let mut case = at(Stage::Deployment);
    let reason = "启动失败".to_owned();
    case.done(case.cast.owner, Command::RecordVerdict { verdict: Verdict::Failed, reason });
    case
}

#[test]
fn a_review_ends_its_task_and_opens_one_for_each_action() {
    let mut case = failed();
    let review = contents::failure_review(&case.cast, case.around.now.date_naive());
    case.submit(case.cast.owner, DocumentKind::FailureReview, review.clone());
    let task = |kind| case.dossier.tasks.iter().find(|t| t.kind == kind).cloned().unwrap();
    let (done, action) = (task(TaskKind::FailedReleaseReview), task(TaskKind::ReviewAction));
    assert_eq!((done.state, done.evidence.map(|e| e.by)), (TaskState::Done, Some(case.cast.owner)));
    assert_eq!((action.title.as_str(), action.assignee), (review.actions[0].action.as_str(), case.cast.tester));
    assert_eq!(fabu_domain::time::clock::company_day(action.due_at), review.actions[0].due.unwrap());
}
