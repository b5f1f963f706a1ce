//! Panels and votes (5.3a, 5.3b, 5.6, principles 1 to 5).

use super::refusals;
use crate::support::*;
use fabu_domain::{
    blocks::{
        approval::{ApprovalKind, Capacity, Condition, Decision, Quorum},
        document::DocumentKind,
    },
    ids::{ApprovalId, UserId},
    people::role::Role,
    subject::refusal::Code,
    subjects::release::{
        command::{Ballot, Command, Convocation, Invitation},
        facts::Actor,
        stage::Stage,
    },
};
use fabu_scenario::{
    contents,
    journey::{agreement, panel},
};

fn invited(user_id: UserId) -> Invitation {
    Invitation { user_id, capacity: Capacity::Stakeholder, sections: Vec::new() }
}

fn review(change: impl FnOnce(&mut Convocation)) -> Command {
    let mut convocation = panel(&[]);
    change(&mut convocation);
    Command::ConvenePlanReview { convocation }
}

fn before_go_live() -> Case {
    let mut case = at(Stage::GoLivePlanning);
    case.until(|d| d.latest(DocumentKind::GoLivePlan).is_some());
    case
}

fn go_live(members: &[(UserId, Role)]) -> Command {
    Command::ConveneGoLiveApproval { convocation: panel(members) }
}

/// The vote of a member on the newest approval of a kind.
fn answer(case: &Case, kind: ApprovalKind, ballot: Ballot) -> Command {
    vote(case.approval(kind).id, ballot)
}

