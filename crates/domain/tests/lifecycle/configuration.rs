//! What the record of a configuration item says at each step: foreseen, dropped, requested, confirmed (§5.9, 3.3, D4).

use crate::support::*;
use fabu_domain::{
    blocks::document::DocumentKind,
    ids::ConfigurationChangeId,
    subject::refusal::Code,
    subjects::{
        event::ReleaseEvent,
        release::{
            command::Command,
            records::{ConfigurationChange, ConfigurationState, ItemState},
            stage::{ReleaseKind, Stage, Verdict},
        },
    },
};
use fabu_scenario::{Journey, cast::CASTS, contents};

fn state(version: &str) -> ItemState {
    ItemState { version: version.to_owned(), values: String::new() }
}

/// The same way with its work in two phases.
fn phased(way: Journey) -> Journey {
    Journey { theme: way.theme.clone().in_phases(), ..way }
}

#[test]
fn the_approved_plan_foresees_its_items_with_version_and_phase() {
    let case = at(Stage::Testing);
    let plan = contents::release_plan(&case.cast, &case.way.theme);
    assert_eq!(case.dossier.configuration.len(), plan.configuration_items.len());
    for (n, (change, item)) in case.dossier.configuration.iter().zip(&plan.configuration_items).enumerate() {
        let expected = ConfigurationChange {
            id: ConfigurationChangeId::nth(case.dossier.release.id, n + 1),
            item: item.identifier.clone(),
            phase: None,
            planned_version: item.planned_version.clone(),
            baseline: None,
            baseline_by: None,
            actual: None,
            library_reference: None,
            state: ConfigurationState::Planned,
            requested_by: None,
            due_at: None,
            decided_by: None,
            return_reason: None,
            drop_reason: None,
            difference_reason: None,
        };
        assert_eq!(*change, expected, "a deployment in one piece has no phase");
    }
    let case = opened(&CASTS[0], ReleaseKind::Major, phased).to(Stage::Testing);
    assert!(case.dossier.configuration.iter().all(|c| c.phase.as_deref() == Some("pilot")), "as the release plan says");
}

/// 5.5.2: the go-live plan divides the items among the phases, and its word is the newer one.
#[test]
fn the_go_live_plan_says_in_which_phase_an_item_changes() {
    let mut case = opened(&CASTS[0], ReleaseKind::Major, phased).to(Stage::GoLivePlanning);
    let mut plan = contents::go_live_plan(&case.cast, &case.way.theme);
    let moved = plan.phases[0].configuration_items.remove(1);
    plan.phases[1].configuration_items.push(moved);
    case.submit(case.cast.administrator, DocumentKind::GoLivePlan, plan);
    case.go(Stage::GoLiveApproval);
    let phases: Vec<_> = case.dossier.configuration.iter().map(|c| c.phase.as_deref()).collect();
    assert_eq!(phases, [Some("pilot"), Some("rest")]);
}

#[test]
fn a_dropped_item_says_who_dropped_it_and_why_and_is_taken_up_afresh() {
    let mut case = at(Stage::Testing);
    let administrator = case.cast.administrator;
    let foreseen = case.dossier.configuration[0].clone();
    let reason = "本次不更新".to_owned();
    case.done(administrator, Command::DropConfigurationChange { change_id: foreseen.id, reason: reason.clone() });
    let decided_by = Some((administrator, case.around.now));
    let dropped =
        ConfigurationChange { state: ConfigurationState::Dropped, decided_by, drop_reason: Some(reason), ..foreseen.clone() };
    assert_eq!(case.dossier.configuration[0], dropped);
    let (item, phase) = (foreseen.item.clone(), Some("夜间".to_owned()));
    case.done(administrator, Command::PlanConfigurationChange { item, version: "9.9".to_owned(), phase: phase.clone() });
    let again = ConfigurationChange { planned_version: "9.9".to_owned(), phase, ..foreseen };
    assert_eq!(case.dossier.configuration[0], again, "no trace of the earlier decision is left in force");
    assert_eq!(case.dossier.configuration.len(), 2);
}

/// 3.3: a plan that is approved anew decides what belongs to the release, and in which version.
#[test]
fn a_new_plan_changes_the_version_of_its_items_and_takes_up_what_was_dropped_by_hand() {
    let mut case = at(Stage::Testing);
    let administrator = case.cast.administrator;
    let before = case.dossier.configuration.clone();
    case.done(administrator, Command::DropConfigurationChange { change_id: before[0].id, reason: "误操作".to_owned() });
    let change_id = before[1].id;
    case.done(case.cast.implementer, Command::RecordBaseline { change_id, state: None });
    let taken = case.dossier.configuration[1].clone();
    assert_eq!(
        (taken.baseline.clone(), taken.baseline_by),
        (
            Some(ItemState { version: "3.8.0".to_owned(), values: "部署位置: 公交票务系统生产环境".to_owned() }),
            Some((case.cast.implementer, case.around.now))
        )
    );
    case.done(administrator, Command::ReviseReleasePlan { reason: "版本变化".to_owned() });
    let mut plan = contents::release_plan(&case.cast, &case.way.theme);
    plan.configuration_items[1].planned_version = "4.0".to_owned();
    case.submit(administrator, DocumentKind::ReleasePlan, plan);
    case.go(Stage::Testing);
    assert_eq!(case.dossier.configuration[0], before[0]);
    assert_eq!(case.dossier.configuration[1], ConfigurationChange { planned_version: "4.0".to_owned(), ..taken });
}

