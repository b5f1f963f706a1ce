//! Who acts for somebody is checked as if he held the seat (D16, R0); an obligation of a person is met by that person (5.7d).

use super::refusals;
use crate::support::*;
use fabu_domain::{
    blocks::{
        approval::{ApprovalKind, Decision},
        document::DocumentKind,
        task::{Task, TaskKind, TaskState},
    },
    ids::UserId,
    people::{directory::Representative, role::Role},
    subject::refusal::Code,
    subjects::release::{
        ExceptionKind,
        command::{Ballot, Command, NewTestRun},
        records::TestResult,
        stage::Stage,
    },
};
use fabu_scenario::{contents, journey::agreement};

fn test_run(case: &Case) -> Command {
    let unit = case.dossier.units_in_force().next().unwrap();
    let run = NewTestRun {
        case_id: case.dossier.test_cases[0].id,
        unit_id: unit.id,
        version: unit.version.clone(),
        sha256: unit.sha256.clone(),
        result: TestResult::Passed,
        observed: "与预期一致".to_owned(),
        measurement: None,
        attachments: Vec::new(),
    };
    Command::RecordTestRun { run }
}

fn answer(case: &Case, kind: ApprovalKind) -> Command {
    vote(case.approval(kind).id, agreement())
}

pub(super) fn assign(role: Role, user_id: UserId) -> Command {
    Command::AssignRole { role, user_id, reason: "调整分工".to_owned() }
}

fn exception(kind: ExceptionKind) -> Command {
    Command::GrantException { kind, reason: "夜间仅一人在岗".to_owned() }
}

fn complete(task: &Task) -> Command {
    Command::CompleteTask { task_id: task.id, text: "我清楚自己的职责".to_owned(), attachments: Vec::new() }
}

