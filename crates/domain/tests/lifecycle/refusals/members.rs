//! Who chooses the control (5.3a, D19), and members of a panel who can act no more (5.3a).

use super::refusals;
use crate::support::*;
use fabu_domain::{
    blocks::approval::{ApprovalKind, ApprovalState, Capacity, Quorum},
    ids::{ApprovalId, UserId},
    people::role::Role,
    subject::refusal::Code,
    subjects::release::{
        ExceptionKind,
        command::{Command, Convocation, Invitation},
        panel::{member_notice, unable},
        stage::{ReleaseKind, Stage, Verdict},
    },
};
use fabu_scenario::{
    cast::CASTS,
    journey::{agreement, panel},
};

fn review(change: impl FnOnce(&mut Convocation)) -> Command {
    let mut convocation = panel(&[]);
    change(&mut convocation);
    Command::ConvenePlanReview { convocation }
}

fn asked(login: &str, sections: &[&str]) -> Invitation {
    let sections = sections.iter().map(|s| (*s).to_owned()).collect();
    Invitation { user_id: person(login), capacity: Capacity::Stakeholder, sections }
}

fn exception(kind: ExceptionKind) -> Command {
    Command::GrantException { kind, reason: "两位负责人出差".to_owned() }
}

fn replace(case: &Case, member: UserId, successor: UserId) -> Command {
    let approval_id = case.dossier.approvals.last().map_or(ApprovalId::nth(case.dossier.release.id, 1), |a| a.id);
    Command::ReplaceMember { approval_id, member, successor, reason: "原成员已离职".to_owned() }
}

/// The plan review, of whose two heads one has answered and the other has left.
fn waiting_for_nobody() -> Case {
    let mut case = at(Stage::PlanReview);
    case.vote(person("yang.fan"), ApprovalKind::PlanReview, agreement());
    case.deactivate(person("xu.hai"));
    case
}

refusals! {
    fn a_review_decided_by_fewer_than_all() {
        let mut case = super::planning::ready_for_review();
        let command = review(|c| {
            c.rule.quorum = Quorum::AtLeast;
            c.rule.count = Some(1);
        });
        let refused = case.refused(case.cast.administrator, &command, &[Code::QuorumReduced]).clause("5.3");
        let mut by_manager = case.clone();
        by_manager.done(case.cast.general_manager, exception(ExceptionKind::ReviewQuorumReduced));
        by_manager.done(case.cast.administrator, command.clone());
        case.done(person("wang.zhiyuan"), exception(ExceptionKind::ReviewQuorumReduced));
        case.done(case.cast.administrator, command);
        refused.codes()
    }
    fn a_deputy_head_while_the_head_is_there() {
        let mut case = super::planning::ready_for_review();
        let command = review(|c| c.members.push(asked("tang.qi", &[])));
        let refused = case.refused(case.cast.administrator, &command, &[Code::DepartmentHeadReplaced]).clause("5.3a");
        let mut lifted = case.clone();
        lifted.done(case.cast.general_manager, exception(ExceptionKind::DeputyHeadReviews));
        lifted.done(case.cast.administrator, command.clone());
        case.deputise(case.cast.support, person("yang.fan"));
        case.around.directory.deputies[0].absent = true;
        case.done(case.cast.administrator, command);
        let members: Vec<_> = case.approval(ApprovalKind::PlanReview).members.iter().map(|m| m.user_id).collect();
        assert_eq!(members, [person("tang.qi"), person("xu.hai")], "the head is away");
        refused.codes()
    }
    fn a_head_who_answers_for_one_trivial_section() {
        let mut case = super::planning::ready_for_review();
        let command = review(|c| c.members.push(asked("yang.fan", &["schedule"])));
        let refused = case.refused(case.cast.administrator, &command, &[Code::ReviewSectionsReduced]).clause("5.3a");
        case.done(case.cast.general_manager, exception(ExceptionKind::ReviewSectionsReduced));
        case.done(case.cast.administrator, command);
        refused.codes()
    }
    fn a_panel_that_leaves_sections_to_nobody() {
        let mut case = super::planning::ready_for_review();
        let objects = case.dossier.release.service_objects.clone();
        objects.iter().for_each(|id| case.around.directory.service_objects.get_mut(id).unwrap().departments.clear());
        let command = review(|c| c.members.push(asked("lin.na", &["schedule"])));
        case.refused(case.cast.administrator, &command, &[Code::DepartmentNone, Code::ReviewSectionsUncovered]).clause("5.3a").codes()
    }
    fn a_panel_member_without_a_say() {
        let case = super::planning::ready_for_review();
        let command = review(|c| c.members.push(asked("xie.ning", &[])));
        case.refused(case.cast.administrator, &command, &[Code::PanelMemberUnfit]).codes()
    }
    fn a_seat_of_a_role_that_the_member_was_not_granted() {
        let case = super::planning::ready_for_review();
        let seat = Capacity::Role(Role::ChangeManager);
        let command = review(|c| c.members.push(Invitation { capacity: seat, ..asked("lin.na", &[]) }));
        case.refused(case.cast.administrator, &command, &[Code::PanelMemberUnfit]).codes()
    }
    fn the_replacement_of_a_member_who_can_answer() {
        let case = at(Stage::PlanReview);
        let command = replace(&case, person("xu.hai"), person("jiang.bo"));
        case.refused(case.cast.administrator, &command, &[Code::MembersAble, Code::MemberAble]).clause("5.3a").codes()
    }
    fn the_replacement_of_somebody_who_was_not_asked() {
        let case = waiting_for_nobody();
        let command = replace(&case, person("lin.na"), person("jiang.bo"));
        case.refused(case.cast.administrator, &command, &[Code::MemberUnknown]).codes()
    }
    fn the_replacement_of_a_head_by_somebody_of_the_administrators_choice() {
        let case = waiting_for_nobody();
        let command = replace(&case, person("xu.hai"), person("lin.na"));
        case.refused(case.cast.administrator, &command, &[Code::SuccessorUnfit]).codes()
    }
    fn closing_while_a_member_can_act_no_more() {
        let mut case = opened(&CASTS[0], ReleaseKind::Minor, |way| way.ending(Verdict::RolledBack)).to(Stage::Closure);
        let task_id = case.task(fabu_domain::blocks::task::TaskKind::FollowUpWork, case.cast.support).id;
        let done = Command::CompleteTask { task_id, text: "已观察".to_owned(), attachments: Vec::new() };
        case.done(case.cast.support, done);
        let customer = case.cast.customer_id;
        let yesterday = fabu_domain::time::clock::company_day(case.around.now).pred_opt();
        case.around.directory.customers.get_mut(&customer).unwrap().representatives[0].until = yesterday;
        let close = Command::CloseRelease { note: "完成".to_owned() };
        let expected = [Code::ApprovalOpen, Code::MemberUnable, Code::ArchiveMissing];
        case.refused(case.cast.implementer, &close, &expected).codes()
    }
}

