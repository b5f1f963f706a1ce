//! 上线计划: how it begins, what is refused.

use super::*;
use crate::subjects::release::documents::go_live::{Phase, PhaseItem};
use MissingCode::*;

fn refused(change: impl FnOnce(&mut GoLivePlan)) -> Vec<(&'static str, String, MissingCode)> {
    let mut plan = go_live();
    change(&mut plan);
    lacks(plan, &world().context())
}

fn one(clause: &'static str, pointer: &str, code: MissingCode) -> Vec<(&'static str, String, MissingCode)> {
    vec![(clause, pointer.to_owned(), code)]
}

fn phase(key: &str, order: u32) -> Phase {
    let item = PhaseItem { key: text("c1"), name: text("办公系统"), planned_date: "2026-11-27".parse().ok() };
    Phase {
        key: text(key),
        name: text("总部"),
        scope: text("总部用户"),
        order,
        pass_criterion: text("一天无故障"),
        configuration_items: vec![item],
    }
}

#[test]
fn a_complete_plan_lacks_nothing() {
    assert_eq!(refused(|_| {}), []);
}

/// 3.1b, 5.5.6: what the reviewed plan installs is installed.
#[test]
fn refuses_steps_that_leave_a_unit_of_the_release_plan_out() {
    let mut reviewed = plan();
    reviewed.steps[0].units = vec![text("oa-web")];
    let (world, mut go_live) = (world(), go_live());
    let context = DocumentContext { release_plan: Some(&reviewed), ..world.context() };
    go_live.run_steps.iter_mut().for_each(|step| step.units.clear());
    assert_eq!(lacks(go_live.clone(), &context), one("5.5.6", "/run_steps", TooFewRows));
    go_live.run_steps[0].units = vec![text("oa-web")];
    assert_eq!(lacks(go_live.clone(), &context), []);
    // Nor does a step install what no step of the reviewed plan does (3.1b).
    go_live.run_steps[0].units = vec![text("oa-web"), text("hotfix")];
    assert_eq!(lacks(go_live, &context), one("3.1b", "/run_steps", Contradiction));
}

#[test]
fn begins_with_what_the_release_plan_says() {
    let (plan, draft) = (plan(), GoLivePlan::prefill(&plan()));
    assert_eq!((draft.window, draft.run_steps.len()), (plan.window.clone(), 2));
    assert_eq!(draft.run_steps[1].predecessors, ["s1"]);
    let groups: Vec<_> = draft.rollback_steps.iter().filter_map(|step| step.group).collect();
    use RollbackGroup::*;
    assert_eq!(groups, [Systems, DataObjects, Applications, Notifications]);
    assert_eq!(draft.configuration_items[0].planned_date, "2026-11-27".parse().ok(), "the day in China");
    assert_eq!(GoLivePlan::prefill(&plan).differences_from(&plan), []);
}

#[test]
fn shows_where_it_differs_from_the_release_plan() {
    let plan = plan();
    let mut refined = GoLivePlan::prefill(&plan);
    refined.window.end = Some(at(300));
    refined.run_steps[0].duration_minutes = 25;
    refined.communication.message = text("不属于方案");
    let changes = refined.differences_from(&plan);
    let places: Vec<_> = changes.iter().map(|change| (change.section.as_str(), change.pointer.as_str())).collect();
    assert_eq!(places, [("run_steps", "/run_steps/0/duration_minutes"), ("window", "/window/end")]);
}

#[test]
fn the_latest_safe_start_leaves_time_for_the_whole_rollback() {
    let mut plan = go_live();
    assert_eq!((plan.rollback_minutes(), plan.latest_safe_start()), (60, Some(at(180))));
    plan.rollback_steps[0].duration_minutes = 185;
    assert_eq!(plan.latest_safe_start(), Some(at(0)));
    assert_eq!(lacks(plan.clone(), &world().context()), []);
    plan.rollback_steps[0].duration_minutes = 186;
    assert_eq!(lacks(plan.clone(), &world().context()), one("5.5.7", "/window/end", OutsideWindow));
    plan.window.end = None;
    assert_eq!(plan.latest_safe_start(), None);
    plan.window.end = Some(DateTime::<Utc>::MIN_UTC);
    assert_eq!(plan.latest_safe_start(), None);
}

/// 5.2.1: the release plan says from when on a rollback no longer fits; the window is open until then.
#[test]
fn refuses_a_window_that_is_over_before_the_latest_safe_start_of_the_rollback() {
    let reviewed = plan();
    let world = world();
    let context = DocumentContext { release_plan: Some(&reviewed), ..world.context() };
    let ending = |minutes: i64| {
        let mut plan = go_live();
        plan.window.end = Some(at(minutes));
        lacks(plan, &context).contains(&("5.2.1", "/window/end".to_owned(), OutsideWindow))
    };
    assert_eq!([ending(159), ending(160), ending(240)], [true, false, false], "the plan says minute 160");
}