refusals! {
    /// D16, D21: nobody of the customer stands in for somebody of the company.
    fn a_decision_by_the_customer_as_the_owners_deputy() {
        let mut case = at(Stage::PlanReview);
        case.until(|d| d.latest_approval(ApprovalKind::PlanApproval).is_some());
        let outsider = person("bai.xuefeng");
        case.deputise(outsider, case.cast.owner);
        case.deputise(case.cast.representative, case.cast.owner);
        case.refused(outsider, &answer(&case, ApprovalKind::PlanApproval), &[Code::DeputyUnfit]);
        let suspend = Command::SuspendRelease { reason: "等待".to_owned() };
        case.refused(case.cast.representative, &suspend, &[Code::DeputyUnfit]);
        let answer = answer(&case, ApprovalKind::PlanApproval);
        case.refused(case.cast.representative, &answer, &[Code::DeputyUnfit]).clause("D16").codes()
    }
    /// D19: whoever set a rule aside stays outside.
    fn a_role_for_the_grantor_of_an_exception() {
        let mut case = new();
        let grantor = person("wang.zhiyuan");
        case.done(grantor, exception(ExceptionKind::ReviewQuorumReduced));
        let assign = assign(Role::ReleaseOwner, grantor);
        case.refused(case.cast.owner, &assign, &[Code::ExceptionGrantor]).clause("D19").codes()
    }
    /// 5.4d, 5.8b: the customer's voice is nobody's who plans, tests or deploys.
    fn the_customers_voice_for_somebody_of_the_team() {
        let mut case = new();
        let (owner, customer) = (case.cast.owner, case.cast.customer_id);
        let known = case.around.directory.customers.get_mut(&customer).unwrap();
        let representative = Representative { user_id: owner, ..known.representatives[0].clone() };
        known.representatives.push(representative);
        let user = case.around.directory.users.get_mut(&owner).unwrap();
        user.roles = user.roles.iter().chain([Role::CustomerRepresentative]).collect();
        let assign = assign(Role::CustomerRepresentative, owner);
        case.refused(person("li.jianguo"), &assign, &[Code::CustomerNotSeparated]).clause("5.4d").codes()
    }
    fn a_test_by_the_implementer_as_the_testers_deputy() {
        let mut case = at(Stage::Testing);
        case.deputise(case.cast.implementer, case.cast.tester);
        case.refused(case.cast.implementer, &test_run(&case), &[Code::DeputyUnfit]).clause("D16").codes()
    }
    fn an_acceptance_by_a_deputy_who_is_not_entitled_for_the_customer() {
        let mut case = at(Stage::Acceptance);
        for (deputy, other) in [(case.cast.administrator, "bai.xuefeng"), (person("zhao.min"), "xie.ning")] {
            case.deputise(deputy, case.cast.representative);
            case.deputise(person(other), case.cast.representative);
            case.refused(deputy, &answer(&case, ApprovalKind::CustomerAcceptance), &[Code::DeputyUnfit]);
            case.refused(person(other), &answer(&case, ApprovalKind::CustomerAcceptance), &[Code::DeputyUnfit]);
        }
        case.refused(case.cast.administrator, &answer(&case, ApprovalKind::CustomerAcceptance), &[Code::DeputyUnfit]).codes()
    }
    fn a_go_live_vote_by_the_administrator_of_the_system_as_a_deputy() {
        let mut case = at(Stage::GoLiveApproval);
        for login in ["zhao.min", "xie.ning"] {
            case.deputise(person(login), case.cast.owner);
            case.refused(person(login), &answer(&case, ApprovalKind::GoLiveApproval), &[Code::DeputyUnfit]);
        }
        case.refused(person("zhao.min"), &answer(&case, ApprovalKind::GoLiveApproval), &[Code::DeputyUnfit]).codes()
    }
    fn a_second_voice_of_a_deputy_of_two_members() {
        let mut case = at(Stage::PlanReview);
        let deputy = case.cast.support;
        case.deputise(deputy, person("xu.hai"));
        case.deputise(deputy, person("yang.fan"));
        case.vote(deputy, ApprovalKind::PlanReview, Ballot { on_behalf_of: Some(person("xu.hai")), ..agreement() });
        let again = Ballot { on_behalf_of: Some(person("yang.fan")), ..agreement() };
        let command = vote(case.approval(ApprovalKind::PlanReview).id, again);
        case.refused(deputy, &command, &[Code::OneVoteEach]).clause("R0").codes()
    }
    fn a_confirmation_by_the_implementer_as_a_deputy() {
        let mut case = at(Stage::Deployment);
        case.until(|d| d.latest_approval(ApprovalKind::DeploymentConfirmation).is_some());
        case.deputise(case.cast.implementer, case.cast.administrator);
        case.refused(case.cast.implementer, &answer(&case, ApprovalKind::DeploymentConfirmation), &[Code::DeputyUnfit]).codes()
    }
    fn a_role_for_somebody_who_did_the_separated_work_as_a_deputy() {
        let mut case = at(Stage::Testing);
        let deputy = person("zheng.kai");
        case.deputise(deputy, case.cast.tester);
        let command = test_run(&case);
        case.done(deputy, command);
        case.refused(case.cast.administrator, &assign(Role::Implementer, deputy), &[Code::DutiesNotSeparated]).clause("R0");
        let mut lifted = case.clone();
        lifted.done(case.cast.general_manager, exception(ExceptionKind::TesterIsImplementer));
        lifted.done(case.cast.administrator, assign(Role::Implementer, deputy));
        case.refused(case.cast.administrator, &assign(Role::Implementer, deputy), &[Code::DutiesNotSeparated]).codes()
    }
    fn a_decision_by_the_principal_of_whoever_wrote() {
        let mut case = new();
        let (administrator, successor) = (case.cast.administrator, person("zhang.wei"));
        case.deputise(successor, administrator);
        case.submit(successor, DocumentKind::ReleasePlan, contents::release_plan(&case.cast, &case.way.theme));
        let contributors = &case.dossier.latest(DocumentKind::ReleasePlan).unwrap().contributors;
        assert!(contributors.contains(&administrator) && contributors.contains(&successor), "{contributors:?}");
        case.done(case.cast.owner, assign(Role::ReleaseAdministrator, successor));
        case.done(successor, Command::RequestOpinions { departments: Vec::new(), question: String::new() });
        case.way.cast.administrator = successor;
        case.until(|d| d.tasks.iter().all(|t| !t.is_open()));
        let convocation = fabu_scenario::journey::panel(&[(administrator, Role::ReleaseAdministrator)]);
        case.refused(successor, &Command::ConvenePlanReview { convocation }, &[Code::Contributor]).clause("R0").codes()
    }
    fn the_plan_written_by_the_tester_as_a_deputy() {
        let mut case = new();
        case.deputise(case.cast.tester, case.cast.administrator);
        let content = contents::release_plan(&case.cast, &case.way.theme).into();
        let command = Command::SaveDraft { document: DocumentKind::ReleasePlan, content };
        case.refused(case.cast.tester, &command, &[Code::DeputyUnfit]).codes()
    }
    fn the_receipt_of_a_test_report_by_its_author() {
        let mut case = at(Stage::Testing);
        case.until(|d| d.latest(DocumentKind::TestReport).is_some());
        case.deputise(case.cast.tester, case.cast.administrator);
        case.refused(case.cast.tester, &Command::ReceiveTestReport, &[Code::Contributor]).codes()
    }
    fn a_step_by_a_holder_who_was_granted_the_role_no_more() {
        let mut case = at(Stage::Testing);
        let tester = case.cast.tester;
        case.around.directory.users.get_mut(&tester).unwrap().roles = [Role::SupportStaff].into_iter().collect();
        case.refused(tester, &test_run(&case), &[Code::SeatLost]).cleared_by(case.cast.administrator).codes()
    }
    fn an_exception_by_somebody_of_the_release() {
        let mut case = new();
        let manager = case.cast.general_manager;
        let roles = &mut case.around.directory.users.get_mut(&manager).unwrap().roles;
        *roles = [Role::GeneralManager, Role::Implementer].into_iter().collect();
        case.done(case.cast.administrator, assign(Role::Implementer, manager));
        case.refused(manager, &exception(ExceptionKind::TesterIsImplementer), &[Code::ExceptionOwn]).clause("D19").codes()
    }
    fn an_exception_by_a_deputy_from_the_release() {
        let mut case = new();
        case.deputise(case.cast.administrator, case.cast.general_manager);
        case.refused(case.cast.administrator, &exception(ExceptionKind::ReviewQuorumReduced), &[Code::DeputyUnfit]).codes()
    }
    fn a_separation_lifted_by_the_process_owner() {
        let case = new();
        let command = exception(ExceptionKind::TesterIsImplementer);
        case.refused(person("wang.zhiyuan"), &command, &[Code::NotPermitted]).codes()
    }
    fn the_replacement_of_the_owner_by_the_administrator() {
        let case = new();
        let owner = assign(Role::ReleaseOwner, person("he.wenbin"));
        case.refused(case.cast.change_manager, &owner, &[Code::NotPermitted]);
        case.refused(case.cast.administrator, &owner, &[Code::NotPermitted]).cleared_by(case.cast.owner).codes()
    }
    fn the_replacement_of_who_controls_the_administrator() {
        let case = new();
        for (role, login) in [
            (Role::ReleaseTester, "zhou.ting"),
            (Role::CustomerRepresentative, "luo.shan"),
            (Role::ConfigurationAdministrator, "feng.jing"),
        ] {
            case.refused(case.cast.administrator, &assign(role, person(login)), &[Code::NotPermitted]).cleared_by(case.cast.owner);
        }
        case.refused(case.cast.administrator, &assign(Role::ReleaseTester, person("zhou.ting")), &[Code::NotPermitted]).codes()
    }
    fn a_control_taken_over_by_oneself() {
        let case = new();
        let command = assign(Role::ReleaseOwner, person("wang.zhiyuan"));
        case.refused(person("wang.zhiyuan"), &command, &[Code::SelfAppointed]).clause("D16").codes()
    }
    fn a_duty_that_the_plan_gives_to_somebody_else() {
        let case = at(Stage::Readiness);
        let task = case.task(TaskKind::DutyAcknowledgement, case.cast.implementer).clone();
        let training = case.task(TaskKind::SupportTraining, case.cast.support).clone();
        let mut refused = Vec::new();
        for task in [task, training] {
            let command = Command::ReassignTask { task_id: task.id, assignee: person("huang.tao"), reason: "换班".to_owned() };
            refused.extend(case.refused(case.cast.administrator, &command, &[Code::TaskNamedByPlan]).codes());
        }
        refused
    }
    fn a_duty_acknowledged_by_a_deputy() {
        let mut case = at(Stage::Readiness);
        case.deputise(person("huang.tao"), case.cast.implementer);
        let task = case.task(TaskKind::DutyAcknowledgement, case.cast.implementer).clone();
        case.refused(person("huang.tao"), &complete(&task), &[Code::DeputyUnfit]).codes()
    }
    fn a_start_while_the_roster_names_somebody_who_has_not_acknowledged() {
        let mut case = at(Stage::Readiness);
        case.until(|d| !d.tasks.iter().any(|t| t.is_open() && t.blocks == fabu_domain::blocks::task::Blocks::DeploymentStart));
        // A record of before: the task went to somebody else, who met it.
        let implementer = case.cast.implementer;
        let handed = |t: &&mut Task| t.kind == TaskKind::DutyAcknowledgement && t.assignee == implementer;
        let task = case.world.dossier.tasks.iter_mut().find(handed).unwrap();
        task.assignee = person("huang.tao");
        case.until(|d| d.configuration.iter().all(|c| c.baseline.is_some()));
        let start = case.way.theme.start;
        case.world.wait_until(start);
        let units = fabu_scenario::Snapshot::of(&case.dossier, case.around.now).units_at_hand();
        let command = Command::StartDeployment { units, note: "同意开始".to_owned() };
        case.refused(implementer, &command, &[Code::DutyNotAcknowledged]).clause("5.7d").cleared_by(implementer).codes()
    }
    fn an_opinion_given_by_the_administrator() {
        let mut case = new();
        case.done(case.cast.administrator, Command::RequestOpinions { departments: Vec::new(), question: String::new() });
        let task = case.task(TaskKind::OpinionRequest, person("xu.hai")).clone();
        let command = Command::ReassignTask { task_id: task.id, assignee: case.cast.administrator, reason: "代为答复".to_owned() };
        case.refused(case.cast.administrator, &command, &[Code::OpinionOtherDepartment]);
        case.deputise(case.cast.administrator, person("xu.hai"));
        case.refused(case.cast.administrator, &complete(&task), &[Code::Contributor]).codes()
            .into_iter().chain([Code::OpinionOtherDepartment]).collect()
    }
    fn an_opinion_excused_by_the_administrator_before_it_is_overdue() {
        let mut case = new();
        case.done(case.cast.administrator, Command::RequestOpinions { departments: Vec::new(), question: String::new() });
        let task = case.task(TaskKind::OpinionRequest, person("xu.hai")).clone();
        let waive = Command::WaiveTask { task_id: task.id, reason: "该部门无意见".to_owned() };
        let refused = case.refused(case.cast.administrator, &waive, &[Code::OpinionNotOverdue]).clause("4.RA1");
        let mut by_owner = case.clone();
        by_owner.done(case.cast.owner, waive.clone());
        case.world.wait_until(case.around.calendar.add_working_days(task.due_at, 1));
        case.done(case.cast.administrator, waive);
        assert_eq!(case.dossier.task(task.id).unwrap().state, TaskState::Waived);
        refused.codes()
    }
    fn a_condition_lifted_by_somebody_else_than_its_author() {
        let mut case = at(Stage::PlanReview);
        let task = conditional(&mut case);
        let waive = Command::WaiveTask { task_id: task.id, reason: "不需要".to_owned() };
        for by in [case.cast.administrator, case.cast.owner, case.cast.general_manager, person("tang.qi")] {
            case.refused(by, &waive, &[Code::NotPermitted]).cleared_by(person("yang.fan"));
        }
        let refused = case.refused(case.cast.owner, &waive, &[Code::NotPermitted]);
        case.done(person("yang.fan"), waive);
        assert_eq!(case.dossier.task(task.id).unwrap().state, TaskState::Waived);
        refused.codes()
    }
}