refusals! {
    fn an_empty_review_panel() {
        let mut case = super::planning::ready_for_review();
        let objects = case.dossier.release.service_objects.clone();
        objects.iter().for_each(|id| case.around.directory.service_objects.get_mut(id).unwrap().departments.clear());
        case.refused(case.cast.administrator, &review(|_| {}), &[Code::DepartmentNone, Code::PanelEmpty]).clause("5.3a").codes()
    }
    fn an_inactive_member() {
        let mut case = super::planning::ready_for_review();
        case.deactivate(person("lin.na"));
        let command = review(|c| c.members.push(invited(person("lin.na"))));
        case.refused(case.cast.administrator, &command, &[Code::PanelMemberUnfit]).codes()
    }
    fn a_member_named_twice() {
        let case = super::planning::ready_for_review();
        let command = review(|c| c.members = vec![invited(person("lin.na")), invited(person("lin.na"))]);
        case.refused(case.cast.administrator, &command, &[Code::PanelMemberUnfit]).codes()
    }
    fn a_member_who_speaks_for_a_department_without_being_its_head() {
        let case = super::planning::ready_for_review();
        let department = Capacity::Department(fabu_scenario::company::department("software"));
        let command = review(|c| c.members.push(Invitation { capacity: department, ..invited(person("lin.na")) }));
        case.refused(case.cast.administrator, &command, &[Code::PanelMemberUnfit]).codes()
    }
    fn a_member_who_wrote_in_the_plan() {
        let case = super::planning::ready_for_review();
        let command = review(|c| c.members.push(invited(case.cast.administrator)));
        case.refused(case.cast.administrator, &command, &[Code::Contributor]).clause("R0").codes()
    }
    fn a_rule_that_the_panel_cannot_meet() {
        let case = super::planning::ready_for_review();
        let command = review(|c| {
            c.rule.quorum = Quorum::AtLeast;
            c.rule.count = Some(9);
        });
        case.refused(case.cast.administrator, &command, &[Code::PanelRule]).codes()
    }
    fn a_rule_of_no_votes() {
        let case = super::planning::ready_for_review();
        let command = review(|c| c.rule.quorum = Quorum::AtLeast);
        case.refused(case.cast.administrator, &command, &[Code::PanelRule]).codes()
    }
    fn a_section_that_the_plan_does_not_have() {
        let case = super::planning::ready_for_review();
        let command = review(|c| c.members.push(Invitation { sections: vec!["weather".to_owned()], ..invited(person("lin.na")) }));
        case.refused(case.cast.administrator, &command, &[Code::PanelSection]).codes()
    }
    fn a_go_live_approval_without_the_owner() {
        let case = before_go_live();
        let command = go_live(&[(case.cast.change_manager, Role::ChangeManager)]);
        case.refused(case.cast.administrator, &command, &[Code::PanelOwnerMissing]).clause("5.6a").codes()
    }
    fn a_go_live_approval_by_the_administrator_alone() {
        let mut case = before_go_live();
        let successor = person("zhang.wei");
        let command = Command::AssignRole { role: Role::ReleaseAdministrator, user_id: successor, reason: "换岗".to_owned() };
        case.done(case.cast.owner, command);
        let command = go_live(&[(successor, Role::ReleaseAdministrator)]);
        case.refused(successor, &command, &[Code::PanelOwnerMissing, Code::PanelAdministratorOnly]).codes()
    }
    fn a_go_live_approval_with_an_empty_panel() {
        let case = before_go_live();
        case.refused(case.cast.administrator, &go_live(&[]), &[Code::PanelEmpty, Code::PanelOwnerMissing]).codes()
    }
    fn go_live_approval_by_a_contributor() {
        let mut case = at(Stage::GoLivePlanning);
        let deputy = person("zhang.wei");
        case.deputise(deputy, case.cast.administrator);
        case.submit(deputy, DocumentKind::GoLivePlan, contents::go_live_plan(&case.cast, &case.way.theme));
        let command = go_live(&[(case.cast.owner, Role::ReleaseOwner), (deputy, Role::ReleaseAdministrator)]);
        case.refused(case.cast.administrator, &command, &[Code::Contributor]).clause("R0");
        case.done(case.cast.administrator, go_live(&[(case.cast.owner, Role::ReleaseOwner)]));
        case.deputise(deputy, case.cast.owner);
        let command = answer(&case, ApprovalKind::GoLiveApproval, agreement());
        case.refused(deputy, &command, &[Code::Contributor]).codes()
    }
    fn a_go_live_vote_without_the_password() {
        let case = at(Stage::GoLiveApproval);
        let command = answer(&case, ApprovalKind::GoLiveApproval, agreement());
        let late = case.around.now - chrono::TimeDelta::minutes(11);
        let mut refused = Vec::new();
        for reauthenticated_at in [None, Some(late), Some(case.around.now + chrono::TimeDelta::minutes(1))] {
            let actor = Actor { user_id: case.cast.owner, reauthenticated_at };
            let result = fabu_domain::subjects::release::decide::decide(&case.facts(), &actor, &command).map(|_| ());
            refused.extend(Refused::of(result, &[Code::ReauthenticationNeeded]).clause("5.6b").codes());
        }
        refused
    }
    fn a_vote_by_somebody_who_was_not_asked() {
        let case = at(Stage::PlanReview);
        let command = answer(&case, ApprovalKind::PlanReview, agreement());
        case.refused(person("li.jianguo"), &command, &[Code::NotPermitted]).cleared_by(person("yang.fan")).codes()
    }
    fn a_vote_by_a_deputy_who_is_a_member() {
        let mut case = at(Stage::PlanReview);
        case.deputise(person("yang.fan"), person("xu.hai"));
        let ballot = Ballot { on_behalf_of: Some(person("xu.hai")), ..agreement() };
        let command = answer(&case, ApprovalKind::PlanReview, ballot);
        case.refused(person("yang.fan"), &command, &[Code::OneVoteEach]).clause("R0").codes()
    }
    fn a_deputy_who_changes_the_answer_of_the_member() {
        let mut case = at(Stage::PlanReview);
        case.deputise(person("lin.na"), person("xu.hai"));
        case.vote(person("xu.hai"), ApprovalKind::PlanReview, agreement());
        let command = answer(&case, ApprovalKind::PlanReview, ballot(Decision::Return, "另有意见"));
        case.refused(person("lin.na"), &command, &[Code::ApprovalAnswered]).codes()
    }
    fn the_same_answer_by_the_same_person_again() {
        let mut case = at(Stage::PlanReview);
        case.vote(person("xu.hai"), ApprovalKind::PlanReview, agreement());
        let command = answer(&case, ApprovalKind::PlanReview, agreement());
        case.refused(person("xu.hai"), &command, &[Code::VoteRepeated]).clause("5.3b").codes()
    }
    fn a_return_without_a_comment() {
        let case = at(Stage::PlanReview);
        let command = answer(&case, ApprovalKind::PlanReview, ballot(Decision::Return, " "));
        case.refused(person("xu.hai"), &command, &[Code::VoteCommentRequired]).clause("5.3b").codes()
    }
    fn conditions_without_a_text() {
        let case = at(Stage::PlanReview);
        let command = answer(&case, ApprovalKind::PlanReview, ballot(Decision::PassWithConditions, ""));
        case.refused(person("xu.hai"), &command, &[Code::VoteCommentRequired, Code::VoteConditionRequired]).codes()
    }
    fn conditions_of_a_plain_agreement() {
        let case = at(Stage::PlanReview);
        let condition = Condition { text: "补充材料".to_owned(), assignee: Some(person("nobody")), due: None };
        let command = answer(&case, ApprovalKind::PlanReview, Ballot { conditions: vec![condition], ..agreement() });
        case.refused(person("xu.hai"), &command, &[Code::VoteConditionUnexpected, Code::AssigneeUnfit]).codes()
    }
    fn a_vote_on_an_unknown_approval() {
        let case = at(Stage::PlanReview);
        let command = vote(ApprovalId::nth(case.dossier.release.id, 99), agreement());
        case.refused(person("xu.hai"), &command, &[Code::ApprovalUnknown]).codes()
    }
    fn a_vote_on_stale_content() {
        let mut case = at(Stage::PlanReview);
        let command = answer(&case, ApprovalKind::PlanReview, agreement());
        case.done(case.cast.administrator, Command::ReviseReleasePlan { reason: "补充风险".to_owned() });
        case.refused(person("xu.hai"), &command, &[Code::ApprovalStale]).clause("5.3c").codes()
    }
    fn an_acceptance_by_somebody_whose_entitlement_has_ended() {
        let mut case = at(Stage::Acceptance);
        let customer = case.cast.customer_id;
        let yesterday = fabu_domain::time::clock::company_day(case.around.now).pred_opt();
        case.around.directory.customers.get_mut(&customer).unwrap().representatives[0].until = yesterday;
        let command = answer(&case, ApprovalKind::CustomerAcceptance, agreement());
        case.refused(case.cast.representative, &command, &[Code::NotRepresentative]).clause("5.4d").codes()
    }
    fn approval_of_the_plan_by_somebody_else_than_the_owner() {
        let mut case = at(Stage::PlanReview);
        case.until(|d| d.latest_approval(ApprovalKind::PlanApproval).is_some());
        let command = answer(&case, ApprovalKind::PlanApproval, agreement());
        case.refused(case.cast.administrator, &command, &[Code::NotPermitted]).cleared_by(case.cast.owner).codes()
    }
    fn approval_of_the_plan_by_an_owner_who_wrote_in_it() {
        let mut case = new();
        let kind = fabu_domain::subjects::release::ExceptionKind::OwnerIsAdministrator;
        case.done(case.cast.general_manager, Command::GrantException { kind, reason: "管理员生病".to_owned() });
        case.deputise(case.cast.owner, case.cast.administrator);
        case.done(case.cast.administrator, Command::RequestOpinions { departments: vec![], question: String::new() });
        case.submit(case.cast.owner, DocumentKind::ReleasePlan, contents::release_plan(&case.cast, &case.way.theme));
        case.until(|d| d.latest_approval(ApprovalKind::PlanApproval).is_some());
        let command = answer(&case, ApprovalKind::PlanApproval, agreement());
        case.refused(case.cast.owner, &command, &[Code::Contributor]).codes()
    }
}

