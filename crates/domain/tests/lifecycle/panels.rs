//! Panels: in which capacity people are asked, how many must agree, and who follows a member who can act no more (5.3a,
//! 5.6a, D16, D19).

use crate::support::*;
use fabu_domain::{
    blocks::{
        approval::{ApprovalKind, Capacity, Quorum},
        document::DocumentKind,
    },
    ids::UserId,
    people::role::Role,
    subject::refusal::Code,
    subjects::release::{
        ExceptionKind,
        command::{Command, Invitation},
        decide::decide,
        facts::Actor,
        panel::{member_notice, unable},
        stage::{ReleaseKind, Stage},
    },
};
use fabu_scenario::{
    cast::CASTS,
    company::department,
    contents,
    journey::{agreement, panel},
};

fn invited(login: &str, sections: &[&str]) -> Invitation {
    let sections = sections.iter().map(|s| (*s).to_owned()).collect();
    Invitation { user_id: person(login), capacity: Capacity::Stakeholder, sections }
}

/// A release whose plan is ready for its review.
fn ready() -> Case {
    let mut case = new();
    case.until(|d| d.latest(DocumentKind::ReleasePlan).is_some() && !d.test_cases.is_empty());
    case.until(|d| !d.tasks.is_empty() && d.tasks.iter().all(|t| !t.is_open()));
    case
}

fn review(members: Vec<Invitation>) -> Command {
    let mut convocation = panel(&[]);
    convocation.members = members;
    Command::ConvenePlanReview { convocation }
}

fn replace(case: &Case, kind: ApprovalKind, member: UserId, successor: UserId) -> Command {
    let approval_id = case.approval(kind).id;
    Command::ReplaceMember { approval_id, member, successor, reason: "原成员不能答复".to_owned() }
}

/// 5.3a: a head speaks for the department, whoever else is asked speaks for himself.
#[test]
fn a_head_is_asked_for_the_department_and_everybody_else_as_named() {
    let mut case = ready();
    let seat = Invitation { capacity: Capacity::Role(Role::SupportStaff), ..invited("lin.na", &[]) };
    case.done(case.cast.administrator, review(vec![invited("gao.ming", &[]), invited("yang.fan", &[]), seat]));
    let members = &case.approval(ApprovalKind::PlanReview).members;
    let asked: Vec<_> = members.iter().map(|m| (m.user_id, m.capacity)).collect();
    let expected = [
        (person("gao.ming"), Capacity::Stakeholder),
        (person("yang.fan"), Capacity::Department(department("software"))),
        (person("lin.na"), Capacity::Role(Role::SupportStaff)),
        (person("xu.hai"), Capacity::Department(department("network"))),
    ];
    assert_eq!(asked, expected);
}

/// 5.3a, D19: the head of any department looks at the whole plan, also one who is asked besides.
#[test]
fn a_head_of_another_department_is_not_asked_about_one_section_only() {
    let case = ready();
    let refused = |member| case.refused(case.cast.administrator, &review(vec![member]), &[Code::ReviewSectionsReduced]);
    refused(invited("luo.shan", &["schedule"]));
    let mut other = case.clone();
    other.done(case.cast.administrator, review(vec![invited("lin.na", &["schedule"])]));
}

/// 5.3b: "at least so many" may mean everybody, and is then the rule by default in other words.
#[test]
fn at_least_all_of_the_members_is_no_reduction() {
    for (count, expected) in [(1, Some(Code::QuorumReduced)), (2, None), (3, Some(Code::PanelRule))] {
        let mut case = ready();
        let mut convocation = panel(&[]);
        (convocation.rule.quorum, convocation.rule.count) = (Quorum::AtLeast, Some(count));
        let command = Command::ConvenePlanReview { convocation };
        match expected {
            Some(code) => drop(case.refused(case.cast.administrator, &command, &[code])),
            None => case.done(case.cast.administrator, command),
        }
    }
}

