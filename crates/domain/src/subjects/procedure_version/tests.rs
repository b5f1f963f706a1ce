//! Versions of the procedure: which is in force on a day, who signs, what is refused.

use super::*;
use crate::{
    ids::DeputyId,
    language::Language,
    people::directory::{Deputy, Directory, User},
    subject::{
        Step, answerable_for,
        refusal::{Code, Refusal},
    },
    subjects::release::{command::Ballot, parameters::Parameters},
};
use chrono::TimeDelta;

const AUTHOR: UserId = UserId(Uuid::from_u128(1));
const REVIEWER: UserId = UserId(Uuid::from_u128(2));
const MANAGER: UserId = UserId(Uuid::from_u128(3));
const SECOND_MANAGER: UserId = UserId(Uuid::from_u128(4));
const HELPER: UserId = UserId(Uuid::from_u128(5));

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Nine in the morning in China on 2 March 2026.
fn now() -> DateTime<Utc> {
    "2026-03-02T01:00:00Z".parse().unwrap()
}

fn directory(people: &[(UserId, Role)]) -> Directory {
    let user = |(id, role): &(UserId, Role)| {
        let user = User {
            id: *id,
            login: id.to_string(),
            name: id.to_string().try_into().unwrap(),
            email: None,
            phone: None,
            department_id: None,
            position: None,
            roles: [*role].into_iter().collect(),
            language: Language::Chinese,
            active: true,
            session_version: 1,
            version: 1,
        };
        (*id, user)
    };
    Directory { users: people.iter().map(user).collect(), ..Directory::default() }
}

fn company() -> Directory {
    directory(&[
        (AUTHOR, Role::ProcessOwner),
        (REVIEWER, Role::DepartmentHead),
        (MANAGER, Role::GeneralManager),
        (HELPER, Role::Operations),
    ])
}

fn text(effective_on: &str) -> ProcedureText {
    let chapter = Chapter { heading: "1. 目的".to_owned(), text: "规范发布。".to_owned() };
    ProcedureText {
        change_note: "补充".to_owned(),
        effective_on: Some(day(effective_on)),
        chapters: vec![chapter],
        ..ProcedureText::default()
    }
}

fn ballot(decision: Decision, instead_of: Option<UserId>) -> Ballot {
    Ballot { on_behalf_of: instead_of, decision, comment: "意见".to_owned(), conditions: Vec::new() }
}

