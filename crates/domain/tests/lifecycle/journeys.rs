//! Whole releases, from the plan to the report, and the ways back.

use crate::support::*;
use fabu_domain::{
    blocks::{
        approval::{ApprovalKind, ApprovalState, Condition, Decision},
        document::DocumentKind,
        task::{Blocks, Task, TaskKind, TaskState},
    },
    subjects::release::{
        command::Command,
        documents::RollbackGroup,
        records::{ConfigurationState, EntryKind},
        stage::{ReleaseKind, Stage, Verdict},
    },
};
use fabu_scenario::{Journey, cast::CASTS, contents, journey::agreement};

const NORMAL: [Stage; 11] = [
    Stage::PlanReview,
    Stage::Testing,
    Stage::Acceptance,
    Stage::GoLivePlanning,
    Stage::GoLiveApproval,
    Stage::Readiness,
    Stage::Deployment,
    Stage::ConfigurationUpdate,
    Stage::Closure,
    Stage::Closed,
    Stage::Completed,
];

#[test]
fn a_normal_release_goes_through_every_stage_for_every_customer() {
    for plan in &CASTS {
        let case = opened(plan, ReleaseKind::Minor, |way| way).to(Stage::Completed);
        assert_eq!(case.stages(), NORMAL);
        let release = &case.dossier.release;
        assert_eq!(release.verdict.as_ref().map(|v| v.verdict), Some(Verdict::Successful));
        assert!(release.deployment.as_ref().is_some_and(|d| release.window.unwrap().contains(d.started.at)));
        assert!(case.dossier.tasks.iter().all(|t| !t.is_open()), "nothing is owed");
        assert!(case.dossier.configuration.iter().all(|c| c.state == ConfigurationState::Confirmed));
        assert!(case.dossier.approvals.iter().all(|a| a.state == ApprovalState::Passed));
        assert_eq!(case.dossier.documents.len(), 4);
        assert_eq!(case.dossier.documents[&DocumentKind::ReleasePlan].number, "YNTD-ITSS-0606-F01-2026-0001");
    }
}

#[test]
fn a_phased_release_confirms_each_phase_before_the_next() {
    let mut case = phased_at(Stage::Deployment);
    case.until(|d| d.confirmation("pilot").is_some());
    let early = Command::RecordStep { step: "s3".to_owned(), report: crate::support::step_now(&case) };
    case.refused(case.cast.implementer, &early, &[fabu_domain::subject::refusal::Code::StepOtherPhase]).clause("5.5.2");
    case.go(Stage::Completed);
    let confirmed: Vec<_> = case
        .dossier
        .approvals
        .iter()
        .filter(|a| a.kind == ApprovalKind::DeploymentConfirmation)
        .map(|a| a.subject.phase.clone())
        .collect();
    assert_eq!(confirmed, [Some("pilot".to_owned()), Some("rest".to_owned())]);
    let notices = case.dossier.tasks.iter().filter(|t| t.kind == TaskKind::CustomerNotice).count();
    assert_eq!(notices, 2, "the customer is told of each phase (5.7e)");
}

#[test]
fn a_rolled_back_release_does_the_five_groups_and_tells_its_neighbours() {
    let mut case = opened(&CASTS[1], ReleaseKind::Major, |way| way.ending(Verdict::RolledBack));
    case.go(Stage::Completed);
    let release = &case.dossier.release;
    assert_eq!(release.verdict.as_ref().map(|v| v.verdict), Some(Verdict::RolledBack));
    for group in RollbackGroup::ALL {
        assert!(fabu_domain::subjects::release::run::is_done(&case.dossier, EntryKind::RollbackStep, group.as_str()), "{group}");
    }
    let state = |kind| case.dossier.tasks.iter().find(|t| t.kind == kind).map(|t| t.state);
    assert_eq!(state(TaskKind::RollbackNotice), Some(TaskState::Done));
    assert_eq!(state(TaskKind::FailedReleaseReview), Some(TaskState::Done));
    let confirmation = case.dossier.confirmation("rolled_back").unwrap();
    assert_eq!(confirmation.state, ApprovalState::Passed, "the result of the rollback is confirmed");
}

