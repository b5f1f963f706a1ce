//! Whom a refusal names, for whom a deputy acts, and what a person is offered (R0, D16, D19).

use crate::support::*;
use fabu_domain::{
    blocks::{approval::ApprovalKind, document::DocumentKind},
    ids::UserId,
    language::Language,
    people::role::Role,
    subject::refusal::Code,
    subjects::release::{
        ExceptionKind,
        command::{Ballot, Command, CommandName},
        stage::{ReleaseKind, Stage},
    },
};
use fabu_scenario::{contents, journey::agreement};

/// What is in the way of a command for a person, in English.
fn in_the_way(case: &Case, by: UserId, name: CommandName) -> Vec<String> {
    let action = case.actions(by).into_iter().find(|action| action.name == name).expect("a command of this stage");
    action.blocked_by.iter().map(|unmet| unmet.text(Language::English)).collect()
}

#[test]
fn a_refusal_names_the_office_or_says_that_only_the_named_may() {
    let case = at(Stage::Testing);
    let auditor = person("xie.ning");
    let comment = in_the_way(&case, auditor, CommandName::AddComment).join("\n");
    assert!(comment.contains("people who have a say in releases"), "{comment}");
    let task = in_the_way(&case, auditor, CommandName::CompleteTask).join("\n");
    assert!(task.contains("the people named for it"), "{task}");
}

/// Only the documents of the stage are offered: a draft of another one would be refused.
#[test]
fn a_stage_offers_its_own_documents() {
    let offered = |case: &Case, by: UserId| -> Vec<DocumentKind> {
        case.actions(by).iter().filter(|a| a.name == CommandName::SaveDraft).filter_map(|a| a.document).collect()
    };
    let case = new();
    assert_eq!(offered(&case, case.cast.administrator), [DocumentKind::ReleasePlan]);
    let case = at(Stage::Testing);
    assert_eq!(offered(&case, case.cast.tester), [DocumentKind::TestReport]);
    let case = at(Stage::ConfigurationUpdate);
    assert_eq!(offered(&case, case.cast.owner), [], "a successful release needs no review (3.5)");
}

/// 5.4c: a report may be begun at any time; it is submitted when there is something that was tested.
#[test]
fn a_document_is_begun_before_what_its_submission_needs() {
    let mut case = at(Stage::Testing);
    for unit in case.dossier.units.clone() {
        let command = Command::WithdrawUnit { unit_id: unit.id, reason: "重新打包".to_owned() };
        case.done(case.cast.administrator, command);
    }
    let tester = case.cast.tester;
    let (document, content) = (DocumentKind::TestReport, fabu_domain::subjects::release::documents::TestReport::default().into());
    case.done(tester, Command::SaveDraft { document, content });
    let refusal = case.ask(tester, &Command::SubmitDocument { document, note: String::new(), figures: None }).unwrap_err();
    assert!(refusal.unmet().iter().any(|unmet| unmet.code == Code::UnitNone), "{refusal}");
}

/// D16: a deputy of several members answers for the one he names; who names himself names nobody else.
#[test]
fn a_deputy_answers_for_the_member_that_he_names() {
    let (deputy, heads) = (person("lin.na"), [person("yang.fan"), person("xu.hai")]);
    for named in heads {
        let mut case = at(Stage::PlanReview);
        heads.iter().for_each(|head| case.deputise(deputy, *head));
        case.vote(deputy, ApprovalKind::PlanReview, Ballot { on_behalf_of: Some(named), ..agreement() });
        let review = case.approval(ApprovalKind::PlanReview);
        let answered: Vec<_> = review.members.iter().filter(|m| m.vote.is_some()).map(|m| m.user_id).collect();
        assert_eq!(answered, [named]);
    }
    let mut case = at(Stage::PlanReview);
    case.deputise(deputy, heads[1]);
    case.vote(deputy, ApprovalKind::PlanReview, Ballot { on_behalf_of: Some(deputy), ..agreement() });
    assert!(!case.approval(ApprovalKind::PlanReview).awaited().any(|member| member == heads[1]));
}