/// 5.9: the request says who sent it and until when; the confirmation who checked, what was found and where it lies.
#[test]
fn the_update_of_an_item_says_who_asked_who_checked_and_what_was_found() {
    let mut case = at(Stage::ConfigurationUpdate);
    let (implementer, checker) = (case.cast.implementer, case.cast.configuration_administrator);
    let drafted = case.dossier.configuration[0].clone();
    assert_eq!((drafted.state, drafted.requested_by), (ConfigurationState::Drafted, None));
    let due = |case: &Case| {
        let days = case.around.parameters.configuration_update_working_days;
        Some(case.around.calendar.add_working_days(case.around.now, days))
    };
    // A day passes before it is sent: the time of the configuration administrator runs from then.
    case.world.wait(chrono::TimeDelta::days(1));
    case.done(implementer, Command::SendConfigurationRequest { note: "请更新".to_owned() });
    let comments = |case: &Case| case.events.iter().filter(|e| matches!(e, ReleaseEvent::Commented { .. })).count();
    assert_eq!(comments(&case), 1, "a note is kept");
    let requested = ConfigurationChange {
        state: ConfigurationState::Requested,
        requested_by: Some((implementer, case.around.now)),
        due_at: due(&case),
        ..drafted.clone()
    };
    assert_ne!(requested.due_at, drafted.due_at);
    assert_eq!(case.dossier.configuration[0], requested);

    let change_id = drafted.id;
    case.done(checker, Command::ReturnConfigurationChange { change_id, reason: "版本不明".to_owned() });
    let returned = ConfigurationChange {
        state: ConfigurationState::Returned,
        decided_by: Some((checker, case.around.now)),
        return_reason: Some("版本不明".to_owned()),
        ..requested
    };
    assert_eq!(case.dossier.configuration[0], returned);
    case.done(implementer, Command::SendConfigurationRequest { note: String::new() });
    assert_eq!(comments(&case), 1, "no note, no comment");

    let sent = case.dossier.configuration[0].clone();
    let actual = state(&drafted.planned_version);
    let library_reference = Some("介质库/3-7".to_owned());
    let difference = String::new();
    let command = Command::ConfirmConfigurationChange {
        change_id,
        actual: actual.clone(),
        library_reference: library_reference.clone(),
        difference,
    };
    case.done(checker, command);
    let confirmed = ConfigurationChange {
        state: ConfigurationState::Confirmed,
        actual: Some(actual),
        library_reference,
        decided_by: Some((checker, case.around.now)),
        ..sent
    };
    assert_eq!(case.dossier.configuration[0], confirmed);
    assert_eq!(case.dossier.release.stage, Stage::ConfigurationUpdate, "the other item is still open");
}

/// 5.2: a difference is told with what was expected, after a rollback with the values of the baseline.
#[test]
fn a_difference_is_refused_with_the_expected_state() {
    let expected = |case: &Case, actual: ItemState| {
        let change_id = case.dossier.configuration[0].id;
        let command =
            Command::ConfirmConfigurationChange { change_id, actual, library_reference: None, difference: String::new() };
        let refused = case.refused(case.cast.configuration_administrator, &command, &[Code::ConfigurationDiffers]);
        let params = refused.0.unmet()[0].params.clone();
        params.into_iter().find(|(name, _)| *name == "expected").map(|(_, text)| text.zh).unwrap()
    };
    let mut case = at(Stage::ConfigurationUpdate);
    case.until(|d| d.configuration.iter().all(|c| c.state == ConfigurationState::Requested));
    let planned = case.dossier.configuration[0].planned_version.clone();
    assert_eq!(expected(&case, state("0.1")), planned);
    let mut back = opened(&CASTS[0], ReleaseKind::Minor, |way| way.ending(Verdict::RolledBack)).to(Stage::ConfigurationUpdate);
    back.until(|d| d.configuration.iter().all(|c| c.state == ConfigurationState::Requested));
    back.dossier.configuration[0].baseline = Some(ItemState { version: "3.7".to_owned(), values: "pool=20".to_owned() });
    assert_eq!(expected(&back, ItemState { version: "3.7".to_owned(), values: "pool=40".to_owned() }), "3.7; pool=20");
}

/// 3.3, D11: an emergency has no go-live plan to go back to, its approval is convened on the release plan.
#[test]
fn an_item_added_to_an_approved_emergency_leads_back_to_planning() {
    let mut case = emergency_at(Stage::Readiness);
    let command = Command::PlanConfigurationChange { item: "CI-防火墙".to_owned(), version: "1.0".to_owned(), phase: None };
    case.done(case.cast.configuration_administrator, command);
    assert_eq!(case.dossier.release.stage, Stage::Planning);
}