#[test]
fn an_emergency_takes_the_short_route_and_makes_up_what_it_skipped() {
    let mut case = emergency_at(Stage::ConfigurationUpdate);
    assert_eq!(case.stages(), [Stage::GoLiveApproval, Stage::Readiness, Stage::Deployment, Stage::ConfigurationUpdate]);
    let owed: Vec<_> = case.dossier.tasks.iter().filter(|t| t.kind == TaskKind::EmergencyMakeUp).cloned().collect();
    let sources: Vec<_> = owed.iter().map(|t| t.source.as_str()).collect();
    assert_eq!(sources, ["plan_review", "test_report", "customer_acceptance", "go_live_plan", "communication"]);
    assert!(owed.iter().all(|t| t.blocks == Blocks::Closure));
    assert_eq!(owed[1].assignee, case.cast.tester);
    case.go(Stage::Completed);
    assert!(case.dossier.tasks.iter().all(|t| !t.is_open()));
    for record in fabu_domain::subjects::release::archive::ArchiveRecord::ALL.iter().filter(|r| r.made_up()) {
        assert!(fabu_domain::subjects::release::archive::is_recorded(&case.dossier, *record), "{record} is there itself (D18)");
    }
    let report = case.dossier.latest(DocumentKind::TestReport).unwrap();
    assert!(case.dossier.was_made_up(report.submitted.at), "and is marked as made up");
    assert!(!case.dossier.was_made_up(case.dossier.latest(DocumentKind::ReleasePlan).unwrap().submitted.at));
    assert_eq!(
        case.stages()[3..],
        [Stage::ConfigurationUpdate, Stage::Closure, Stage::Closed, Stage::Completed],
        "nothing leads back"
    );
}

#[test]
fn a_returned_plan_asks_only_those_again_whose_sections_changed() {
    let mut case = at(Stage::Planning);
    let (owner, administrator) = (case.cast.owner, case.cast.administrator);
    case.until(|d| d.latest(DocumentKind::ReleasePlan).is_some());
    case.until(|d| d.tasks.iter().all(|t| !t.is_open()) && !d.test_cases.is_empty() && !d.units.is_empty());
    let mut convocation = fabu_scenario::journey::panel(&[]);
    let head = |login: &str, sections: &[&str]| fabu_domain::subjects::release::command::Invitation {
        user_id: person(login),
        capacity: fabu_domain::blocks::approval::Capacity::Stakeholder,
        sections: sections.iter().map(|s| (*s).to_owned()).collect(),
    };
    convocation.members = vec![head("yang.fan", &["schedule", "problems"]), head("xu.hai", &["rollback"])];
    let kind = fabu_domain::subjects::release::ExceptionKind::ReviewSectionsReduced;
    let reason = "各部门只涉及部分章节".to_owned();
    case.done(case.cast.general_manager, Command::GrantException { kind, reason });
    case.done(administrator, Command::ConvenePlanReview { convocation: convocation.clone() });
    case.vote(person("yang.fan"), ApprovalKind::PlanReview, agreement());
    case.vote(person("xu.hai"), ApprovalKind::PlanReview, ballot(Decision::Return, "回退判断条件不明确"));
    assert_eq!(case.dossier.release.stage, Stage::Planning);

    let again = Command::ConvenePlanReview { convocation };
    case.refused(administrator, &again, &[fabu_domain::subject::refusal::Code::DocumentReturned]).clause("5.1");
    let mut plan = contents::release_plan(&case.cast, &case.way.theme);
    plan.rollback.criteria = "启动后10分钟内主要业务不能办理即回退".to_owned();
    case.submit(administrator, DocumentKind::ReleasePlan, plan);
    case.done(administrator, again);
    let review = case.approval(ApprovalKind::PlanReview).clone();
    assert_eq!(review.awaited().collect::<Vec<_>>(), [person("xu.hai")], "the other vote holds");
    assert!(review.members[0].vote.as_ref().is_some_and(|v| v.carried_from.is_some()));
    case.vote(person("xu.hai"), ApprovalKind::PlanReview, agreement());
    case.vote(owner, ApprovalKind::PlanApproval, agreement());
    assert_eq!(case.dossier.release.stage, Stage::Testing);
}

#[test]
fn conditions_of_a_vote_become_tasks_that_stop_the_go_live_approval() {
    let mut case = at(Stage::PlanReview);
    let condition = Condition { text: "补充压力测试".to_owned(), assignee: Some(case.cast.tester), due: None };
    let conditional = fabu_domain::subjects::release::command::Ballot {
        conditions: vec![condition],
        ..ballot(Decision::PassWithConditions, "性能数据不足")
    };
    case.vote(person("yang.fan"), ApprovalKind::PlanReview, conditional);
    case.go(Stage::GoLivePlanning);
    let task = case.task(TaskKind::Condition, case.cast.tester).clone();
    assert_eq!(task.blocks, Blocks::GoLiveApproval);
    case.until(|d| d.latest(DocumentKind::GoLivePlan).is_some());
    let convocation = fabu_scenario::journey::panel(&[(case.cast.owner, fabu_domain::people::role::Role::ReleaseOwner)]);
    let convene = Command::ConveneGoLiveApproval { convocation };
    case.refused(case.cast.administrator, &convene, &[fabu_domain::subject::refusal::Code::TaskOpen])
        .clause("5.3b")
        .cleared_by(case.cast.tester);
    case.go(Stage::GoLiveApproval);
}