/// The head of the software department agrees on a condition.
fn conditional(case: &mut Case) -> Task {
    let condition =
        fabu_domain::blocks::approval::Condition {
            text: "补充压力测试".to_owned(), assignee: Some(case.cast.tester), due: None
        };
    let agreed = Ballot { conditions: vec![condition], ..ballot(Decision::PassWithConditions, "性能数据不足") };
    case.vote(person("yang.fan"), ApprovalKind::PlanReview, agreed);
    case.task(TaskKind::Condition, case.cast.tester).clone()
}

/// A condition survives a return, a recall and a hand-over, is one task all the while, and is checked by its author (5.3b).
#[test]
fn a_condition_lives_until_it_is_met_whatever_becomes_of_the_panel() {
    let mut case = at(Stage::PlanReview);
    let task = conditional(&mut case);
    case.done(case.cast.administrator, Command::ReviseReleasePlan { reason: "补充风险".to_owned() });
    assert!(case.dossier.task(task.id).unwrap().is_open(), "recalled");
    case.go(Stage::PlanReview);
    let carried =
        case.approval(ApprovalKind::PlanReview).members.iter().any(|m| m.vote.as_ref().is_some_and(|v| v.carried_from.is_some()));
    assert!(carried, "the agreement is taken over");
    case.vote(person("xu.hai"), ApprovalKind::PlanReview, ballot(Decision::Return, "回退条件不明确"));
    assert!(case.dossier.task(task.id).unwrap().is_open(), "returned");
    case.go(Stage::Testing);
    let conditions = case.dossier.tasks.iter().filter(|t| t.kind == TaskKind::Condition).count();
    assert_eq!(conditions, 1, "one task, however often the vote is taken over");
    case.done(case.cast.tester, complete(&task));
    let verify = Command::VerifyTask { task_id: task.id, remark: String::new() };
    case.refused(case.cast.owner, &verify, &[Code::NotPermitted]).cleared_by(person("yang.fan"));
    case.done(person("yang.fan"), verify);
    assert_eq!(case.dossier.task(task.id).unwrap().state, TaskState::Done);
}

