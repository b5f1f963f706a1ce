//! Plan, changes, opinions, risks (§5.1, 9.1a, RA1, RO1b).

use super::refusals;
use crate::support::*;
use fabu_domain::{
    blocks::{document::DocumentKind, task::TaskKind},
    subject::refusal::Code,
    subjects::release::{command::Command, documents::ReleasePlan, stage::Stage},
};
use fabu_scenario::{journey::panel, world::approved_change};

fn convene() -> Command {
    Command::ConvenePlanReview { convocation: panel(&[]) }
}

/// A release whose plan is submitted and whose departments have answered.
pub fn ready_for_review() -> Case {
    let mut case = new();
    case.until(|d| d.latest(DocumentKind::ReleasePlan).is_some() && !d.test_cases.is_empty());
    case.until(|d| d.tasks.iter().any(|t| t.kind == TaskKind::OpinionRequest) && d.tasks.iter().all(|t| !t.is_open()));
    case
}

refusals! {
    fn a_review_of_a_plan_that_is_not_submitted_with_every_reason_at_once() {
        let case = new();
        let codes = case.refused(case.cast.administrator, &convene(), &[Code::DocumentNotSubmitted, Code::OpinionNone]);
        codes.clause("5.1").cleared_by(case.cast.administrator).codes()
    }
    fn a_review_with_changes_that_are_not_submitted() {
        let mut case = ready_for_review();
        let plan = fabu_scenario::contents::release_plan(&case.cast, &case.way.theme);
        let other = ReleasePlan { purpose: "另一目的".to_owned(), ..plan.clone() };
        let administrator = case.cast.administrator;
        let save = |plan: ReleasePlan| Command::SaveDraft { document: DocumentKind::ReleasePlan, content: plan.into() };
        case.done(administrator, save(other));
        let codes = case.refused(administrator, &convene(), &[Code::DocumentDraftNewer]).clause("5.1").codes();
        // A draft that says again what the newest revision says holds nothing up.
        case.done(administrator, save(plan));
        case.done(administrator, convene());
        codes
    }
    fn a_review_with_an_unanswered_opinion_request() {
        let mut case = ready_for_review();
        let departments = vec![fabu_scenario::company::department("management")];
        case.done(case.cast.administrator, Command::RequestOpinions { departments, question: String::new() });
        case.refused(case.cast.administrator, &convene(), &[Code::TaskOpen]).clause("4.RA1").cleared_by(person("luo.shan")).codes()
    }
    fn an_opinion_request_to_a_department_without_head() {
        let case = new();
        let departments = vec![fabu_scenario::company::department("nobody")];
        let ask = Command::RequestOpinions { departments, question: String::new() };
        case.refused(case.cast.administrator, &ask, &[Code::DepartmentNoReviewer]).clause("5.3a").codes()
    }
    fn a_review_when_a_department_has_no_head_and_no_deputy() {
        let mut case = ready_for_review();
        case.deactivate(person("xu.hai"));
        case.deactivate(person("jiang.bo"));
        case.refused(case.cast.administrator, &convene(), &[Code::DepartmentNoReviewer]).clause("5.3a").codes()
    }
    fn a_review_by_a_head_who_wrote_in_the_plan() {
        let mut case = new();
        case.deputise(person("xu.hai"), case.cast.administrator);
        case.deactivate(person("jiang.bo"));
        case.done(case.cast.administrator, Command::RequestOpinions { departments: vec![], question: String::new() });
        let content = fabu_scenario::contents::release_plan(&case.cast, &case.way.theme);
        case.submit(person("xu.hai"), DocumentKind::ReleasePlan, content);
        case.until(|d| d.tasks.iter().all(|t| !t.is_open()));
        case.refused(case.cast.administrator, &convene(), &[Code::DepartmentMissing]).clause("5.3a").codes()
    }
    fn a_plan_review_of_an_emergency() {
        let case = emergency_at(Stage::Planning);
        let expected = [Code::EmergencyRoute, Code::DocumentNotSubmitted, Code::OpinionNone];
        case.refused(case.cast.administrator, &convene(), &expected).clause("D11").codes()
    }
    fn an_emergency_approval_of_a_normal_release() {
        let case = new();
        let command = Command::ConveneEmergencyApproval { convocation: panel(&[(case.cast.owner, fabu_domain::people::role::Role::ReleaseOwner)]) };
        let expected = [Code::NormalRoute, Code::DocumentNotSubmitted, Code::UnitNone, Code::RiskNone, Code::WindowNone];
        case.refused(case.cast.administrator, &command, &expected).clause("D11").codes()
    }
    fn an_emergency_approval_without_plan_units_risks_and_window() {
        let case = emergency_at(Stage::Planning);
        let command = Command::ConveneEmergencyApproval { convocation: panel(&[]) };
        let expected = [Code::DocumentNotSubmitted, Code::UnitNone, Code::RiskNone, Code::WindowNone, Code::PanelOwnerMissing, Code::PanelEmpty];
        case.refused(case.cast.administrator, &command, &expected).codes()
    }
    /// D11: the emergency route is for emergency changes, or by a recorded exception of the general manager.
    fn an_emergency_approval_of_a_normal_change() {
        let mut case = emergency_at(Stage::Planning);
        case.until(|d| d.latest(fabu_domain::blocks::document::DocumentKind::ReleasePlan).is_some() && d.units.len() == 2);
        case.dossier.changes[0].kind = fabu_domain::subjects::change::ChangeKind::Normal;
        let panel = panel(&[(case.cast.owner, fabu_domain::people::role::Role::ReleaseOwner)]);
        let command = Command::ConveneEmergencyApproval { convocation: panel };
        let codes = case.refused(case.cast.administrator, &command, &[Code::EmergencyUnfounded]).clause("D11").codes();
        let kind = fabu_domain::subjects::release::ExceptionKind::EmergencyRoute;
        let grant = Command::GrantException { kind, reason: "生产中断，变更按紧急处理".to_owned() };
        case.refused(case.cast.owner, &grant, &[Code::NotPermitted]);
        case.done(case.cast.general_manager, grant);
        case.done(case.cast.administrator, command);
        codes
    }
    fn a_change_that_is_in_another_release() {
        let case = new();
        let mut change = approved_change(2);
        change.in_release = Some("REL-2026-0009".to_owned());
        case.refused(case.cast.change_manager, &Command::AddChange { change }, &[Code::ChangeInRelease]).clause("5.1").codes()
    }
    fn a_change_that_is_here_already() {
        let case = new();
        case.refused(case.cast.change_manager, &Command::AddChange { change: approved_change(1) }, &[Code::ChangeInRelease]).codes()
    }
    fn the_removal_of_the_only_change() {
        let case = new();
        let command = Command::RemoveChange { change_id: case.dossier.changes[0].id, reason: "并入其它发布".to_owned() };
        case.refused(case.cast.change_manager, &command, &[Code::ChangeLast]).clause("2a").codes()
    }
    fn the_removal_of_a_change_that_is_not_here() {
        let case = new();
        let command = Command::RemoveChange { change_id: approved_change(9).id, reason: String::new() };
        case.refused(case.cast.change_manager, &command, &[Code::ChangeNotHere]).codes()
    }
    fn the_removal_of_a_change_by_the_administrator() {
        let case = new();
        let command = Command::RemoveChange { change_id: case.dossier.changes[0].id, reason: String::new() };
        case.refused(case.cast.administrator, &command, &[Code::NotPermitted]).clause("9.1a").codes()
    }
    fn a_review_of_a_grouping_that_change_management_did_not_confirm() {
        let case = grouped();
        let expected = [Code::GroupingUnconfirmed, Code::DocumentNotSubmitted, Code::OpinionNone];
        case.refused(case.cast.administrator, &convene(), &expected).codes()
    }
    fn a_second_confirmation_of_the_grouping() {
        let mut case = grouped();
        case.done(case.cast.change_manager, Command::ConfirmGrouping);
        case.refused(case.cast.change_manager, &Command::ConfirmGrouping, &[Code::GroupingConfirmed]).clause("9.1a").codes()
    }
    fn the_acceptance_of_a_risk_that_is_not_high() {
        let case = ready_for_review();
        let command = Command::AcceptRisk { risk: "k1".to_owned(), reason: "可控".to_owned() };
        case.refused(case.cast.owner, &command, &[Code::RiskUnknown]).clause("RO1b").codes()
    }
    fn a_second_request_of_the_same_opinions() {
        let mut case = new();
        let ask = Command::RequestOpinions { departments: vec![], question: String::new() };
        case.done(case.cast.administrator, ask.clone());
        case.refused(case.cast.administrator, &ask, &[Code::OpinionNobodyToAsk]).clause("4.RA1").codes()
    }
    fn a_second_review_of_a_returned_revision() {
        let mut case = at(Stage::PlanReview);
        let kind = fabu_domain::blocks::approval::ApprovalKind::PlanReview;
        case.vote(person("xu.hai"), kind, ballot(fabu_domain::blocks::approval::Decision::Return, "回退条件不明确"));
        case.refused(case.cast.administrator, &convene(), &[Code::DocumentReturned]).clause("5.1").codes()
    }
    fn the_acceptance_of_a_risk_by_the_administrator() {
        let case = ready_for_review();
        let command = Command::AcceptRisk { risk: "k1".to_owned(), reason: "可控".to_owned() };
        case.refused(case.cast.administrator, &command, &[Code::NotPermitted]).cleared_by(case.cast.owner).codes()
    }
}

/// A release of two changes, created by its administrator.
fn grouped() -> Case {
    use fabu_domain::subjects::release::stage::ReleaseKind;
    let mut case = new();
    let mut new = fabu_scenario::world::new_release(&case.cast, "合并发布", ReleaseKind::Minor, 1);
    new.changes.push(approved_change(2));
    case.world = fabu_scenario::World::create(case.world.around.clone(), case.way.cast.clone(), &new).unwrap();
    case
}

#[test]
fn adding_a_change_after_the_review_returns_the_plan_and_voids_the_review() {
    let mut case = at(Stage::Testing);
    case.done(case.cast.change_manager, Command::AddChange { change: approved_change(2) });
    assert_eq!(case.dossier.release.stage, Stage::Planning);
    let review = case.approval(fabu_domain::blocks::approval::ApprovalKind::PlanReview);
    assert_eq!(review.state, fabu_domain::blocks::approval::ApprovalState::Void);
    assert!(case.dossier.release.grouping.is_some(), "change management has set the group");
}
