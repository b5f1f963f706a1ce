//! What answers lead to, and what of them is kept (5.3b, 5.6b, D16, D18).

use crate::support::*;
use fabu_domain::{
    blocks::{
        approval::{ApprovalKind, ApprovalState, Capacity, Condition, Decision},
        document::DocumentKind,
        task::{Blocks, TaskKind},
    },
    ids::{ApprovalId, UserId},
    subject::refusal::Code,
    subjects::{
        event::ReleaseEvent,
        release::{
            ExceptionKind,
            command::{Ballot, Command, Convocation, Invitation},
            documents::ReleasePlan,
            stage::Stage,
        },
    },
};
use fabu_scenario::{
    contents,
    journey::{agreement, panel},
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

/// A review of a part of the plan each, of which a deputy agrees to the second, and the head of the first returns it.
fn answered_by_a_deputy(deputy: UserId) -> (Case, Convocation) {
    let mut case = new();
    case.until(|d| d.latest(DocumentKind::ReleasePlan).is_some() && !d.test_cases.is_empty());
    case.until(|d| !d.tasks.is_empty() && d.tasks.iter().all(|t| !t.is_open()));
    let kind = ExceptionKind::ReviewSectionsReduced;
    case.done(case.cast.general_manager, Command::GrantException { kind, reason: "各部门只涉及部分章节".to_owned() });
    let invited = |login: &str, section: &str| Invitation {
        user_id: person(login),
        capacity: Capacity::Stakeholder,
        sections: vec![section.to_owned()],
    };
    let mut convocation = panel(&[]);
    convocation.members = vec![invited("yang.fan", "problems"), invited("xu.hai", "rollback")];
    case.deputise(deputy, person("xu.hai"));
    case.done(case.cast.administrator, Command::ConvenePlanReview { convocation: convocation.clone() });
    case.vote(deputy, ApprovalKind::PlanReview, agreement());
    case.vote(person("yang.fan"), ApprovalKind::PlanReview, ballot(Decision::Return, "问题不全"));
    (case, convocation)
}

fn with_another_problem(case: &Case) -> ReleasePlan {
    let mut plan = contents::release_plan(&case.cast, &case.way.theme);
    plan.problems[0].solution = "联系厂商处理".to_owned();
    plan
}

/// D16: one person, one voice; what a deputy answered holds until he is asked in person, or has written in the plan himself
/// (principle 2).
#[test]
fn an_answer_of_a_deputy_is_taken_over_while_the_deputy_may_still_answer() {
    let deputy = person("lin.na");
    let awaited = |case: &Case| case.approval(ApprovalKind::PlanReview).awaited().collect::<Vec<_>>();
    let (first, second) = (person("yang.fan"), person("xu.hai"));
    for (in_person, writes, expected) in
        [(false, false, vec![first]), (true, false, vec![first, second, deputy]), (false, true, vec![first, second])]
    {
        let (mut case, mut convocation) = answered_by_a_deputy(deputy);
        let (administrator, plan) = (case.cast.administrator, with_another_problem(&case));
        case.deputise(deputy, administrator);
        case.submit(if writes { deputy } else { administrator }, DocumentKind::ReleasePlan, plan);
        if in_person {
            convocation.members.push(Invitation { user_id: deputy, capacity: Capacity::Stakeholder, sections: Vec::new() });
        }
        case.done(administrator, Command::ConvenePlanReview { convocation });
        assert_eq!(awaited(&case), expected, "asked in person: {in_person}, wrote: {writes}");
    }
}

/// D16: a member who lost the seat is told so, not that he has a voice already.
#[test]
fn a_member_who_lost_the_seat_is_told_so_before_anything_else() {
    let mut case = at(Stage::PlanReview);
    let member = person("xu.hai");
    case.deputise(member, person("yang.fan"));
    let network = fabu_scenario::company::department("network");
    case.around.directory.departments.get_mut(&network).unwrap().head = Some(person("zheng.kai"));
    let id = case.approval(ApprovalKind::PlanReview).id;
    case.refused(member, &vote(id, agreement()), &[Code::SeatLost]);
    // So is a deputy, of the seat that he answered in.
    let mut case = at(Stage::PlanReview);
    let deputy = person("lin.na");
    ["yang.fan", "xu.hai"].into_iter().for_each(|head| case.deputise(deputy, person(head)));
    case.vote(deputy, ApprovalKind::PlanReview, Ballot { on_behalf_of: Some(member), ..agreement() });
    case.around.directory.departments.get_mut(&network).unwrap().head = Some(person("zheng.kai"));
    case.refused(deputy, &vote(id, ballot(Decision::Pass, "补充说明")), &[Code::DeputyUnfit]);
}

/// 5.2: the go-live plan goes back over everything that the release plan says is to be rolled back.
#[test]
fn a_go_live_plan_leaves_out_no_part_of_the_rollback() {
    let mut case = at(Stage::GoLivePlanning);
    let mut plan = contents::go_live_plan(&case.cast, &case.way.theme);
    let left_out = plan.rollback_steps[0].group;
    plan.rollback_steps.retain(|step| step.group != left_out);
    let document = DocumentKind::GoLivePlan;
    case.done(case.cast.administrator, Command::SaveDraft { document, content: plan.into() });
    let submit = Command::SubmitDocument { document, note: String::new(), figures: None };
    case.refused(case.cast.administrator, &submit, &[Code::DocumentIncomplete]);
}