/// While its author can act, nobody who came into his seat checks a condition (5.3b).
#[test]
fn a_condition_is_checked_by_its_author_and_not_by_whoever_has_his_seat_now() {
    let mut case = at(Stage::PlanReview);
    let task = conditional(&mut case);
    let department = fabu_scenario::company::department("software");
    case.around.directory.departments.get_mut(&department).unwrap().head = Some(person("tang.qi"));
    case.done(case.cast.tester, complete(&task));
    let verify = Command::VerifyTask { task_id: task.id, remark: String::new() };
    case.refused(person("tang.qi"), &verify, &[Code::NotPermitted]).cleared_by(person("yang.fan"));
    case.deactivate(person("yang.fan"));
    case.done(person("tang.qi"), verify);
}

/// Votes of older records whose conditions never became tasks: the next vote of the release opens them (5.3b).
#[test]
fn a_condition_that_an_older_record_lost_becomes_a_task_again() {
    let mut case = at(Stage::PlanReview);
    let task = conditional(&mut case);
    case.world.dossier.tasks.retain(|t| t.id != task.id);
    case.done(case.cast.administrator, Command::ReviseReleasePlan { reason: "补充风险".to_owned() });
    case.go(Stage::PlanReview);
    case.go(Stage::Testing);
    let found = case.dossier.tasks.iter().filter(|t| t.kind == TaskKind::Condition).collect::<Vec<_>>();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].title.as_str(), found[0].is_open()), ("补充压力测试", true));
}