/// 5.6a, D19: the owner decides about the whole go-live plan.
#[test]
fn an_owner_is_not_asked_about_a_part_of_the_go_live_plan() {
    let mut case = at(Stage::GoLivePlanning);
    case.until(|d| d.latest(DocumentKind::GoLivePlan).is_some());
    let mut convocation = panel(&[(case.cast.owner, Role::ReleaseOwner), (case.cast.change_manager, Role::ChangeManager)]);
    convocation.members[0].sections = vec!["window".to_owned()];
    let command = Command::ConveneGoLiveApproval { convocation };
    case.refused(case.cast.administrator, &command, &[Code::ReviewSectionsReduced]).clause("5.6a");
    let kind = ExceptionKind::ReviewSectionsReduced;
    case.done(case.cast.general_manager, Command::GrantException { kind, reason: "只改时间".to_owned() });
    case.done(case.cast.administrator, command);
}

/// D16: whoever asks learns that a member is away, and who of the deputies answers.
#[test]
fn the_notice_about_a_member_says_who_answers() {
    let mut case = at(Stage::PlanReview);
    let head = person("xu.hai");
    let notice = |case: &Case| {
        let review = case.approval(ApprovalKind::PlanReview);
        let seat = review.members.iter().find(|m| m.user_id == head).unwrap();
        let unable = unable(&case.facts(), review, seat).is_some();
        (unable, member_notice(&case.facts(), review, seat).map(|text| text.zh).unwrap_or_default())
    };
    assert_eq!(notice(&case), (false, String::new()), "nothing is to be said of somebody who is there");
    case.deputise(person("jiang.bo"), head);
    assert_eq!(notice(&case), (false, "可由蒋波代行".to_owned()));
    case.around.directory.deputies[0].absent = true;
    assert_eq!(notice(&case), (false, "外出；可由蒋波代行".to_owned()));
    case.deputise(person("lin.na"), person("jiang.bo"));
    case.around.directory.deputies[1].absent = true;
    assert_eq!(notice(&case), (true, "外出，且没有可代行的代理人；代理人蒋波也外出".to_owned()));
    case.deputise(person("huang.tao"), head);
    assert_eq!(notice(&case), (false, "外出；代理人蒋波也外出；可由黄涛代行".to_owned()));
    case.vote(head, ApprovalKind::PlanReview, agreement());
    case.around.directory.deputies.pop();
    assert_eq!(notice(&case), (false, String::new()), "answered, so nobody waits for him");
}

/// 5.6a: who decides as the owner is followed by the owner, not by somebody else who was granted the role.
#[test]
fn a_seat_of_the_team_passes_to_the_holder_of_the_role_in_this_release() {
    let mut case = at(Stage::GoLiveApproval);
    let owner = case.cast.owner;
    case.deputise(person("zhao.min"), owner);
    case.around.directory.deputies[0].absent = true;
    let other = person("he.wenbin");
    assert!(case.around.directory.holds(other, Role::ReleaseOwner));
    let command = replace(&case, ApprovalKind::GoLiveApproval, owner, other);
    case.refused(case.cast.administrator, &command, &[Code::SuccessorUnfit]);
}

/// 5.3a: for a department follows its reviewer; a head who wrote in the plan reviews nothing of it (principle 2).
#[test]
fn a_seat_of_a_department_passes_to_nobody_who_wrote_in_the_plan() {
    let mut case = new();
    case.deputise(person("jiang.bo"), case.cast.administrator);
    case.done(case.cast.administrator, Command::RequestOpinions { departments: Vec::new(), question: String::new() });
    let plan = contents::release_plan(&case.cast, &case.way.theme);
    case.submit(person("jiang.bo"), DocumentKind::ReleasePlan, plan);
    case.go(Stage::PlanReview);
    case.deactivate(person("xu.hai"));
    let command = replace(&case, ApprovalKind::PlanReview, person("xu.hai"), person("jiang.bo"));
    case.refused(case.cast.administrator, &command, &[Code::SuccessorUnfit, Code::Contributor]);
}

