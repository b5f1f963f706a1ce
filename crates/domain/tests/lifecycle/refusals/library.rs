//! The definitive media library: what is deployed is in it, and what a rollback returns to is in it (3.1b, 5.2.4, 9.2a).

use super::{
    go_live::{convene, planned, ready_to_start, start},
    refusals,
};
use crate::support::*;
use fabu_domain::{
    blocks::{document::DocumentKind, task::Blocks},
    subject::refusal::Code,
    subjects::release::{
        command::{Command, NewUnit},
        library::{Medium, Need, need_of, release_medium},
        records::ConfigurationState,
        stage::{ReleaseKind, Stage, Verdict},
    },
};
use fabu_scenario::{cast::CASTS, contents};

fn unit(case: &Case) -> (String, String) {
    let unit = case.dossier.units_in_force().next().unwrap();
    (unit.name.clone(), unit.version.clone())
}

/// The medium of the first unit: the version that is deployed, or the one before it.
fn medium(case: &mut Case, is_previous: bool) -> &mut Medium {
    let (name, version) = unit(case);
    let found = case.around.library.iter_mut().find(|medium| medium.name == name && (medium.version != version) == is_previous);
    found.unwrap()
}

/// A release whose first unit is registered again as `change` makes it, and whose plan names no version to return to for it.
fn planned_with(change: impl FnOnce(&mut NewUnit)) -> Case {
    let mut case = new();
    case.until(|d| d.units.len() == 2 && d.test_cases.len() == 7);
    let (administrator, unit_id) = (case.cast.administrator, case.dossier.units[0].id);
    case.done(administrator, Command::WithdrawUnit { unit_id, reason: "重新登记".to_owned() });
    let mut unit = case.way.theme.new_units().remove(0);
    change(&mut unit);
    let mut plan = contents::release_plan(&case.cast, &case.way.theme);
    plan.rollback.applications.rows.retain(|row| row.unit != unit.name);
    case.done(administrator, Command::RegisterUnit { unit });
    case.submit(administrator, DocumentKind::ReleasePlan, plan);
    case.go(Stage::GoLivePlanning);
    case.until(|d| d.latest(DocumentKind::GoLivePlan).is_some());
    case
}

/// An emergency that has made up everything but the check-in.
fn made_up() -> Case {
    let mut case = emergency_at(Stage::Closure);
    case.until(|d| !d.tasks.iter().any(|t| t.is_open() && t.blocks == Blocks::Closure));
    assert!(case.dossier.configuration_demanded().all(|c| c.state == ConfigurationState::Confirmed));
    case
}

fn close() -> Command {
    Command::CloseRelease { note: "完成".to_owned() }
}