#[test]
fn refuses_a_table_left_empty_without_reason() {
    assert_eq!(refused(|p| p.schedule = Table::default()), one("5.5.1", "/schedule", RowsOrReason));
    assert_eq!(refused(|p| p.resources = Table::default()), one("5.5.1", "/resources", RowsOrReason));
    assert_eq!(refused(|p| p.procurement = Table::default()), one("5.5.1", "/procurement", RowsOrReason));
    assert_eq!(refused(|p| p.storage = Table::default()), one("5.5.1", "/storage", RowsOrReason));
}

#[test]
fn refuses_a_phased_release_with_fewer_than_two_phases() {
    assert_eq!(refused(|p| p.way = None), one("5.5.2", "/way", Required));
    let phased = |phases: Vec<Phase>| {
        refused(|p| {
            p.way = Some(GoLiveWay::Phased);
            p.phases = phases;
            p.run_steps[0].phase = text("p1");
            p.run_steps[1].phase = text("p2");
        })
    };
    assert_eq!(phased(vec![phase("p1", 1), phase("p2", 2)]), []);
    assert!(phased(vec![phase("p1", 1)]).contains(&("5.5.2", text("/phases"), TooFewRows)));
    assert_eq!(phased(vec![phase("p1", 1), phase("p2", 1)]), one("5.5.2", "/phases/1/order", Required));
    let idle = phased(vec![phase("p1", 1), phase("p2", 2), phase("p3", 3)]);
    assert_eq!(idle, one("5.5.6", "/phases/2", TooFewRows));
    let undated = phased(vec![phase("p1", 1), {
        let mut phase = phase("p2", 2);
        phase.configuration_items[0].planned_date = None;
        phase
    }]);
    assert_eq!(undated, one("5.7f", "/phases/1/configuration_items/0/planned_date", Required));
    assert!(refused(|p| p.phases = vec![phase("p1", 1)]).contains(&("5.5.2", text("/phases"), Contradiction)));
}

#[test]
fn refuses_a_step_of_no_phase_in_a_phased_release() {
    let found = refused(|p| {
        p.way = Some(GoLiveWay::Phased);
        p.phases = vec![phase("p1", 1), phase("p2", 2)];
        p.run_steps[1].phase = text("p9");
    });
    assert!(found.contains(&("5.5.6", text("/run_steps/0/phase"), Required)));
    assert!(found.contains(&("5.5.6", text("/run_steps/1/phase"), UnknownReference)));
}

#[test]
fn refuses_communication_without_message_or_recipients_or_too_late() {
    assert_eq!(refused(|p| p.communication.message.clear()), one("5.5.3", "/communication/message", Required));
    assert_eq!(refused(|p| p.communication.recipients.clear()), one("5.5.3", "/communication/recipients", TooFewRows));
    assert_eq!(refused(|p| p.communication.send_at = Some(at(0))), one("5.5.3", "/communication/send_at", WrongOrder));
}

#[test]
fn refuses_a_roster_without_command_phone_or_deputy() {
    assert_eq!(refused(|p| p.roster[0].command = false), one("5.5.5", "/roster", Required));
    assert_eq!(refused(|p| p.roster[0].customer_contact = false), one("5.7b", "/roster", Required));
    assert_eq!(refused(|p| p.roster[2].support = false), one("5.7a", "/roster", Required));
    assert_eq!(refused(|p| p.roster[1].phone.clear()), one("5.5.5", "/roster/1/phone", Required));
    assert_eq!(refused(|p| p.roster[1].deputy = None), one("5.5.5", "/roster/1/deputy", Required));
    assert_eq!(refused(|p| p.roster[1].deputy = p.roster[1].person), one("5.5.5", "/roster/1/deputy", Contradiction));
}

#[test]
fn refuses_a_run_step_of_somebody_who_is_not_on_the_roster() {
    let found = refused(|p| {
        p.roster.remove(1);
        p.roster[0].deputy = Some(user_id(3));
    });
    assert_eq!(found.iter().map(|f| f.1.as_str()).collect::<Vec<_>>(), ["/run_steps/0/person", "/run_steps/1/person"]);
}

#[test]
fn refuses_run_steps_outside_the_window() {
    assert_eq!(refused(|p| p.run_steps[1].duration_minutes = 211), one("5.5.6", "/run_steps/1/planned_start", OutsideWindow));
    assert_eq!(refused(|p| p.run_steps[1].planned_start = None), one("5.5.6", "/run_steps/1/planned_start", Required));
}

#[test]
fn refuses_a_rollback_that_leaves_out_a_group_of_the_release_plan() {
    let found = refused(|p| p.rollback_steps.retain(|step| step.group != Some(RollbackGroup::Notifications)));
    assert_eq!(found, one("5.2.5", "/rollback_steps", TooFewRows));
    assert_eq!(refused(|p| p.rollback_steps[0].person = None), one("5.5.7", "/rollback_steps/0/person", Required));
    assert_eq!(
        refused(|p| p.rollback_steps[0].duration_minutes = 0),
        one("5.5.7", "/rollback_steps/0/duration_minutes", Required)
    );
}