/// R0, RO1b: the risks of a plan are accepted by somebody who did not write in it.
#[test]
fn an_owner_who_wrote_in_the_plan_accepts_no_risk_of_it() {
    let mut case = new();
    let owner = case.cast.owner;
    let kind = ExceptionKind::OwnerIsAdministrator;
    case.done(case.cast.general_manager, Command::GrantException { kind, reason: "管理员生病".to_owned() });
    case.deputise(owner, case.cast.administrator);
    let risky = case.way.theme.clone().with_high_risk();
    let plan = contents::release_plan(&case.cast, &risky);
    let risk = plan.high_residual_risks().next().unwrap().key.clone();
    let accept = Command::AcceptRisk { risk, reason: "可控".to_owned() };
    let mut by_administrator = case.clone();
    by_administrator.submit(case.cast.administrator, DocumentKind::ReleasePlan, plan.clone());
    by_administrator.done(owner, accept.clone());
    case.submit(owner, DocumentKind::ReleasePlan, plan);
    case.refused(owner, &accept, &[Code::Contributor]).clause("R0");
}

/// D19: the first tester of a release may be anybody's choice; who follows is not chosen by whom the tester controls.
#[test]
fn a_role_that_nobody_held_yet_may_be_taken() {
    let around = fabu_scenario::world::Surroundings::example().unwrap();
    let mut case = new();
    let mut plain = fabu_scenario::world::new_release(&case.cast, "补丁", ReleaseKind::Minor, 1);
    plain.team.retain(|(role, ..)| *role != Role::ReleaseTester);
    case.world = fabu_scenario::World::create(around, case.way.cast.clone(), &plain).unwrap();
    let assign = |user_id| Command::AssignRole { role: Role::ReleaseTester, user_id, reason: "补充成员".to_owned() };
    let (administrator, tester) = (case.cast.administrator, case.cast.tester);
    let owner = person("wang.zhiyuan");
    case.around.directory.users.get_mut(&owner).unwrap().roles = [Role::ProcessOwner, Role::ReleaseTester].into_iter().collect();
    let mut own = case.clone();
    own.done(owner, assign(owner));
    own.done(case.cast.owner, assign(tester));
    own.refused(owner, &assign(owner), &[Code::SelfAppointed]);
    case.done(administrator, assign(tester));
    case.refused(administrator, &assign(person("zhou.ting")), &[Code::NotPermitted]);
}

/// What an author still has to enter: nothing of a whole document, everything of an empty one, and never the figures, which
/// are counted at the submission (5.11.2).
#[test]
fn an_author_is_told_what_is_left_to_enter() {
    use fabu_domain::{blocks::document::DocumentContent, subjects::release::decide::left_to_enter};
    let case = new();
    let left = |content: DocumentContent| left_to_enter(&case.facts(), &content).len();
    assert_eq!(left(contents::release_plan(&case.cast, &case.way.theme).into()), 0);
    assert!(left(fabu_domain::subjects::release::documents::ReleasePlan::default().into()) > 10);
    assert_eq!(left(contents::release_report(&case.way.theme).into()), 0);
    assert!(left(fabu_domain::subjects::release::documents::ReleaseReport::default().into()) > 0);
}

/// 5.10a, D18: only what an emergency made up later is outstanding; everything else may be excused when it is missing.
#[test]
fn a_record_that_is_there_is_not_excused() {
    let excuse = |record: &str| Command::ExcuseArchiveRecord { record: record.to_owned(), reason: "不适用".to_owned() };
    let normal = at(Stage::Closure);
    normal.refused(normal.cast.owner, &excuse("plan_review"), &[Code::ArchiveNotMissing]);
    let emergency = emergency_at(Stage::Closure);
    emergency.refused(emergency.cast.owner, &excuse("release_plan"), &[Code::ArchiveNotMissing]);
    emergency.refused(emergency.cast.owner, &excuse("plan_review"), &[Code::ArchiveOwed]);
}

/// 3.1b: a unit is known by the hash of what was built, 64 hexadecimal digits, and by its number in the release.
#[test]
fn a_unit_is_registered_by_a_whole_hash() {
    let mut case = new();
    let mut unit = case.way.theme.new_units().remove(0);
    for wrong in ["g".repeat(64), "A".repeat(64), "0".repeat(63), "0".repeat(65)] {
        unit.sha256 = wrong;
        case.refused(case.cast.administrator, &Command::RegisterUnit { unit: unit.clone() }, &[Code::UnitHashInvalid]);
    }
    unit.sha256 = "0123456789abcdef".repeat(4);
    case.done(case.cast.administrator, Command::RegisterUnit { unit });
    assert_eq!(case.dossier.units[0].id, fabu_domain::ids::UnitId::nth(case.dossier.release.id, 1));
}