refusals! {
    fn the_start_with_a_unit_that_was_not_checked_in() {
        let mut case = ready_to_start();
        let (name, version) = unit(&case);
        case.around.library.retain(|medium| !medium.is(&name, &version));
        let refused = case.refused(case.cast.implementer, &start(&case), &[Code::UnitNotInLibrary]);
        refused.clause("9.2a").cleared_by(case.cast.configuration_administrator).codes()
    }
    fn the_start_with_a_unit_that_was_withdrawn_from_the_library() {
        let mut case = ready_to_start();
        medium(&mut case, false).active = false;
        case.refused(case.cast.implementer, &start(&case), &[Code::UnitNotInLibrary]).codes()
    }
    /// 3.1b: tested, checked in and approved are one file.
    fn the_start_with_another_hash_than_the_one_checked_in() {
        let mut case = ready_to_start();
        medium(&mut case, false).sha256 = "0".repeat(64);
        let refused = case.refused(case.cast.implementer, &start(&case), &[Code::UnitLibraryHashDiffers]);
        refused.clause("3.1b").cleared_by(case.cast.configuration_administrator).codes()
    }
    /// A unit that refers to a medium is that medium, whatever else has its name.
    fn the_start_with_a_unit_that_refers_to_another_medium() {
        let mut case = ready_to_start();
        case.dossier.units[0].media_item_id = Some(fabu_domain::subjects::registers::media_item::MediaItemId(uuid::Uuid::nil()));
        case.refused(case.cast.implementer, &start(&case), &[Code::UnitNotInLibrary]).codes()
    }
    fn the_start_without_the_version_to_return_to() {
        let mut case = ready_to_start();
        medium(&mut case, true).active = false;
        let refused = case.refused(case.cast.implementer, &start(&case), &[Code::ReturnVersionNotInLibrary]);
        refused.clause("5.2.4").cleared_by(case.cast.configuration_administrator).codes()
    }
    fn a_go_live_approval_without_the_version_to_return_to() {
        let mut case = planned();
        medium(&mut case, true).active = false;
        let refused = case.refused(case.cast.administrator, &convene(&case), &[Code::ReturnVersionNotInLibrary]);
        refused.clause("5.2.4").cleared_by(case.cast.configuration_administrator).codes()
    }
    fn a_go_live_approval_of_a_unit_with_nothing_to_return_to() {
        let case = planned_with(|unit| unit.previous_version = None);
        let refused = case.refused(case.cast.administrator, &convene(&case), &[Code::ReturnVersionUnknown]);
        refused.clause("5.2.4").cleared_by(case.cast.administrator).codes()
    }
    /// 9.2b: whoever needs a medium is named, and who can give it up.
    fn the_withdrawal_of_a_medium_that_an_open_release_needs() {
        let mut case = at(Stage::Testing);
        let (deployed, previous) = (medium(&mut case, false).clone(), medium(&mut case, true).clone());
        let mut codes = Vec::new();
        for (medium, code) in [(deployed, Code::MediumDeployed), (previous, Code::MediumReturnedTo)] {
            let refused = Refused::of(release_medium(&medium, [&case.dossier]), &[code]).clause("9.2b");
            codes.extend(refused.cleared_by(case.cast.administrator).codes());
        }
        codes
    }
    /// D11, D18: an emergency does not wait for the library, and is not closed without it.
    fn the_closure_of_an_emergency_that_was_not_checked_in() {
        let mut case = made_up();
        case.ask(case.cast.implementer, &close()).unwrap();
        let (name, version) = unit(&case);
        case.around.library.retain(|medium| !medium.is(&name, &version));
        let refused = case.refused(case.cast.implementer, &close(), &[Code::UnitNotInLibrary]);
        refused.clause("9.2a").cleared_by(case.cast.configuration_administrator).codes()
    }
}

#[test]
fn an_emergency_starts_before_its_units_are_checked_in() {
    let mut case = emergency_at(Stage::Readiness);
    case.around.library.clear();
    case.go(Stage::Deployment);
}

#[test]
fn an_emergency_that_was_rolled_back_is_closed_without_a_check_in() {
    let mut case = opened(&CASTS[0], ReleaseKind::Emergency, |way| way.ending(Verdict::RolledBack)).to(Stage::Closure);
    case.around.library.clear();
    case.go(Stage::Closed);
}

#[test]
fn a_first_version_with_its_reason_has_nothing_to_return_to() {
    let case = planned_with(|unit| {
        unit.previous_version = None;
        unit.first_version_reason = Some("首次上线，回退即停用".to_owned());
    });
    case.ask(case.cast.administrator, &convene(&case)).unwrap();
}

/// The plan names the version, in whatever spelling; else it is the one in production at registration.
#[test]
fn a_version_is_in_the_library_in_whatever_spelling() {
    let mut case = planned();
    let previous = medium(&mut case, true);
    previous.name = previous.name.to_uppercase();
    case.ask(case.cast.administrator, &convene(&case)).unwrap();
    let case = planned_with(|_| {});
    case.ask(case.cast.administrator, &convene(&case)).unwrap();
}

/// 9.2b: what an open release deploys or returns to is needed; nothing else is, and nothing once it is closed.
#[test]
fn an_open_release_needs_what_it_deploys_and_what_it_returns_to() {
    let mut case = at(Stage::Testing);
    let (deployed, previous) = (medium(&mut case, false).clone(), medium(&mut case, true).clone());
    let other = Medium { version: "0.0.1".to_owned(), ..previous.clone() };
    let corrected = Medium { sha256: "0".repeat(64), ..deployed.clone() };
    let needs = |case: &Case| [&deployed, &previous, &other, &corrected].map(|medium| need_of(&case.dossier, medium));
    assert_eq!(needs(&case), [Some(Need::Deployment), Some(Need::Rollback), None, None]);
    case.go(Stage::Closed);
    assert_eq!(needs(&case), [None; 4]);
}