#[test]
fn a_failed_test_round_returns_to_planning_and_counts() {
    let mut case = opened(&CASTS[0], ReleaseKind::Minor, |way| Journey { failing_rounds: 1, ..way });
    case.until(|d| d.release.test_round == 2);
    assert_eq!(case.dossier.release.stage, Stage::Planning);
    case.go(Stage::Completed);
    let stages = case.stages();
    assert_eq!(stages[..5], [Stage::PlanReview, Stage::Testing, Stage::Planning, Stage::PlanReview, Stage::Testing]);
    assert_eq!(case.dossier.latest(DocumentKind::TestReport).map(|r| r.revision), Some(2));
    let review = case.dossier.approvals.iter().filter(|a| a.kind == ApprovalKind::PlanReview).nth(1).unwrap();
    assert!(review.members.iter().all(|m| m.vote.as_ref().is_some_and(|v| v.carried_from.is_some())), "the plan is unchanged");
}

#[test]
fn a_moved_date_ends_the_go_live_approval_and_asks_only_those_concerned() {
    let mut case = at(Stage::GoLivePlanning);
    let (owner, administrator) = (case.cast.owner, case.cast.administrator);
    case.until(|d| d.latest(DocumentKind::GoLivePlan).is_some());
    let mut convocation = fabu_scenario::journey::panel(&[(owner, fabu_domain::people::role::Role::ReleaseOwner)]);
    for (login, section) in [("xu.hai", "rollback_steps"), ("gao.ming", "window")] {
        convocation.members.push(fabu_domain::subjects::release::command::Invitation {
            user_id: person(login),
            capacity: fabu_domain::blocks::approval::Capacity::Stakeholder,
            sections: vec![section.to_owned()],
        });
    }
    let convene = Command::ConveneGoLiveApproval { convocation };
    case.done(administrator, convene.clone());
    case.go(Stage::Readiness);
    case.until(|d| d.tasks.iter().any(|t| t.kind == TaskKind::DutyAcknowledgement && t.state == TaskState::Done));

    case.done(administrator, Command::ReviseGoLivePlan { reason: "客户要求推迟一天".to_owned() });
    assert_eq!(case.approval(ApprovalKind::GoLiveApproval).state, ApprovalState::Void);
    case.way.theme.start += chrono::TimeDelta::days(1);
    case.way.theme.end += chrono::TimeDelta::days(1);
    let moved = contents::go_live_plan(&case.cast, &case.way.theme);
    case.submit(administrator, DocumentKind::GoLivePlan, moved);
    assert_eq!(case.dossier.release.window.map(|w| w.start), Some(case.way.theme.start));
    case.done(administrator, convene);
    let awaited: Vec<_> = case.approval(ApprovalKind::GoLiveApproval).awaited().collect();
    assert_eq!(awaited, [owner, person("gao.ming")], "the rollback did not change");
    case.go(Stage::Readiness);
    let duties = |state| {
        let tasks = case.dossier.tasks.iter().filter(|t| t.kind == TaskKind::DutyAcknowledgement && t.state == state);
        tasks.count()
    };
    assert_eq!((duties(TaskState::Open), duties(TaskState::Done)), (3, 1), "everybody confirms the new date");
    let asked = |t: &&Task| t.kind == TaskKind::BackupVerification && t.is_open();
    assert!(case.dossier.tasks.iter().any(|t| asked(&t)), "another window wants another backup (5.1.2)");
    case.go(Stage::Completed);
}

#[test]
fn a_revised_release_plan_asks_the_go_live_approvers_again() {
    let mut case = at(Stage::Readiness);
    let administrator = case.cast.administrator;
    case.done(administrator, Command::ReviseReleasePlan { reason: "增加一个问题的解决办法".to_owned() });
    let mut plan = contents::release_plan(&case.cast, &case.way.theme);
    plan.problems[0].solution = "重启连接池，15分钟内未恢复则回退。".to_owned();
    case.submit(administrator, DocumentKind::ReleasePlan, plan);
    case.go(Stage::GoLivePlanning);
    case.go(Stage::GoLiveApproval);
    let approval = case.approval(ApprovalKind::GoLiveApproval);
    assert_eq!(approval.awaited().count(), 2, "the go-live plan is the same, what it rests on is not");
    case.go(Stage::Completed);
}

