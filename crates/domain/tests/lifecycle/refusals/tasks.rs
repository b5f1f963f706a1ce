//! Tasks (5.7, RA3, R0).

use super::refusals;
use crate::support::*;
use fabu_domain::{
    blocks::task::{Task, TaskKind, TaskState},
    ids::{TaskId, UserId},
    people::role::Role,
    subject::refusal::Code,
    subjects::release::{
        command::{Command, NewTask},
        stage::Stage,
    },
};

fn complete(task: &Task) -> Command {
    Command::CompleteTask {
        task_id: task.id, text: "我负责部署，出现异常时先停止再报告".to_owned(), attachments: Vec::new()
    }
}

fn verify(task: &Task) -> Command {
    Command::VerifyTask { task_id: task.id, remark: String::new() }
}

fn waive(task: &Task) -> Command {
    Command::WaiveTask { task_id: task.id, reason: "不需要".to_owned() }
}

fn add(case: &Case, kind: TaskKind, assignee: UserId) -> Command {
    let (title, detail) = ("准备备件".to_owned(), String::new());
    Command::AddTask { task: NewTask { kind, title, detail, assignee, due_at: case.around.now } }
}

fn duty(case: &Case, of: UserId) -> Task {
    case.task(TaskKind::DutyAcknowledgement, of).clone()
}

refusals! {
    fn the_completion_of_somebody_elses_task() {
        let case = at(Stage::Readiness);
        let task = duty(&case, case.cast.implementer);
        case.refused(case.cast.tester, &complete(&task), &[Code::NotPermitted]).clause("5.7d").cleared_by(case.cast.implementer).codes()
    }
    fn the_completion_of_an_unknown_task() {
        let case = at(Stage::Readiness);
        let task = Task { id: TaskId::nth(case.dossier.release.id, 99), ..duty(&case, case.cast.implementer) };
        case.refused(case.cast.implementer, &complete(&task), &[Code::TaskUnknown]).codes()
    }
    fn the_completion_of_a_task_that_is_done() {
        let mut case = at(Stage::Readiness);
        let task = duty(&case, case.cast.implementer);
        case.done(case.cast.implementer, complete(&task));
        case.refused(case.cast.implementer, &complete(&task), &[Code::TaskNotOpen]).codes()
    }
    fn the_verification_of_a_duty_that_nobody_has_confirmed() {
        let case = at(Stage::Readiness);
        let task = duty(&case, case.cast.implementer);
        case.refused(case.cast.administrator, &verify(&task), &[Code::TaskNotSubmitted]).clause("5.7d").codes()
    }
    fn the_verification_of_a_duty_by_the_person_on_duty() {
        let mut case = at(Stage::Readiness);
        let task = duty(&case, case.cast.implementer);
        case.done(case.cast.implementer, complete(&task));
        case.refused(case.cast.implementer, &verify(&task), &[Code::NotPermitted]).cleared_by(case.cast.administrator).codes()
    }
    fn the_verification_of_ones_own_work_as_a_deputy() {
        let mut case = at(Stage::Readiness);
        let task = duty(&case, case.cast.implementer);
        case.deputise(case.cast.implementer, case.cast.administrator);
        case.done(case.cast.implementer, complete(&task));
        case.refused(case.cast.implementer, &verify(&task), &[Code::TaskSelfVerified]).clause("5.7d").codes()
    }
    fn the_verification_of_the_administrators_own_duty_by_the_administrator() {
        let mut case = at(Stage::Readiness);
        let task = duty(&case, case.cast.administrator);
        case.done(case.cast.administrator, complete(&task));
        case.refused(case.cast.administrator, &verify(&task), &[Code::NotPermitted]).cleared_by(case.cast.owner).codes()
    }
    fn the_waiver_of_a_duty_acknowledgement() {
        let case = at(Stage::Readiness);
        let task = duty(&case, case.cast.implementer);
        case.refused(case.cast.owner, &waive(&task), &[Code::TaskNotWaivable]).clause("5.7d").codes()
    }
    fn the_waiver_of_a_training_by_the_administrator() {
        let case = at(Stage::Readiness);
        let task = case.task(TaskKind::SupportTraining, case.cast.support).clone();
        case.refused(case.cast.administrator, &waive(&task), &[Code::NotPermitted]).cleared_by(case.cast.owner).codes()
    }
    /// D16: whoever owes a task and has no say any more reads that, not his own name.
    fn a_task_done_by_somebody_who_lost_every_role_with_a_say() {
        let mut case = at(Stage::Readiness);
        let task = duty(&case, case.cast.implementer);
        let implementer = case.cast.implementer;
        case.around.directory.users.get_mut(&implementer).unwrap().roles = [Role::Auditor].into_iter().collect();
        case.refused(implementer, &complete(&task), &[Code::SeatLost]).codes()
    }
    fn a_task_that_only_the_system_opens() {
        let case = new();
        let command = add(&case, TaskKind::DutyAcknowledgement, case.cast.support);
        case.refused(case.cast.administrator, &command, &[Code::TaskNotAddable]).codes()
    }
    fn a_task_for_an_inactive_person() {
        let mut case = new();
        case.deactivate(case.cast.support);
        let command = add(&case, TaskKind::Preparation, case.cast.support);
        case.refused(case.cast.administrator, &command, &[Code::AssigneeUnfit]).codes()
    }
    fn the_reassignment_of_an_unknown_task() {
        let case = new();
        let task_id = TaskId::nth(case.dossier.release.id, 99);
        let command = Command::ReassignTask { task_id, assignee: case.cast.support, reason: String::new() };
        case.refused(case.cast.administrator, &command, &[Code::TaskUnknown]).codes()
    }
    fn a_go_live_approval_with_an_open_preparation() {
        let mut case = at(Stage::GoLivePlanning);
        case.until(|d| d.latest(fabu_domain::blocks::document::DocumentKind::GoLivePlan).is_some());
        let command = add(&case, TaskKind::Preparation, case.cast.support);
        case.done(case.cast.administrator, command);
        let convocation = fabu_scenario::journey::panel(&[(case.cast.owner, fabu_domain::people::role::Role::ReleaseOwner)]);
        let command = Command::ConveneGoLiveApproval { convocation };
        case.refused(case.cast.administrator, &command, &[Code::TaskOpen]).clause("4.RA3").cleared_by(case.cast.support).codes()
    }
}

