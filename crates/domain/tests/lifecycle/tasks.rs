//! Tasks: which ones readiness opens, what they ask, and what is kept of every ruling (§5.7, RA1, D18).

use crate::support::*;
use fabu_domain::{
    blocks::{
        approval::{ApprovalKind, Condition, Decision},
        document::DocumentKind,
        task::{Blocks, Ruling, Task, TaskKind, TaskState},
    },
    ids::{TaskId, UserId},
    subject::refusal::Code,
    subjects::release::{
        command::{Ballot, Command},
        stage::Stage,
    },
};

/// The tasks of a kind: title, detail, who owes it.
fn of_kind(case: &Case, kind: TaskKind) -> Vec<(&str, &str, UserId)> {
    let tasks = case.dossier.tasks.iter().filter(|t| t.kind == kind);
    tasks.map(|t| (t.title.as_str(), t.detail.as_str(), t.assignee)).collect()
}

fn complete(task: &Task) -> Command {
    Command::CompleteTask { task_id: task.id, text: "已完成".to_owned(), attachments: Vec::new() }
}

#[test]
fn readiness_asks_everybody_whom_the_plans_name_for_what_they_name() {
    let case = at(Stage::Readiness);
    let cast = &case.cast;
    let plan = fabu_scenario::contents::go_live_plan(cast, &case.way.theme);
    let message = plan.communication.message.as_str();
    let steps: Vec<&str> = plan.run_steps.iter().map(|s| s.title.as_str()).collect();
    assert!(plan.run_steps.iter().all(|s| s.person == Some(cast.implementer)) && steps.len() == 4);
    let deployment = format!("部署实施；{}", steps.join("、"));
    let duties = [
        ("确认职责：现场指挥", "现场指挥；", cast.administrator),
        ("确认职责：部署实施", deployment.as_str(), cast.implementer),
        ("确认职责：服务台值守", "服务台值守；", cast.support),
    ];
    assert_eq!(of_kind(&case, TaskKind::DutyAcknowledgement), duties);
    assert_eq!(of_kind(&case, TaskKind::SupportTraining), [("参加上线前培训", "服务台值守", cast.support)]);
    assert_eq!(of_kind(&case, TaskKind::CustomerContactBriefing), [("知悉对客户的影响", message, cast.support)]);
    assert_eq!(of_kind(&case, TaskKind::CustomerNotice), [("告知客户上线安排", message, cast.administrator)]);
    assert_eq!(of_kind(&case, TaskKind::BackupVerification).len(), 1);
    let opened = |t: &&Task| t.blocks == Blocks::DeploymentStart;
    let hour = chrono::TimeDelta::hours(1);
    for task in case.dossier.tasks.iter().filter(opened) {
        let due = match task.kind {
            TaskKind::CustomerNotice => plan.communication.send_at.unwrap(),
            TaskKind::BackupVerification => case.way.theme.start - hour * 2,
            _ => case.way.theme.start - hour,
        };
        assert_eq!((task.due_at, task.state), (due, TaskState::Open), "{}", task.title);
    }
    for (n, task) in case.dossier.tasks.iter().enumerate() {
        assert_eq!(task.id, TaskId::nth(case.dossier.release.id, n + 1));
    }
}

/// D18: whoever was not told or taught before the deployment is so before the closing; a duty that was done needs no word.
#[test]
fn an_emergency_tells_and_teaches_afterwards_and_asks_nobody_for_a_duty_that_is_over() {
    let mut case = emergency_at(Stage::ConfigurationUpdate);
    case.until(|d| d.latest(DocumentKind::GoLivePlan).is_some());
    assert_eq!(of_kind(&case, TaskKind::DutyAcknowledgement), []);
    for kind in [TaskKind::SupportTraining, TaskKind::CustomerContactBriefing, TaskKind::CustomerNotice] {
        let late: Vec<&Task> = case.dossier.tasks.iter().filter(|t| t.kind == kind).collect();
        assert_eq!(late.len(), 1, "{kind}");
        assert_eq!(late[0].blocks, Blocks::Closure, "{kind}");
        assert!(late[0].due_at >= late[0].opened_at, "{kind} is not overdue when it is asked for");
    }
}

/// D18: each step that was skipped is made up at its own place.
#[test]
fn what_an_emergency_owes_is_refused_by_hand_with_the_place_where_it_is_made_up() {
    let case = emergency_at(Stage::ConfigurationUpdate);
    let owed = case.dossier.tasks.iter().filter(|t| t.kind == TaskKind::EmergencyMakeUp);
    let places: Vec<_> = owed
        .map(|task| {
            let refused = case.refused(task.assignee, &complete(task), &[Code::TaskByRecord]);
            (task.source.as_str(), refused.0.unmet()[0].place.clone().unwrap_or_default())
        })
        .collect();
    let expected = [
        ("plan_review", "approvals"),
        ("test_report", "documents/test_report"),
        ("customer_acceptance", "approvals"),
        ("go_live_plan", "documents/go_live_plan"),
        ("communication", "tasks"),
    ];
    assert_eq!(places, expected.map(|(source, place)| (source, place.to_owned())));
}