/// When the author can act no more, whoever reviews for the department now, or the general manager, lifts it (5.3b).
#[test]
fn a_condition_of_somebody_who_left_is_lifted_by_the_successor_or_the_general_manager() {
    let mut case = at(Stage::PlanReview);
    let task = conditional(&mut case);
    case.deactivate(person("yang.fan"));
    let waive = Command::WaiveTask { task_id: task.id, reason: "原负责人已离职，另行安排".to_owned() };
    case.refused(case.cast.owner, &waive, &[Code::NotPermitted]).cleared_by(person("tang.qi"));
    let mut by_manager = case.clone();
    by_manager.done(case.cast.general_manager, waive.clone());
    case.done(person("tang.qi"), waive);
}

/// While a member is away, the message goes to the first deputy who may answer, never to one who may not (D16, principle 5).
#[test]
fn no_message_goes_to_a_deputy_who_may_not_act() {
    use fabu_domain::notifications::step_mail::{About, notifications};
    let mut case = at(Stage::PlanReview);
    for deputy in ["zhao.min", "jiang.bo"] {
        case.deputise(person(deputy), person("xu.hai"));
    }
    case.around.directory.deputies.iter_mut().for_each(|d| d.absent = true);
    let opened =
        case.events.iter().rev().find(|e| matches!(e, fabu_domain::subjects::event::ReleaseEvent::ApprovalOpened(_))).unwrap();
    let (kind, payload) = opened.to_log();
    let entry = fabu_domain::subject::log::LogEntry {
        id: fabu_domain::ids::EventId(uuid::Uuid::nil()),
        kind,
        version: 1,
        subject: "releases/REL-2026-0001".into(),
        release_id: Some(case.dossier.release.id),
        release_version: None,
        actor: Some(case.cast.administrator),
        on_behalf_of: None,
        request_id: String::new(),
        occurred_at: case.around.now,
        recorded_at: case.around.now,
        payload,
    };
    let facts = case.facts();
    let sent = notifications(&entry, About::Release(&facts), facts.directory, facts.now);
    let readers: Vec<_> = sent.iter().map(|message| (message.reader, message.instead_of)).collect();
    assert!(readers.contains(&(person("jiang.bo"), Some(person("xu.hai")))), "{readers:?}");
    assert!(readers.iter().all(|(reader, _)| *reader != person("zhao.min")), "{readers:?}");
}
