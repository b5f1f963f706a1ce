//! What answers lead to, and what of them is kept (5.3b, 5.6b, D16, D18).

use crate::support::*;
use fabu_domain::{
    approval::{ApprovalKind, ApprovalState, Condition, Decision},
    command::{Ballot, Command},
    event::ReleaseEvent,
    ids::ApprovalId,
    refusal::Code,
    stage::Stage,
    task::{Blocks, TaskKind},
};

/// Where the release went last, and the reason that was noted.
fn last_move(case: &Case) -> (Stage, String) {
    let moved = |event: &ReleaseEvent| match event {
        ReleaseEvent::StageChanged { to, reason, .. } => Some((*to, reason.clone())),
        _ => None,
    };
    case.events.iter().rev().find_map(moved).expect("a move")
}

#[test]
fn a_returned_plan_goes_back_for_the_reason_of_those_who_returned_it() {
    let mut case = at(Stage::PlanReview);
    assert_eq!(case.dossier.approvals[0].id, ApprovalId::nth(case.dossier.release.id, 1));
    case.vote(person("yang.fan"), ApprovalKind::PlanReview, ballot(Decision::Pass, "无意见"));
    case.vote(person("xu.hai"), ApprovalKind::PlanReview, ballot(Decision::Return, "回退条件不明确"));
    assert_eq!(last_move(&case), (Stage::Planning, "回退条件不明确".to_owned()));
}

/// 5.6b: a go-live plan that is not approved is worked over; in an emergency there is only the release plan (D11).
#[test]
fn a_returned_go_live_approval_leads_back_to_the_plan_that_it_looked_at() {
    for (mut case, back) in
        [(at(Stage::GoLiveApproval), Stage::GoLivePlanning), (emergency_at(Stage::GoLiveApproval), Stage::Planning)]
    {
        let by = case.approval(ApprovalKind::GoLiveApproval).members[0].user_id;
        case.vote(by, ApprovalKind::GoLiveApproval, ballot(Decision::Return, "时间不合适"));
        assert_eq!(case.approval(ApprovalKind::GoLiveApproval).state, ApprovalState::Returned);
        assert_eq!(last_move(&case), (back, "时间不合适".to_owned()));
    }
}

/// D16: the very same answer a second time is a second click; another one takes the place of the first.
#[test]
fn only_the_very_same_answer_is_a_repetition() {
    let mut case = at(Stage::PlanReview);
    let (head, kind) = (person("yang.fan"), ApprovalKind::PlanReview);
    let id = case.approval(kind).id;
    let condition = |text: &str| Condition { text: text.to_owned(), assignee: None, due: None };
    let conditional =
        |text: &str, comment: &str| Ballot { conditions: vec![condition(text)], ..ballot(Decision::PassWithConditions, comment) };
    let answers = [
        ballot(Decision::Pass, "资料齐全"),
        ballot(Decision::Pass, "同意"),
        conditional("补充测试", "同意"),
        conditional("补充测试", "数据不足"),
        conditional("补充压力测试", "数据不足"),
    ];
    for answer in answers {
        case.done(head, vote(id, answer.clone()));
        let given = case.approval(kind).members.iter().find(|m| m.user_id == head).and_then(|m| m.vote.clone()).unwrap();
        assert_eq!((given.decision, &given.comment, &given.conditions), (answer.decision, &answer.comment, &answer.conditions));
        case.refused(head, &vote(id, answer), &[Code::VoteRepeated]);
    }
}

/// 5.10a: once the release is closed, nothing is added to an approval that was decided.
#[test]
fn an_approval_takes_no_remark_once_the_release_is_closed() {
    let mut case = at(Stage::Closure);
    let decided = case.approval(ApprovalKind::GoLiveApproval).clone();
    let (by, remark) = (decided.members[0].user_id, ballot(Decision::Pass, "事后补充"));
    case.done(by, vote(decided.id, remark.clone()));
    assert_eq!(case.approval(ApprovalKind::GoLiveApproval).remarks.len(), 1);
    case.go(Stage::Closed);
    let later = ballot(Decision::Pass, "再次补充");
    case.refused(by, &vote(decided.id, later), &[Code::ReleaseClosed]);
}

/// D18: what is reviewed after the deployment stops the closing, there is no go-live approval any more.
#[test]
fn a_condition_of_a_review_that_is_made_up_stops_the_closing() {
    let mut case = emergency_at(Stage::ConfigurationUpdate);
    case.until(|d| d.latest_approval(ApprovalKind::PlanReview).is_some_and(|a| a.is_open()));
    let by = case.approval(ApprovalKind::PlanReview).awaited().next().unwrap();
    let condition = Condition { text: "补充应急预案".to_owned(), assignee: Some(case.cast.tester), due: None };
    let conditional = Ballot { conditions: vec![condition], ..ballot(Decision::PassWithConditions, "预案不全") };
    case.vote(by, ApprovalKind::PlanReview, conditional);
    assert_eq!(case.task(TaskKind::Condition, case.cast.tester).blocks, Blocks::Closure);
}

/// 9.1a: a single change is no group.
#[test]
fn a_release_of_one_change_has_no_grouping_to_confirm() {
    let case = new();
    case.refused(case.cast.change_manager, &Command::ConfirmGrouping, &[Code::GroupingConfirmed]).clause("9.1a");
}