/// 5.8b: a result is confirmed by anybody concerned who has a say, also by somebody who wrote in the plan.
#[test]
fn a_stakeholder_who_left_is_followed_by_anybody_with_a_say() {
    let mut case = at(Stage::GoLivePlanning);
    let writer = person("zhang.wei");
    case.deputise(writer, case.cast.administrator);
    case.submit(writer, DocumentKind::GoLivePlan, contents::go_live_plan(&case.cast, &case.way.theme));
    case.go(Stage::Deployment);
    case.until(|d| d.run_sheet.len() == 4);
    let stakeholder = person("huang.tao");
    case.done(case.cast.implementer, Command::CompletePhase { phase: "full".to_owned(), stakeholders: vec![stakeholder] });
    case.deactivate(stakeholder);
    let to = |case: &Case, successor| replace(case, ApprovalKind::DeploymentConfirmation, stakeholder, successor);
    for unfit in [stakeholder, person("xie.ning")] {
        case.refused(case.cast.administrator, &to(&case, unfit), &[Code::SuccessorUnfit]);
    }
    case.done(case.cast.administrator, to(&case, writer));
    assert!(case.approval(ApprovalKind::DeploymentConfirmation).awaited().any(|member| member == writer));
}

/// D16: who holds an office acts as that holder, although somebody else's deputy too.
#[test]
fn a_holder_who_is_a_deputy_as_well_acts_as_himself() {
    let mut grouped = new();
    let mut change = fabu_scenario::world::new_release(&grouped.cast, "合并发布", ReleaseKind::Minor, 1);
    change.changes.push(fabu_scenario::world::approved_change(2));
    let (around, cast) = (grouped.world.around.clone(), grouped.way.cast.clone());
    grouped.world = fabu_scenario::World::create(around, cast, &change).unwrap();
    let (first, second) = (grouped.cast.change_manager, person("lin.na"));
    grouped.around.directory.users.get_mut(&second).unwrap().roles = [Role::ChangeManager].into_iter().collect();
    grouped.deputise(first, second);
    grouped.deputise(second, first);
    for manager in [first, second] {
        let actor = Actor { user_id: manager, reauthenticated_at: None };
        let outcome = decide(&grouped.facts(), &actor, &Command::ConfirmGrouping).unwrap();
        assert_eq!(outcome.on_behalf_of, None);
    }
    let case = opened(&CASTS[0], ReleaseKind::Minor, |way| way);
    let draft = |case: &Case, by| {
        let content = contents::release_plan(&case.cast, &case.way.theme).into();
        let outcome = decide(
            &case.facts(),
            &Actor { user_id: by, reauthenticated_at: None },
            &Command::SaveDraft { document: DocumentKind::ReleasePlan, content },
        );
        outcome.unwrap().dossier.documents[&DocumentKind::ReleasePlan].draft.as_ref().unwrap().on_behalf_of
    };
    let mut deputised = case.clone();
    deputised.deputise(person("zhang.wei"), case.cast.administrator);
    assert_eq!(draft(&case, case.cast.administrator), None);
    assert_eq!(draft(&deputised, person("zhang.wei")), Some(case.cast.administrator), "both are authors (principle 2)");
}

/// 5.6a: a seat of an office of the company passes to another holder of the office.
#[test]
fn a_seat_of_an_office_passes_to_another_holder() {
    let mut case = at(Stage::GoLiveApproval);
    let (manager, other) = (case.cast.change_manager, person("lin.na"));
    case.deactivate(manager);
    let command = replace(&case, ApprovalKind::GoLiveApproval, manager, other);
    case.refused(case.cast.administrator, &command, &[Code::SuccessorUnfit]);
    case.around.directory.users.get_mut(&other).unwrap().roles = [Role::ChangeManager].into_iter().collect();
    case.done(case.cast.administrator, command);
}

/// 5.3a: also while both heads are away, nobody else speaks for the department.
#[test]
fn a_seat_of_a_department_passes_to_one_of_its_heads_only() {
    let mut case = at(Stage::PlanReview);
    for head in ["xu.hai", "jiang.bo"] {
        case.deputise(person("zhao.min"), person(head));
    }
    case.around.directory.deputies.iter_mut().for_each(|deputy| deputy.absent = true);
    let to = |case: &Case, login| replace(case, ApprovalKind::PlanReview, person("xu.hai"), person(login));
    case.refused(case.cast.administrator, &to(&case, "lin.na"), &[Code::SuccessorUnfit]);
    case.done(case.cast.administrator, to(&case, "jiang.bo"));
}