/// One member is replaced by the fit person; the plan is not recalled and the vote of the other stays (5.3a).
#[test]
fn a_member_who_left_is_replaced_and_the_votes_of_the_others_stay() {
    let mut case = waiting_for_nobody();
    let review = case.approval(ApprovalKind::PlanReview).clone();
    let seat = review.members.iter().find(|m| m.user_id == person("xu.hai")).unwrap();
    assert!(unable(&case.facts(), &review, seat).is_some());
    assert!(member_notice(&case.facts(), &review, seat).is_some_and(|text| text.zh.contains("停用")));
    let offered = |case: &Case| {
        let actions = case.actions(case.cast.administrator).into_iter();
        actions.filter(|a| a.blocked_by.is_empty()).any(|a| a.name.as_str() == "replace_member")
    };
    assert!(offered(&case) && !offered(&at(Stage::PlanReview)));
    case.done(case.cast.administrator, replace(&case, person("xu.hai"), person("jiang.bo")));
    let review = case.approval(ApprovalKind::PlanReview);
    assert_eq!(review.awaited().collect::<Vec<_>>(), [person("jiang.bo")]);
    assert_eq!(review.members.iter().filter(|m| m.vote.is_some()).count(), 1);
    case.vote(person("jiang.bo"), ApprovalKind::PlanReview, agreement());
    let review = case.approval(ApprovalKind::PlanReview);
    assert_eq!(review.state, ApprovalState::Passed);
}

/// Away, with a deputy who may not act: said to whoever asks, and the seat can be given on (D16, 5.3a).
#[test]
fn a_member_who_is_away_without_a_fit_deputy_can_be_replaced() {
    let mut case = at(Stage::PlanReview);
    case.deputise(person("zhao.min"), person("xu.hai"));
    case.around.directory.deputies[0].absent = true;
    let review = case.approval(ApprovalKind::PlanReview).clone();
    let seat = review.members.iter().find(|m| m.user_id == person("xu.hai")).unwrap();
    let notice = member_notice(&case.facts(), &review, seat).unwrap();
    assert!(notice.zh.contains("赵敏不能代行"), "{notice:?}");
    case.done(case.cast.administrator, replace(&case, person("xu.hai"), person("jiang.bo")));
}

/// An acceptance that waits for a representative whose entitlement has ended goes to another one (5.4d).
#[test]
fn an_acceptance_goes_to_another_entitled_representative() {
    let mut case = opened(&CASTS[1], ReleaseKind::Minor, |way| way).to(Stage::Acceptance);
    let customer = case.cast.customer_id;
    let yesterday = fabu_domain::time::clock::company_day(case.around.now).pred_opt();
    case.around.directory.customers.get_mut(&customer).unwrap().representatives[0].until = yesterday;
    case.done(case.cast.administrator, replace(&case, person("bai.xuefeng"), person("pu.yunhua")));
    case.vote(person("pu.yunhua"), ApprovalKind::CustomerAcceptance, agreement());
    assert_eq!(case.dossier.release.stage, Stage::GoLivePlanning);
}