#[test]
fn returned_evidence_is_given_again() {
    let mut case = at(Stage::Readiness);
    let task = duty(&case, case.cast.implementer);
    case.done(case.cast.implementer, complete(&task));
    case.done(case.cast.administrator, Command::ReturnTask { task_id: task.id, reason: "请写明联系谁".to_owned() });
    assert_eq!(case.dossier.task(task.id).unwrap().state, TaskState::Open);
    case.done(case.cast.implementer, complete(&task));
    case.done(case.cast.administrator, verify(&task));
    assert_eq!(case.dossier.task(task.id).unwrap().state, TaskState::Done);
}

#[test]
fn the_review_of_a_failed_release_can_be_given_after_completion() {
    let mut case = opened(&fabu_scenario::cast::CASTS[0], fabu_domain::subjects::release::stage::ReleaseKind::Minor, |way| {
        way.ending(fabu_domain::subjects::release::stage::Verdict::RolledBack)
    });
    case.go(Stage::Closed);
    let content = fabu_scenario::contents::release_report(&case.way.theme).into();
    let document = fabu_domain::blocks::document::DocumentKind::ReleaseReport;
    case.done(case.cast.administrator, Command::SaveDraft { document, content });
    let quarter = fabu_domain::time::quarter::Quarter::of(case.around.now);
    let figures = Some(fabu_scenario::contents::example_figures(&case.way.theme, quarter, false));
    case.done(case.cast.administrator, Command::SubmitDocument { document, note: String::new(), figures });
    case.vote(case.cast.owner, fabu_domain::blocks::approval::ApprovalKind::ReportApproval, fabu_scenario::journey::agreement());
    assert_eq!(case.dossier.release.stage, Stage::Completed);
    case.task(TaskKind::FailedReleaseReview, case.cast.owner);
    let review = fabu_scenario::contents::failure_review(&case.cast, case.around.now.date_naive());
    case.submit(case.cast.owner, fabu_domain::blocks::document::DocumentKind::FailureReview, review);
    let action = case.task(TaskKind::ReviewAction, case.cast.tester).clone();
    case.done(case.cast.tester, complete(&action));
    case.done(case.cast.owner, verify(&action));
    assert!(case.dossier.tasks.iter().all(|t| !t.is_open()));
}