#[test]
fn a_late_vote_is_kept_as_a_remark() {
    let mut case = at(Stage::Testing);
    let command = answer(&case, ApprovalKind::PlanReview, ballot(Decision::Return, "仍有疑问"));
    case.done(person("xu.hai"), command);
    let review = case.approval(ApprovalKind::PlanReview);
    assert_eq!(review.remarks.len(), 1);
    assert_eq!(review.state, fabu_domain::blocks::approval::ApprovalState::Passed);
}

#[test]
fn a_head_who_wrote_in_the_plan_is_replaced_by_the_deputy_head() {
    let mut case = opened_by_head();
    case.go(Stage::PlanReview);
    let review = case.approval(ApprovalKind::PlanReview);
    let asked: Vec<_> = review.members.iter().map(|m| m.user_id).collect();
    assert!(asked.contains(&person("deng.chao")) && !asked.contains(&person("zhang.wei")), "{asked:?}");
}

/// A release whose administrator heads a department concerned.
fn opened_by_head() -> Case {
    let mut case = new();
    let successor = person("zhang.wei");
    let command = Command::AssignRole { role: Role::ReleaseAdministrator, user_id: successor, reason: "休假".to_owned() };
    case.done(case.cast.owner, command);
    case.world.cast.administrator = successor;
    case.way.cast.administrator = successor;
    let object = case.dossier.release.service_objects[0];
    let operations = fabu_scenario::company::department("operations");
    case.around.directory.service_objects.get_mut(&object).unwrap().departments.push(operations);
    case
}

#[test]
fn a_deputy_answers_for_the_member_and_the_record_shows_who() {
    let mut case = at(Stage::PlanReview);
    let (deputy, head) = (person("jiang.bo"), person("xu.hai"));
    case.deputise(deputy, head);
    let approval_id = case.approval(ApprovalKind::PlanReview).id;
    let outcome = case.ask(deputy, &vote(approval_id, agreement())).unwrap();
    assert_eq!(outcome.on_behalf_of, Some(head));
    case.done(deputy, vote(approval_id, agreement()));
    let member = case.approval(ApprovalKind::PlanReview).members.iter().find(|m| m.user_id == head).unwrap();
    assert_eq!(member.vote.as_ref().map(|v| v.by), Some(deputy));
}