/// What a person does with a version at a moment; the codes of what is refused.
fn take(
    directory: &Directory,
    (actor, at): (UserId, DateTime<Utc>),
    version: &ProcedureVersion,
    step: impl FnOnce(&mut Step<'_, ProcedureVersion>) -> Result<(), Refusal>,
) -> (Vec<Code>, ProcedureVersion) {
    let parameters = Parameters::default();
    let mut taken = Step::new(directory, &parameters, at, actor, version.clone());
    let refused = step(&mut taken).err();
    (refused.iter().flat_map(Refusal::unmet).map(|unmet| unmet.code).collect(), taken.record)
}

fn written(label: &str, effective_on: &str) -> ProcedureVersion {
    let id = ProcedureVersionId(Uuid::from_u128(9));
    let begun = ProcedureVersion::new(id, "YNTD-ITSS-0606", label.parse().unwrap(), (now(), Some(AUTHOR)));
    take(&company(), (AUTHOR, now()), &begun, |step| step.write(&text(effective_on))).1
}

fn submitted(directory: &Directory, reviewer: UserId) -> (Vec<Code>, ProcedureVersion) {
    take(directory, (AUTHOR, now()), &written("V1.1", "2026-03-09"), |step| step.submit(reviewer))
}

fn answered(directory: &Directory, version: &ProcedureVersion, by: UserId, with: Ballot) -> (Vec<Code>, ProcedureVersion) {
    take(directory, (by, now()), version, |step| step.vote(&with).map(|_| ()))
}

fn approved(label: &str, effective_on: &str) -> ProcedureVersion {
    let directory = company();
    let sent = take(&directory, (AUTHOR, now()), &written(label, effective_on), |step| step.submit(REVIEWER)).1;
    let reviewed = answered(&directory, &sent, REVIEWER, ballot(Decision::Pass, None)).1;
    answered(&directory, &reviewed, MANAGER, ballot(Decision::Pass, None)).1
}

#[test]
fn a_label_has_one_spelling_and_sorts_by_its_numbers() {
    let label = |text: &str| text.parse::<VersionLabel>();
    for wrong in ["", "V", "1.0", "v1.0", "V1", "V1.", "V01.0", "V1.00", "V+1.0", "V1.1000", "V1.0.0", "V-1.0"] {
        assert!(label(wrong).is_err(), "{wrong}");
    }
    assert_eq!(label("V1.10").unwrap().to_string(), "V1.10");
    assert!(label("V1.10").unwrap() > label("V1.9").unwrap() && label("V2.0").unwrap() > label("V1.999").unwrap());
    assert!(label("V2.0").unwrap().newest_first() < label("V1.10").unwrap().newest_first());
    assert_eq!(label("V1.999").unwrap().next(), label("V2.0").unwrap());
}

#[test]
fn the_version_in_force_follows_from_signatures_and_the_day() {
    let (first, second) = (ProcedureVersion::first("YNTD-ITSS-0606"), approved("V1.1", "2026-03-09"));
    assert_eq!((first.number(), first.text().chapters.len()), ("YNTD-ITSS-0606", 12));
    let all = [first, second, written("V1.2", "2026-03-09")];
    let states = |today: &str| all.each_ref().map(|version| version.state(&all, day(today)));
    assert_eq!(states("2026-03-08"), [VersionState::InForce, VersionState::Approved, VersionState::Draft]);
    assert_eq!(states("2026-03-09"), [VersionState::Superseded, VersionState::InForce, VersionState::Draft]);
    // Two that begin on one day: the later one holds.
    let both = [approved("V1.1", "2026-03-09"), approved("V1.2", "2026-03-09")];
    assert_eq!(both.each_ref().map(|v| v.state(&both, day("2026-03-09"))), [VersionState::Superseded, VersionState::InForce]);
}

/// F1: author, reviewer and approver are three people.
#[test]
fn nobody_signs_twice() {
    assert_eq!(submitted(&company(), AUTHOR).0, [Code::SignatoryTwice]);
    assert_eq!(submitted(&company(), MANAGER).0, [Code::SignatoryTwice]);
    assert_eq!(submitted(&company(), UserId(Uuid::from_u128(77))).0, [Code::ReviewerUnfit]);
    let author_manages = directory(&[(AUTHOR, Role::GeneralManager), (REVIEWER, Role::DepartmentHead)]);
    assert_eq!(submitted(&author_manages, REVIEWER).0, [Code::SignatoryTwice]);
    let nobody_manages = directory(&[(AUTHOR, Role::ProcessOwner), (REVIEWER, Role::DepartmentHead)]);
    assert_eq!(submitted(&nobody_manages, REVIEWER).0, [Code::RoleMissing]);
    // Of two general managers one reviews and the other approves; neither does both.
    let mut two = company();
    two.users.extend(directory(&[(SECOND_MANAGER, Role::GeneralManager)]).users);
    let (none, sent) = submitted(&two, MANAGER);
    assert_eq!(none, []);
    let reviewed = answered(&two, &sent, MANAGER, ballot(Decision::Pass, None)).1;
    assert!(reviewed.reviewed().is_some() && reviewed.approved().is_none() && !reviewed.is_approved());
    assert!(answered(&two, &reviewed, SECOND_MANAGER, ballot(Decision::Pass, None)).1.is_approved());
}

/// D16: a deputy is checked as if he held the seat, whoever the other seat belongs to.
#[test]
fn a_deputy_signs_for_one_of_the_seats_only() {
    let mut directory = company();
    let pairs = [(MANAGER, AUTHOR), (MANAGER, REVIEWER), (MANAGER, HELPER), (REVIEWER, HELPER), (REVIEWER, MANAGER)];
    directory.deputies = pairs
        .map(|(principal, deputy)| Deputy {
            id: DeputyId(Uuid::from_u128(1)),
            principal,
            deputy,
            from: day("2026-03-01"),
            until: day("2026-03-31"),
            absent: false,
            version: 1,
        })
        .to_vec();
    let sent = submitted(&directory, REVIEWER).1;
    let instead = |principal| ballot(Decision::Pass, Some(principal));
    assert_eq!(answered(&directory, &sent, AUTHOR, instead(MANAGER)).0, [Code::Contributor]);
    assert_eq!(answered(&directory, &sent, REVIEWER, instead(MANAGER)).0, [Code::OneVoteEach]);
    assert_eq!(answered(&directory, &sent, MANAGER, instead(REVIEWER)).0, [Code::OneVoteEach]);
    assert_eq!(answerable_for(&sent, &directory, AUTHOR, now()), []);
    assert_eq!(answerable_for(&sent, &directory, MANAGER, now()), [MANAGER]);
    assert_eq!(answerable_for(&sent, &directory, HELPER, now()), [REVIEWER, MANAGER]);
    let half = answered(&directory, &sent, HELPER, instead(REVIEWER)).1;
    assert_eq!(answered(&directory, &half, HELPER, instead(MANAGER)).0, [Code::OneVoteEach]);
    assert_eq!(answered(&directory, &half, REVIEWER, ballot(Decision::Pass, None)).0, [Code::ApprovalAnswered]);
    assert!(answered(&directory, &half, MANAGER, ballot(Decision::Pass, None)).1.is_approved());
}

#[test]
fn one_return_makes_it_a_draft_and_a_day_that_is_over_is_set_anew() {
    let directory = company();
    let sent = submitted(&directory, REVIEWER).1;
    let reviewed = answered(&directory, &sent, REVIEWER, ballot(Decision::Pass, None)).1;
    let late = now() + TimeDelta::days(8);
    let vote = |with: Decision| take(&directory, (MANAGER, late), &reviewed, |step| step.vote(&ballot(with, None)).map(|_| ()));
    assert_eq!(vote(Decision::Pass).0, [Code::VersionDayMissed]);
    assert_eq!(vote(Decision::PassWithConditions).0, [Code::VersionWithoutConditions]);
    let (none, returned) = vote(Decision::Return);
    let state = returned.state(&[], day("2026-03-10"));
    assert_eq!((none, state, returned.prepared(), returned.reviewed()), (vec![], VersionState::Draft, None, None));
    let submit = |version: &ProcedureVersion| take(&directory, (AUTHOR, late), version, |step| step.submit(REVIEWER));
    assert_eq!(submit(&returned).0, [Code::VersionDayPast]);
    let rewritten = take(&directory, (AUTHOR, late), &returned, |step| step.write(&text("2026-03-10"))).1;
    let (none, again) = submit(&rewritten);
    assert_eq!((none, again.document.revisions.len(), again.approvals.len()), (vec![], 2, 2));
    assert_eq!(take(&directory, (AUTHOR, late), &again, |step| step.write(&text("2026-04-01"))).0, [Code::VersionState]);
}

#[test]
fn what_is_withdrawn_or_approved_goes_no_further() {
    let directory = company();
    let withdraw = |version: &ProcedureVersion| take(&directory, (AUTHOR, now()), version, |step| step.withdraw("不再需要"));
    let (none, gone) = withdraw(&submitted(&directory, REVIEWER).1);
    assert_eq!((none, gone.state(&[], day("2026-03-02"))), (vec![], VersionState::Withdrawn));
    assert_eq!(gone.approvals[0].state, ApprovalState::Void);
    assert_eq!(take(&directory, (AUTHOR, now()), &gone, |step| step.submit(REVIEWER)).0, [Code::VersionState]);
    assert_eq!(withdraw(&approved("V1.1", "2026-03-09")).0, [Code::VersionState]);
    assert_eq!(withdraw(&ProcedureVersion::first("X")).0, [Code::VersionState]);
}

#[test]
fn one_version_is_on_its_way_at_a_time_and_labels_only_rise() {
    let codes = |all: &[ProcedureVersion], label: &str, today: &str| -> Vec<Code> {
        let refused = may_create(all, Some(label.parse().unwrap()), day(today)).err();
        refused.iter().flat_map(Refusal::unmet).map(|unmet| unmet.code).collect()
    };
    let all = [ProcedureVersion::first("X"), approved("V1.1", "2026-03-09")];
    assert_eq!(codes(&all, "V1.2", "2026-03-08"), [Code::VersionOpen], "approved and waiting for its day");
    assert_eq!(codes(&all, "V1.1", "2026-03-08"), [Code::VersionOpen, Code::VersionLabel]);
    assert_eq!(codes(&all, "V1.2", "2026-03-09"), []);
    assert_eq!(codes(&all, "V1.0", "2026-03-09"), [Code::VersionLabel]);
}

#[test]
fn a_signed_version_sets_its_numbers_and_a_draft_sets_none() {
    let draft = written("V1.1", "2026-03-09");
    assert_eq!(draft.signed(), None);
    let (day, parameters) = approved("V1.1", "2026-03-09").signed().unwrap();
    let first = ProcedureVersion::first("YNTD-ITSS-0606").signed().unwrap().1;
    assert_eq!((day.to_string(), parameters.procedure_version.as_str()), ("2026-03-09".to_owned(), "V1.1"));
    assert_eq!(first, Parameters::default(), "the first version has the numbers of the procedure");
    assert_eq!(Parameters { procedure_version: "V1.0".to_owned(), ..parameters }, first, "what is not said is as in the first");
}

#[test]
fn refuses_numbers_outside_their_bounds_and_an_escalation_before_the_reminder() {
    let lacking = |change: fn(&mut ProcedureParameters)| {
        let mut text = text("2026-03-09");
        change(&mut text.parameters);
        text.lacking(&company()).into_iter().map(|found| format!("{} {}", found.clause, found.pointer)).collect::<Vec<_>>()
    };
    assert_eq!(lacking(|_| ()), [""; 0]);
    assert_eq!(lacking(|p| p.success_target_percent = 101), ["10b /parameters/success_target_percent"]);
    assert_eq!(lacking(|p| p.success_target_percent = 0), ["10b /parameters/success_target_percent"]);
    assert_eq!(lacking(|p| p.report_due_working_days = 61), ["5.11 /parameters/report_due_working_days"]);
    assert_eq!(lacking(|p| p.retention_years = 2), ["5.10a /parameters/retention_years"]);
    assert_eq!(lacking(|p| p.reminder_working_days = 3), ["5.6b /parameters/escalation_working_days"]);
}
