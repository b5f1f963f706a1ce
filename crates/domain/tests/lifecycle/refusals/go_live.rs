//! Gates of the go-live approval and of the start (5.5.4, 5.6, 5.7, 5.8a, 3.1b, RO1b).

use super::refusals;
use crate::support::*;
use chrono::TimeDelta;
use fabu_domain::{
    blocks::{
        approval::ApprovalKind,
        document::DocumentKind,
        task::{Blocks, TaskKind},
    },
    people::role::Role,
    subject::refusal::Code,
    subjects::{
        change::ChangeState,
        release::{DeployedUnit, command::Command, stage::Stage},
    },
};
use fabu_scenario::{Snapshot, contents, journey::panel};

pub fn convene(case: &Case) -> Command {
    Command::ConveneGoLiveApproval { convocation: panel(&[(case.cast.owner, Role::ReleaseOwner)]) }
}

pub fn planned() -> Case {
    let mut case = at(Stage::GoLivePlanning);
    case.until(|d| d.latest(DocumentKind::GoLivePlan).is_some());
    case
}

pub fn start(case: &Case) -> Command {
    let units = Snapshot::of(&case.dossier, case.around.now).units_at_hand();
    Command::StartDeployment { units, note: "具备条件".to_owned() }
}

/// Everything is ready and the window is open.
pub fn ready_to_start() -> Case {
    let mut case = at(Stage::Readiness);
    let open = |t: &fabu_domain::blocks::task::Task| t.is_open() && t.blocks == Blocks::DeploymentStart;
    case.until(|d| d.configuration.iter().all(|c| c.baseline.is_some()) && !d.tasks.iter().any(open));
    let opens = case.way.theme.start;
    case.wait_until(opens);
    case.ask(case.cast.implementer, &start(&case)).unwrap();
    case
}

fn plan_item(item: &str) -> Command {
    Command::PlanConfigurationChange { item: item.to_owned(), version: "1.0".to_owned(), phase: None }
}

/// 3.3: a list that the go-live approval looked at is closed with it.
#[test]
fn a_configuration_item_added_or_dropped_after_the_go_live_approval_voids_it() {
    for stage in [Stage::GoLiveApproval, Stage::Readiness] {
        for drop in [false, true] {
            let mut case = at(stage);
            let change_id = case.dossier.configuration[0].id;
            let command = match drop {
                true => Command::DropConfigurationChange { change_id, reason: "不在本次范围".to_owned() },
                false => plan_item("CI-防火墙"),
            };
            case.done(case.cast.configuration_administrator, command);
            let approval = case.approval(ApprovalKind::GoLiveApproval);
            assert_eq!(approval.state, fabu_domain::blocks::approval::ApprovalState::Void);
            assert!(approval.void_reason.as_ref().is_some_and(|reason| reason.contains("配置项")));
            assert_eq!(case.dossier.release.stage, Stage::GoLivePlanning);
            case.go(Stage::GoLiveApproval);
            assert_eq!(
                case.approval(ApprovalKind::GoLiveApproval).awaited().count(),
                2,
                "no agreement to another list is taken over"
            );
            case.go(Stage::Completed);
        }
    }
}

/// 3.3: what a new revision of the plan leaves out is not demanded any more, and stays to be seen.
#[test]
fn an_item_that_the_new_plan_leaves_out_is_dropped_and_one_added_by_hand_stays() {
    let mut case = at(Stage::GoLivePlanning);
    let administrator = case.cast.administrator;
    case.done(administrator, plan_item("CI-防火墙"));
    case.done(administrator, Command::ReviseReleasePlan { reason: "缩小范围".to_owned() });
    let mut plan = contents::release_plan(&case.cast, &case.way.theme);
    let gone = plan.configuration_items.remove(0).identifier;
    case.submit(administrator, DocumentKind::ReleasePlan, plan);
    case.go(Stage::Testing);
    let state = |item: &str| case.dossier.configuration.iter().find(|c| c.item == item).map(|c| c.state);
    assert_eq!(state(&gone), Some(fabu_domain::subjects::release::records::ConfigurationState::Dropped));
    assert_eq!(state("CI-防火墙"), Some(fabu_domain::subjects::release::records::ConfigurationState::Planned));
    case.go(Stage::Completed);
}