#[test]
fn the_window_in_force_is_that_of_the_approved_go_live_plan() {
    let mut case = at(Stage::Readiness);
    let administrator = case.cast.administrator;
    let approved = case.dossier.release.window;
    case.done(administrator, Command::ReviseReleasePlan { reason: "日期变动".to_owned() });
    let mut later = case.way.theme.clone();
    later.start += chrono::TimeDelta::days(2);
    later.end += chrono::TimeDelta::days(2);
    case.submit(administrator, DocumentKind::ReleasePlan, contents::release_plan(&case.cast, &later));
    assert_ne!(case.dossier.release.window, approved);
    case.go(Stage::Readiness);
    assert_eq!(case.dossier.release.window, approved, "nobody approved another go-live time");
}

#[test]
fn an_agreement_is_not_taken_over_once_its_giver_has_written_in_the_plan() {
    let mut case = at(Stage::Testing);
    let (owner, administrator) = (case.cast.owner, case.cast.administrator);
    let kind = fabu_domain::subjects::release::ExceptionKind::OwnerIsAdministrator;
    case.done(case.cast.general_manager, Command::GrantException { kind, reason: "管理员生病".to_owned() });
    case.deputise(owner, administrator);
    case.done(administrator, Command::ReviseReleasePlan { reason: "补充问题".to_owned() });
    let original = contents::release_plan(&case.cast, &case.way.theme);
    let mut changed = original.clone();
    changed.problems[0].solution = "联系厂商处理".to_owned();
    case.submit(owner, DocumentKind::ReleasePlan, changed);
    case.submit(administrator, DocumentKind::ReleasePlan, original);
    let convocation = fabu_scenario::journey::panel(&[]);
    case.done(administrator, Command::ConvenePlanReview { convocation });
    let review = case.approval(ApprovalKind::PlanReview);
    assert_eq!(review.state, ApprovalState::Passed, "the heads agreed to exactly this content");
    let approval = case.approval(ApprovalKind::PlanApproval);
    assert_eq!(approval.awaited().collect::<Vec<_>>(), [owner], "the owner has become an author");
}

/// RA7: the start of a rollback is notified at once to team, roster, panels, customer and heads, each once.
#[test]
fn the_start_of_a_rollback_is_told_at_once_to_everybody_concerned() {
    use fabu_domain::{
        notifications::{
            notice::{NoticeKind, Urgency},
            step_mail::{About, notifications},
        },
        subject::log::LogEntry,
    };
    let mut case = at(Stage::Deployment);
    let owner = case.cast.owner;
    case.done(owner, Command::StartRollback { ground: "业务中断".to_owned() });
    let started = case.events.iter().rev().find(|e| e.to_log().0 == "deployment.rollback_started").unwrap();
    let (kind, payload) = started.to_log();
    let entry = LogEntry {
        id: fabu_domain::ids::EventId(uuid::Uuid::nil()),
        kind,
        version: 1,
        subject: String::new(),
        release_id: Some(case.dossier.release.id),
        release_version: Some(case.dossier.release.version),
        actor: Some(owner),
        on_behalf_of: None,
        request_id: String::new(),
        occurred_at: case.around.now,
        recorded_at: case.around.now,
        payload,
    };
    let facts = case.facts();
    let all = notifications(&entry, About::Release(&facts), facts.directory, facts.now);
    let readers: Vec<_> = all.iter().map(|message| message.reader).collect();
    let cast = &case.cast;
    let team = [cast.administrator, cast.tester, cast.implementer, cast.configuration_administrator, cast.representative];
    let heads = facts.directory.involved_departments(&case.dossier.release.service_objects);
    let heads = heads.iter().filter_map(|id| facts.directory.departments[id].head);
    for person in team.into_iter().chain([cast.support, cast.second_implementer, cast.change_manager]).chain(heads) {
        assert!(person == owner || readers.contains(&person), "{} hears of it", facts.directory.name(person));
    }
    let mut once = readers.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), readers.len(), "each once");
    assert!(!readers.contains(&owner), "who decided knows");
    let urgent = |kind: NoticeKind| kind.rule().urgency == Urgency::Emergency || kind == NoticeKind::TaskAssigned;
    assert!(all.iter().all(|message| urgent(message.notice.kind)));
    let ground = |text: &str| text.contains("业务中断");
    assert!(all.iter().any(|message| format!("{:?}", message.notice).lines().any(ground)));
}
