//! What stands against the window: asked at the submission of the go-live plan, at the convening and at the start (5.5.4).

use super::{
    go_live::{convene, planned, ready_to_start, start},
    refusals,
};
use crate::support::*;
use fabu_domain::{
    blocks::document::DocumentKind,
    ids::UserId,
    people::role::Role,
    subject::refusal::{Code, Party, Text},
    subjects::{
        registers::freeze_window::{FreezeAuthority, FreezeWindowId},
        release::{
            Window,
            command::Command,
            conflicts::{Conflict, ConflictKind, FrozenBy, Severity},
            documents::go_live::ConflictReason,
            stage::Stage,
        },
    },
};
use fabu_scenario::{contents, journey::panel};
use uuid::Uuid;

const OTHER: &str = "REL-2026-0011";

/// A conflict with another release, or with whatever its kind is about.
fn conflict(case: &Case, kind: ConflictKind, severity: Severity) -> Conflict {
    Conflict {
        kind,
        severity,
        key: format!("{kind}/{OTHER}"),
        against: OTHER.to_owned(),
        release: Some(OTHER.to_owned()),
        window: Window { start: case.way.theme.start, end: case.way.theme.end },
        sentence: Text::same(OTHER),
        frozen_by: None,
        cleared_by: Vec::new(),
        is_firm: true,
    }
}

fn frozen(case: &Case, authority: FreezeAuthority) -> Conflict {
    let id = FreezeWindowId(Uuid::from_u128(7));
    Conflict {
        key: format!("freeze/{id}"),
        frozen_by: Some(FrozenBy { id, version: 2, authority }),
        cleared_by: vec![Party::Role(authority.role())],
        ..conflict(case, ConflictKind::Freeze, Severity::Hard)
    }
}

fn accept(conflict: &Conflict, reason: &str) -> Command {
    Command::AcceptConflict { conflict: conflict.key.clone(), reason: reason.to_owned() }
}

fn submit() -> Command {
    Command::SubmitDocument { document: DocumentKind::GoLivePlan, note: String::new(), figures: None }
}

/// Saves the go-live plan with these reasons, but does not submit it.
fn write(case: &mut Case, reasons: &[(&str, &str)]) {
    let mut plan = contents::go_live_plan(&case.cast, &case.way.theme);
    let row =
        |(conflict, reason): &(&str, &str)| ConflictReason { conflict: (*conflict).to_owned(), reason: (*reason).to_owned() };
    plan.conflict_reasons = reasons.iter().map(row).collect();
    plan.communication.message.push('。');
    case.done(case.cast.administrator, Command::SaveDraft { document: DocumentKind::GoLivePlan, content: plan.into() });
}

fn manager() -> UserId {
    person("li.jianguo")
}