#[test]
fn a_ruling_on_a_task_says_who_decided_when_and_why() {
    let mut case = at(Stage::PlanReview);
    let (author, tester) = (person("yang.fan"), case.cast.tester);
    let condition = Condition { text: "补充压力测试".to_owned(), assignee: Some(tester), due: None };
    let conditional = Ballot { conditions: vec![condition], ..ballot(Decision::PassWithConditions, "性能数据不足") };
    case.vote(author, ApprovalKind::PlanReview, conditional);
    let task = case.task(TaskKind::Condition, tester).clone();
    let ruled = |case: &Case, reason: &str| Some(Ruling { by: author, at: case.around.now, reason: reason.to_owned() });

    case.done(tester, complete(&task));
    assert_eq!(case.dossier.task(task.id).unwrap().state, TaskState::Submitted);
    case.done(author, Command::ReturnTask { task_id: task.id, reason: "缺少数据".to_owned() });
    let returned = case.dossier.task(task.id).unwrap().clone();
    assert_eq!((returned.state, returned.verification), (TaskState::Open, ruled(&case, "缺少数据")));

    let mut waived = case.clone();
    waived.done(author, Command::WaiveTask { task_id: task.id, reason: "不再需要".to_owned() });
    let excused = waived.dossier.task(task.id).unwrap().clone();
    assert_eq!((excused.state, excused.waiver), (TaskState::Waived, ruled(&waived, "不再需要")));

    case.done(tester, complete(&task));
    case.done(author, Command::VerifyTask { task_id: task.id, remark: "属实".to_owned() });
    let verified = case.dossier.task(task.id).unwrap().clone();
    assert_eq!((verified.state, verified.verification), (TaskState::Done, ruled(&case, "属实")));
}

/// RA1: the opinion is the department's, so its deputy head may give it; the days are those of the procedure version.
#[test]
fn an_opinion_is_due_as_the_procedure_version_says_and_may_pass_to_somebody_of_the_department() {
    let mut case = new();
    case.around.parameters.opinion_due_working_days = 7;
    case.done(case.cast.administrator, Command::RequestOpinions { departments: Vec::new(), question: String::new() });
    let task = case.task(TaskKind::OpinionRequest, person("xu.hai")).clone();
    assert_eq!(task.due_at, case.around.calendar.add_working_days(case.around.now, 7));
    let (assignee, reason) = (person("jiang.bo"), "出差".to_owned());
    case.done(case.cast.administrator, Command::ReassignTask { task_id: task.id, assignee, reason: reason.clone() });
    let passed = case.dossier.task(task.id).unwrap();
    assert_eq!(passed.assignee, assignee);
    assert_eq!(passed.verification, Some(Ruling { by: case.cast.administrator, at: case.around.now, reason }));
}

/// RA1: an opinion is given by the department: by its heads, or by somebody who belongs to it.
#[test]
fn an_opinion_passes_to_nobody_outside_its_department() {
    let mut case = new();
    case.done(case.cast.administrator, Command::RequestOpinions { departments: Vec::new(), question: String::new() });
    let task_id = case.task(TaskKind::OpinionRequest, person("xu.hai")).id;
    let to = |login: &str| Command::ReassignTask { task_id, assignee: person(login), reason: "请代答".to_owned() };
    for outsider in ["yang.fan", "lin.na"] {
        case.refused(case.cast.administrator, &to(outsider), &[Code::OpinionOtherDepartment]);
    }
    assert_eq!(
        case.around.directory.users[&person("zheng.kai")].department_id,
        Some(fabu_scenario::company::department("network"))
    );
    case.done(case.cast.administrator, to("zheng.kai"));
}

/// D18: a step that was made up says by which document, once.
#[test]
fn what_was_made_up_says_by_which_document_and_is_ended_once() {
    let case = emergency_at(Stage::Completed);
    let ended = case.events.iter().filter_map(|event| match event {
        fabu_domain::subjects::event::ReleaseEvent::Task { action: fabu_domain::subjects::event::TaskAction::Done, task } => {
            Some(task)
        }
        _ => None,
    });
    let ended: Vec<_> = ended
        .filter(|task| task.kind == TaskKind::EmergencyMakeUp)
        .map(|task| {
            let evidence = task.evidence.as_ref().expect("the record");
            assert!(case.dossier.was_made_up(evidence.at));
            (task.source.as_str(), evidence.text.rsplit_once('：').map(|(_, reference)| reference).unwrap_or_default())
        })
        .collect();
    let number = |kind: DocumentKind| format!("{} V1", case.dossier.documents[&kind].number);
    let (plan, report, go_live) =
        (number(DocumentKind::ReleasePlan), number(DocumentKind::TestReport), number(DocumentKind::GoLivePlan));
    let expected = std::collections::BTreeMap::from([
        ("plan_review", plan.as_str()),
        ("test_report", report.as_str()),
        ("customer_acceptance", report.as_str()),
        ("go_live_plan", go_live.as_str()),
        ("communication", go_live.as_str()),
    ]);
    assert_eq!((ended.len(), ended.into_iter().collect()), (expected.len(), expected));
}

/// 5.3b: whoever may excuse a condition in his own right does so as himself, also while he is somebody's deputy.
#[test]
fn the_general_manager_lifts_a_condition_as_himself() {
    let mut case = at(Stage::PlanReview);
    let condition = Condition { text: "补充压力测试".to_owned(), assignee: Some(case.cast.tester), due: None };
    let conditional = Ballot { conditions: vec![condition], ..ballot(Decision::PassWithConditions, "性能数据不足") };
    case.vote(person("yang.fan"), ApprovalKind::PlanReview, conditional);
    let task_id = case.task(TaskKind::Condition, case.cast.tester).id;
    case.deactivate(person("yang.fan"));
    let manager = case.cast.general_manager;
    case.deputise(manager, person("tang.qi"));
    let waive = Command::WaiveTask { task_id, reason: "原负责人已离职".to_owned() };
    assert_eq!(case.ask(manager, &waive).unwrap().on_behalf_of, None);
}