refusals! {
    /// 3.3: the gate compares, whoever changed the list.
    fn start_when_a_list_is_not_the_approved_one() {
        let mut case = ready_to_start();
        case.dossier.configuration[0].planned_version = "9.9.9".to_owned();
        let refused = case.refused(case.cast.implementer, &start(&case), &[Code::ApprovalOutdated]);
        refused.clause("5.6").cleared_by(case.cast.administrator).codes()
    }
    fn a_go_live_approval_in_a_window_that_is_over() {
        let mut case = planned();
        let over = case.way.theme.end;
        case.wait_until(over);
        case.refused(case.cast.administrator, &convene(&case), &[Code::WindowPast]).clause("5.5.4").codes()
    }
    fn a_go_live_approval_with_a_high_risk_that_nobody_accepted() {
        let mut case = new();
        case.until(|d| d.units.len() == 2 && d.test_cases.len() == 7);
        let risky = case.way.theme.clone().with_high_risk();
        case.submit(case.cast.administrator, DocumentKind::ReleasePlan, contents::release_plan(&case.cast, &risky));
        case.go(Stage::GoLivePlanning);
        case.until(|d| d.latest(DocumentKind::GoLivePlan).is_some());
        let refused = case.refused(case.cast.administrator, &convene(&case), &[Code::RiskNotAccepted]);
        refused.clause("RO1b").cleared_by(case.cast.owner).codes()
    }
    fn a_go_live_approval_before_the_go_live_plan() {
        let case = at(Stage::GoLivePlanning);
        case.refused(case.cast.administrator, &convene(&case), &[Code::DocumentNotSubmitted]).clause("5.5").codes()
    }
    fn a_go_live_approval_of_a_change_withdrawn_meanwhile() {
        let mut case = planned();
        case.dossier.changes[0].state = ChangeState::Withdrawn; // change management tells the store, not the release
        case.refused(case.cast.administrator, &convene(&case), &[Code::ChangeNotApproved]).clause("9.1b").codes()
    }
    fn start_outside_the_window() {
        let mut case = ready_to_start();
        let (opens, closes) = (case.way.theme.start, case.way.theme.end);
        case.around.now = opens - TimeDelta::seconds(1);
        let mut codes = case.refused(case.cast.implementer, &start(&case), &[Code::WindowNotOpen]).clause("5.8a").codes();
        case.around.now = closes;
        codes.extend(case.refused(case.cast.implementer, &start(&case), &[Code::WindowPast]).codes());
        codes
    }
    /// 5.7c, 5.7d: whoever deploys is on the roster and has met the duty.
    fn start_with_an_implementer_who_is_not_on_the_roster() {
        let mut case = ready_to_start();
        let stranger = person("feng.jing");
        let user = case.around.directory.users.get_mut(&stranger).unwrap();
        user.roles = user.roles.iter().chain([Role::Implementer]).collect();
        case.done(case.cast.administrator, Command::AssignRole { role: Role::Implementer, user_id: stranger, reason: "换班".to_owned() });
        let refused = case.refused(stranger, &start(&case), &[Code::ImplementerNotOnRoster]);
        refused.clause("5.7c").cleared_by(case.cast.administrator).codes()
    }
    fn start_with_an_open_duty_acknowledgement() {
        let mut case = at(Stage::Readiness);
        let implementer = case.cast.implementer;
        let open = |d: &fabu_domain::subjects::release::Dossier| d.tasks.iter().filter(|t| t.is_open() && t.blocks == Blocks::DeploymentStart).count();
        case.until(|d| open(d) == 1 || d.tasks.iter().any(|t| t.kind == TaskKind::DutyAcknowledgement && !t.is_open()));
        let opens = case.way.theme.start;
        case.wait_until(opens);
        let refusal = case.ask(implementer, &start(&case)).unwrap_err();
        let duties = refusal.unmet().iter().filter(|u| u.code == Code::TaskOpen && u.clause() == "5.7d").count();
        assert!(duties >= 1, "{refusal}");
        refusal.unmet().iter().map(|u| u.code).collect()
    }
    fn start_with_a_unit_whose_hash_is_not_the_tested_one() {
        let case = ready_to_start();
        let Command::StartDeployment { mut units, note } = start(&case) else { unreachable!() };
        units[0].sha256 = "0".repeat(64);
        let command = Command::StartDeployment { units, note };
        case.refused(case.cast.implementer, &command, &[Code::UnitHashDiffers]).clause("3.1b").codes()
    }
    fn start_without_checking_a_unit() {
        let case = ready_to_start();
        let Command::StartDeployment { mut units, note } = start(&case) else { unreachable!() };
        units.pop();
        units.push(DeployedUnit { unit_id: fabu_domain::ids::UnitId::nth(case.dossier.release.id, 99), sha256: String::new() });
        let command = Command::StartDeployment { units, note };
        case.refused(case.cast.implementer, &command, &[Code::UnitNotDeployed, Code::UnitUnknown]).codes()
    }
    fn start_without_a_baseline() {
        let mut case = at(Stage::Readiness);
        case.until(|d| d.configuration.iter().any(|c| c.baseline.is_some()));
        let refusal = case.ask(case.cast.implementer, &start(&case)).unwrap_err();
        let baselines: Vec<_> = refusal.unmet().iter().filter(|u| u.code == Code::BaselineMissing).collect();
        assert_eq!(baselines.iter().map(|u| u.clause()).collect::<Vec<_>>(), ["5.2"]);
        refusal.unmet().iter().map(|u| u.code).collect()
    }
    fn start_by_the_administrator() {
        let case = ready_to_start();
        case.refused(case.cast.administrator, &start(&case), &[Code::NotPermitted]).clause("5.8a").cleared_by(case.cast.implementer).codes()
    }
    fn start_before_the_go_live_approval() {
        let mut case = at(Stage::GoLiveApproval);
        let opens = case.way.theme.start;
        case.wait_until(opens);
        let expected = [Code::ApprovalNotPassed, Code::BaselineMissing, Code::BaselineMissing];
        let refused = case.refused(case.cast.implementer, &start(&case), &expected);
        refused.clause("5.6").cleared_by(case.cast.owner).codes()
    }
    /// 5.4d: an acceptance that is taken back before the deployment stops it, and sends the plan back.
    fn start_after_the_customer_took_the_acceptance_back() {
        let mut case = ready_to_start();
        case.vote(case.cast.representative, ApprovalKind::CustomerAcceptance, ballot(fabu_domain::blocks::approval::Decision::Return, "发现严重缺陷"));
        let codes = case.refused(case.cast.implementer, &start(&case), &[Code::ApprovalNotPassed]).clause("5.4d").codes();
        case.done(case.cast.administrator, Command::ReviseReleasePlan { reason: "客户撤回验收".to_owned() });
        codes
    }
    fn start_of_a_change_withdrawn_meanwhile() {
        let mut case = ready_to_start();
        case.dossier.changes[0].state = ChangeState::Withdrawn;
        case.refused(case.cast.implementer, &start(&case), &[Code::ChangeNotApproved]).codes()
    }
    fn start_for_every_reason_at_once() {
        let mut case = at(Stage::Readiness);
        case.dossier.changes[0].state = ChangeState::Withdrawn;
        let command = Command::StartDeployment { units: Vec::new(), note: String::new() };
        let refusal = case.ask(case.cast.implementer, &command).unwrap_err();
        let codes: Vec<Code> = refusal.unmet().iter().map(|u| u.code).collect();
        for code in [Code::WindowNotOpen, Code::ChangeNotApproved, Code::TaskOpen, Code::BaselineMissing, Code::UnitNotDeployed] {
            assert!(codes.contains(&code), "{code:?}");
        }
        codes
    }
    fn start_of_an_emergency_that_is_not_approved() {
        let mut case = emergency_at(Stage::GoLiveApproval);
        let opens = case.way.theme.start;
        case.wait_until(opens);
        case.refused(case.cast.implementer, &start(&case), &[Code::ApprovalNotPassed, Code::BaselineMissing, Code::BaselineMissing]).codes()
    }
    fn start_before_the_go_live_plan_is_made() {
        let case = at(Stage::GoLivePlanning);
        case.refused(case.cast.implementer, &start(&case), &[Code::WrongStage]).codes()
    }
}

#[test]
fn an_early_start_within_the_tolerance_of_the_procedure_is_accepted() {
    let mut case = ready_to_start();
    case.around.parameters.start_tolerance_minutes = 15;
    case.around.now = case.way.theme.start - TimeDelta::minutes(15);
    let command = start(&case);
    assert!(case.ask(case.cast.implementer, &command).is_ok());
    case.around.now -= TimeDelta::minutes(1);
    case.refused(case.cast.implementer, &command, &[Code::WindowNotOpen]);
}