refusals! {
    fn a_go_live_plan_and_its_approval_in_the_window_of_another_release_on_the_same_item() {
        let mut case = planned();
        let hard = conflict(&case, ConflictKind::SameItem, Severity::Hard);
        case.around.conflicts.push(hard.clone());
        let refused = case.refused(case.cast.administrator, &convene(&case), &[Code::WindowConflict]);
        let mut codes = refused.clause("5.5.4").cleared_by(case.cast.administrator).codes();
        write(&mut case, &[(&hard.key, "同一团队")]);
        codes.extend(case.refused(case.cast.administrator, &submit(), &[Code::WindowConflict]).codes());
        codes
    }
    /// Each soft conflict by name: the reason for one says nothing of another.
    fn a_go_live_plan_without_a_reason_for_each_soft_conflict() {
        let mut case = at(Stage::GoLivePlanning);
        for kind in [ConflictKind::SameObject, ConflictKind::RelatedItem, ConflictKind::PersonBooked, ConflictKind::BusinessHours] {
            let soft = conflict(&case, kind, Severity::Soft);
            case.around.conflicts = vec![soft.clone()];
            write(&mut case, &[("same_item/REL-2026-0011", "别的"), (&soft.key, " ")]);
            let _ = case.refused(case.cast.administrator, &submit(), &[Code::WindowReasonMissing]).clause("5.5.4");
            write(&mut case, &[(&soft.key, "同一团队先后实施")]);
            assert!(case.ask(case.cast.administrator, &submit()).is_ok(), "{kind}");
        }
        let more = conflict(&case, ConflictKind::SameObject, Severity::Soft);
        case.around.conflicts.push(more);
        case.refused(case.cast.administrator, &submit(), &[Code::WindowReasonMissing]).codes()
    }
    /// The one reason for all, as it was written before there were rows, lifts what it lifted then and nothing more.
    fn a_soft_conflict_other_than_on_an_object_with_the_old_reason_alone() {
        let mut case = at(Stage::GoLivePlanning);
        let mut plan = contents::go_live_plan(&case.cast, &case.way.theme);
        plan.conflict_reason = "两个发布由同一团队依次实施".to_owned();
        case.submit(case.cast.administrator, DocumentKind::GoLivePlan, plan);
        case.around.conflicts = vec![conflict(&case, ConflictKind::SameObject, Severity::Soft)];
        assert!(case.ask(case.cast.administrator, &convene(&case)).is_ok());
        let more = conflict(&case, ConflictKind::PersonBooked, Severity::Soft);
        case.around.conflicts.push(more);
        case.refused(case.cast.administrator, &convene(&case), &[Code::WindowReasonMissing]).codes()
    }
    fn start_in_a_freeze_or_beside_a_release_on_the_same_item() {
        let mut case = ready_to_start();
        case.around.conflicts = vec![frozen(&case, FreezeAuthority::GeneralManager)];
        let refused = case.refused(case.cast.implementer, &start(&case), &[Code::WindowFrozen]).clause("5.5.4");
        let mut codes = refused.cleared_by_role(Role::GeneralManager).codes();
        case.around.conflicts = vec![conflict(&case, ConflictKind::SameItem, Severity::Hard)];
        codes.extend(case.refused(case.cast.implementer, &start(&case), &[Code::WindowConflict]).codes());
        codes
    }
    /// Somebody on the roster is away all at once, or the customer works at that time: the owner says why it goes on.
    fn start_with_a_soft_conflict_that_nobody_accepted() {
        let mut case = ready_to_start();
        let away = conflict(&case, ConflictKind::PersonAway, Severity::Soft);
        // The later of two releases gave its reason at its own approval.
        case.around.conflicts = vec![conflict(&case, ConflictKind::SameObject, Severity::Soft), away.clone()];
        let refused = case.refused(case.cast.implementer, &start(&case), &[Code::WindowReasonMissing]);
        let codes = refused.cleared_by(case.cast.owner).codes();
        case.done(case.cast.owner, accept(&away, "由代理人值守"));
        assert!(case.ask(case.cast.implementer, &start(&case)).is_ok());
        codes
    }
    /// D11: an emergency passes what needs a reason, and no freeze that does not let it through.
    fn an_emergency_in_a_freeze_that_allows_none() {
        let mut case = emergency_at(Stage::Planning);
        case.until(|d| d.latest(DocumentKind::ReleasePlan).is_some() && d.units.len() == 2);
        let convene = Command::ConveneEmergencyApproval { convocation: panel(&[(case.cast.owner, Role::ReleaseOwner)]) };
        case.around.conflicts = vec![conflict(&case, ConflictKind::SameItem, Severity::Soft), conflict(&case, ConflictKind::PersonAway, Severity::Soft)];
        assert!(case.ask(case.cast.administrator, &convene).is_ok());
        let more = frozen(&case, FreezeAuthority::GeneralManager);
        case.around.conflicts.push(more);
        case.refused(case.cast.administrator, &convene, &[Code::WindowFrozen]).clause("5.5.4").codes()
    }
    fn acceptance_of_a_conflict_that_is_not_there_or_without_a_reason() {
        let mut case = ready_to_start();
        let away = conflict(&case, ConflictKind::PersonAway, Severity::Soft);
        let mut codes = case.refused(case.cast.owner, &accept(&away, "由代理人值守"), &[Code::ConflictUnknown]).clause("5.5.4").codes();
        case.around.conflicts = vec![away.clone()];
        codes.extend(case.refused(case.cast.owner, &accept(&away, " "), &[Code::ConflictNeedsReason]).codes());
        codes
    }
    fn acceptance_of_another_release_on_the_same_item() {
        let mut case = ready_to_start();
        let hard = conflict(&case, ConflictKind::SameItem, Severity::Hard);
        case.around.conflicts = vec![hard.clone()];
        case.refused(case.cast.owner, &accept(&hard, "同一团队"), &[Code::ConflictHard]).clause("5.5.4").codes()
    }
    /// Who is controlled does not choose the control, and nobody but whom the freeze names excepts from it.
    fn exceptions_from_a_freeze_by_others_than_it_names() {
        let mut case = ready_to_start();
        let freeze = frozen(&case, FreezeAuthority::ChangeManager);
        case.around.conflicts = vec![freeze.clone()];
        let mut codes = Vec::new();
        for by in [case.cast.owner, manager()] {
            codes.extend(case.refused(by, &accept(&freeze, "监管要求"), &[Code::ConflictAuthority]).clause("5.5.4").codes());
        }
        codes.extend(case.refused(case.cast.administrator, &accept(&freeze, "监管要求"), &[Code::NotPermitted]).codes());
        let implementer = case.cast.implementer;
        let user = case.around.directory.users.get_mut(&implementer).unwrap();
        user.roles = user.roles.iter().chain([Role::ChangeManager]).collect();
        codes.extend(case.refused(implementer, &accept(&freeze, "监管要求"), &[Code::ExceptionOwn]).clause("5.5.4").codes());
        codes
    }
    fn acceptance_of_a_soft_conflict_by_others_than_the_owner() {
        let mut case = ready_to_start();
        let away = conflict(&case, ConflictKind::PersonAway, Severity::Soft);
        case.around.conflicts = vec![away.clone()];
        case.refused(manager(), &accept(&away, "由代理人值守"), &[Code::ConflictAuthority]).clause("5.5.4").codes()
    }
}

/// The exception names the freeze as it was and the window: the engine compares both.
#[test]
fn whom_the_freeze_names_excepts_the_release_from_it() {
    let mut case = ready_to_start();
    let freeze = frozen(&case, FreezeAuthority::GeneralManager);
    case.around.conflicts = vec![freeze.clone()];
    case.done(manager(), accept(&freeze, "监管要求当日上线"));
    let exception = case.dossier.release.freeze_exceptions.last().unwrap().clone();
    assert_eq!((exception.freeze_version, Some(exception.window)), (2, case.dossier.release.window));
    assert_eq!((exception.mark.by, exception.mark.reason.as_str()), (manager(), "监管要求当日上线"));
}
