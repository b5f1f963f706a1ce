//! Refusals of configuration items: what is not registered, what the database says otherwise (3.4, 5.2, 9.2c).

use super::refusals;
use crate::support::*;
use fabu_domain::{
    blocks::document::DocumentKind,
    ids::{ConfigurationChangeId, CustomerId},
    subject::refusal::Code,
    subjects::{
        registers::configuration_item::ItemLifecycle,
        release::{command::Command, records::ItemState, stage::Stage},
    },
};
use fabu_scenario::contents;

fn plan_item(item: &str) -> Command {
    Command::PlanConfigurationChange { item: item.to_owned(), version: "9.0".to_owned(), phase: None }
}

fn firewall(case: &mut Case) -> &mut fabu_domain::subjects::registers::configuration_item::ConfigurationItem {
    case.world.around.items.iter_mut().find(|item| item.number.as_str() == "CI-防火墙").unwrap()
}

fn baseline(case: &Case, state: Option<ItemState>) -> Command {
    Command::RecordBaseline { change_id: case.dossier.configuration[0].id, state }
}

/// 5.2: the baseline is what the database says, in whatever spelling of blanks it is repeated; the item itself is not touched.
#[test]
fn a_baseline_keeps_what_the_database_says_at_that_moment() {
    let mut case = at(Stage::Testing);
    let said = ItemState { version: " 3.8.1 ".to_owned(), values: String::new() };
    let items = case.around.items.clone();
    let command = baseline(&case, Some(said));
    case.done(case.cast.implementer, command);
    let taken = case.dossier.configuration[0].baseline.clone().unwrap();
    assert_eq!(taken, items[0].present_state());
    case.world.around.items[0].item_version = "3.8.9".to_owned().try_into().ok();
    assert_eq!(case.dossier.configuration[0].baseline, Some(taken), "what it said then is kept");
}

/// 3.4, 5.9: what the configuration administrator confirms is what the database says from then on, under the release's number.
#[test]
fn a_confirmed_release_changes_its_items_and_a_rolled_back_one_leaves_them() {
    let mut case = at(Stage::ConfigurationUpdate);
    case.go(Stage::Closure);
    let item = &case.around.items[0];
    assert_eq!(item.item_version.as_ref().map(ToString::to_string).as_deref(), Some("3.8.2"));
    let confirmed = item.confirmed.as_ref().unwrap();
    assert_eq!((&confirmed.release, confirmed.by), (&case.dossier.release.number, case.cast.configuration_administrator));
    let before = new().around.items.clone();
    let mut back = opened(&fabu_scenario::cast::CASTS[0], fabu_domain::subjects::release::stage::ReleaseKind::Minor, |way| {
        way.ending(fabu_domain::subjects::release::stage::Verdict::RolledBack)
    })
    .to(Stage::ConfigurationUpdate);
    back.go(Stage::Closure);
    assert_eq!(back.around.items[0].present_state(), before[0].present_state());
    assert_eq!(back.around.items[0].confirmed.as_ref().map(|c| c.release.clone()), Some(back.dossier.release.number.clone()));
}

refusals! {
    fn an_item_that_is_not_registered() {
        let case = at(Stage::Testing);
        let expected = [Code::ConfigurationNotRegistered];
        let refused = case.refused(case.cast.administrator, &plan_item("CI-无此项"), &expected);
        refused.clause("9.2c").codes()
    }
    fn an_item_that_is_retired() {
        let mut case = at(Stage::Testing);
        firewall(&mut case).state = ItemLifecycle::Retired;
        case.refused(case.cast.administrator, &plan_item("CI-防火墙"), &[Code::ConfigurationNotRegistered]).codes()
    }
    fn an_item_of_another_customer() {
        let mut case = at(Stage::Testing);
        firewall(&mut case).customer_id = Some(CustomerId(uuid::Uuid::nil()));
        case.refused(case.cast.administrator, &plan_item("CI-防火墙"), &[Code::ConfigurationNotRegistered]).codes()
    }
    fn an_item_in_another_spelling_that_is_listed() {
        let case = at(Stage::Readiness);
        let item = case.dossier.configuration[0].item.to_uppercase();
        case.refused(case.cast.administrator, &plan_item(&item), &[Code::ConfigurationDuplicate]).codes()
    }
    fn a_plan_with_an_item_that_is_not_registered() {
        let mut case = new();
        let mut plan = contents::release_plan(&case.cast, &case.way.theme);
        plan.configuration_items[0].identifier = "CI-无此项".to_owned();
        plan.configuration_items[1].identifier = plan.configuration_items[1].identifier.to_uppercase();
        let content = plan.into();
        case.done(case.cast.administrator, Command::SaveDraft { document: DocumentKind::ReleasePlan, content });
        let command = Command::SubmitDocument { document: DocumentKind::ReleasePlan, note: String::new(), figures: None };
        let expected = [Code::DocumentIncomplete, Code::DocumentIncomplete];
        case.refused(case.cast.administrator, &command, &expected).clause("9.2c").codes()
    }
    fn a_baseline_that_the_database_does_not_say() {
        let case = at(Stage::Testing);
        let said = ItemState { version: "9.9".to_owned(), values: String::new() };
        let refused = case.refused(case.cast.implementer, &baseline(&case, Some(said)), &[Code::BaselineDiffers]);
        refused.clause("5.2").cleared_by(case.cast.configuration_administrator).codes()
    }
    fn a_baseline_of_an_item_that_is_not_in_the_plan() {
        let case = at(Stage::Testing);
        let change_id = ConfigurationChangeId::nth(case.dossier.release.id, 9);
        let command = Command::RecordBaseline { change_id, state: None };
        case.refused(case.cast.implementer, &command, &[Code::ConfigurationUnknown]).codes()
    }
    fn a_start_when_another_release_has_changed_an_item_since_its_baseline() {
        let mut case = super::go_live::ready_to_start();
        case.world.around.items[0].item_version = "3.8.9".to_owned().try_into().ok();
        let command = super::go_live::start(&case);
        let refused = case.refused(case.cast.implementer, &command, &[Code::BaselineOutdated]);
        refused.clause("5.2").cleared_by(case.cast.configuration_administrator).codes()
    }
}