#[test]
fn a_vote_that_was_given_holds_although_another_member_took_a_role_over() {
    let mut case = at(Stage::GoLiveApproval);
    let (owner, successor, manager) = (case.cast.owner, person("he.wenbin"), case.cast.change_manager);
    case.vote(manager, ApprovalKind::GoLiveApproval, agreement());
    case.done(owner, Command::AssignRole { role: Role::ReleaseOwner, user_id: successor, reason: "出差".to_owned() });
    let approval = case.approval(ApprovalKind::GoLiveApproval);
    assert_eq!(approval.awaited().collect::<Vec<_>>(), [successor]);
    assert_eq!(approval.rule.must_include, [successor]);
    let held: Vec<_> =
        case.dossier.team.iter().filter(|a| a.role == Role::ReleaseOwner).map(|a| (a.user_id, a.until.is_some())).collect();
    assert_eq!(held, [(owner, true), (successor, false)]);
    case.vote(successor, ApprovalKind::GoLiveApproval, agreement());
    assert_eq!(case.dossier.release.stage, Stage::Readiness);
}

#[test]
fn a_successor_who_sits_on_the_panel_already_is_asked_once() {
    let mut case = at(Stage::Deployment);
    let successor = person("zhang.wei");
    case.until(|d| d.release.deployment.is_some() && d.run_sheet.len() == 4);
    let command = Command::CompletePhase { phase: "full".to_owned(), stakeholders: vec![successor] };
    case.done(case.cast.implementer, command);
    let command = Command::AssignRole { role: Role::ReleaseAdministrator, user_id: successor, reason: "换岗".to_owned() };
    case.done(case.cast.owner, command);
    let asked: Vec<_> = case.approval(ApprovalKind::DeploymentConfirmation).awaited().collect();
    assert_eq!(asked, [successor, case.cast.representative]);
}

/// 5.3c, D19: whoever returned a plan is on the next panel, and must agree, whomever the administrator asks.
#[test]
fn whoever_returned_is_asked_again() {
    let mut case = at(Stage::GoLiveApproval);
    let (kind, dissenter) = (ApprovalKind::GoLiveApproval, person("gao.ming"));
    case.done(case.cast.administrator, Command::ReviseGoLivePlan { reason: "改期".to_owned() });
    let mut plan = contents::go_live_plan(&case.cast, &case.way.theme);
    let owner = (case.cast.owner, Role::ReleaseOwner);
    let both = vec![owner, (dissenter, Role::ChangeManager)];
    for (message, members) in [("请提前安排业务", both), ("如有疑问请致电服务台", vec![owner])] {
        plan.communication.message = message.to_owned();
        case.submit(case.cast.administrator, DocumentKind::GoLivePlan, plan.clone());
        case.done(case.cast.administrator, go_live(&members));
        assert!(case.approval(kind).members.iter().any(|member| member.user_id == dissenter), "asked with {members:?}");
        if members.len() == 2 {
            case.vote(dissenter, kind, ballot(Decision::Return, "窗口与结算冲突"));
        }
    }
    case.vote(case.cast.owner, kind, agreement());
    assert!(case.approval(kind).is_open(), "not without whoever returned it");
    case.vote(dissenter, kind, agreement());
    assert_eq!(case.dossier.release.stage, Stage::Readiness);
}

/// 5.4d: the customer accepted by the criteria of a plan; another plan, or other units, are accepted anew.
#[test]
fn another_plan_is_accepted_anew() {
    let mut case = at(Stage::GoLivePlanning);
    case.done(case.cast.administrator, Command::ReviseReleasePlan { reason: "调整验收标准".to_owned() });
    let mut plan = contents::release_plan(&case.cast, &case.way.theme);
    plan.acceptance_criteria[0].text = "能启动即可".to_owned();
    case.submit(case.cast.administrator, DocumentKind::ReleasePlan, plan);
    case.go(Stage::Acceptance);
    let acceptance = case.approval(ApprovalKind::CustomerAcceptance);
    assert_eq!((acceptance.is_open(), acceptance.awaited().collect::<Vec<_>>()), (true, vec![case.cast.representative]));
}

/// 2b, 5.3a: a change that is added brings its service objects, and with them the departments that review.
#[test]
fn an_added_change_brings_its_service_objects() {
    let mut case = new();
    let other = fabu_scenario::company::object("BANK-NET");
    let change = fabu_domain::subjects::release::command::ChangeToAdd {
        service_objects: vec![other],
        ..fabu_scenario::world::approved_change(7)
    };
    case.done(case.cast.change_manager, Command::AddChange { change });
    assert!(case.dossier.release.service_objects.contains(&other));
    let removed = Command::RemoveChange { change_id: fabu_scenario::world::approved_change(7).id, reason: "推迟".to_owned() };
    case.done(case.cast.change_manager, removed);
    assert!(case.dossier.release.service_objects.contains(&other), "what was once concerned is looked at by whoever it concerns");
}
