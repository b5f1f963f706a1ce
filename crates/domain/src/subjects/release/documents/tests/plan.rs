//! 发布方案: what is refused.

use super::*;
use MissingCode::*;

fn refused(change: impl FnOnce(&mut ReleasePlan)) -> Vec<(&'static str, String, MissingCode)> {
    let mut plan = plan();
    change(&mut plan);
    lacks(plan, &world().context())
}

fn one(clause: &'static str, pointer: &str, code: MissingCode) -> Vec<(&'static str, String, MissingCode)> {
    vec![(clause, pointer.to_owned(), code)]
}

#[test]
fn a_complete_plan_lacks_nothing() {
    assert_eq!(refused(|_| {}), []);
}

#[test]
fn an_empty_plan_lacks_something_of_every_clause() {
    let found = lacks(ReleasePlan::default(), &world().context());
    let clauses =
        ["5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.1.5", "5.1.6", "5.2.1", "5.2.2", "5.2.3", "5.2.4", "5.2.5", "RO1b", "5.4d"];
    for clause in clauses {
        assert!(found.iter().any(|(found, _, _)| *found == clause), "nothing refused for {clause}");
    }
}

#[test]
fn refuses_a_blank_purpose_and_a_scope_without_the_service_object() {
    assert_eq!(refused(|p| p.purpose = text(" \n")), one("5.1.1", "/purpose", Required));
    assert_eq!(refused(|p| p.affected.service_objects.clear()), one("5.1.1", "/affected/service_objects", Required));
    assert_eq!(refused(|p| p.affected.until = p.affected.from), one("5.1.1", "/affected/until", WrongOrder));
    let unknown = ServiceObjectId(Uuid::from_u128(101));
    let found = refused(|p| p.affected.service_objects.push(unknown));
    assert_eq!(found[0], ("5.1.1", text("/affected/service_objects/1"), UnknownReference));
}

#[test]
fn refuses_a_system_without_backup_unless_a_reason_is_given() {
    assert_eq!(refused(|p| p.backups.clear()), one("5.1.2", "/backups", TooFewRows));
    let not_needed = |reason: &str| Backup {
        key: text("b1"),
        service_object: Some(object_id()),
        not_needed_reason: text(reason),
        ..Backup::default()
    };
    assert_eq!(refused(|p| p.backups = vec![not_needed("只读系统")]), []);
    assert!(refused(|p| p.backups = vec![not_needed(" ")]).iter().all(|(clause, _, _)| *clause == "5.1.2"));
    assert_eq!(refused(|p| p.backups = vec![not_needed(" ")]).len(), 7);
}

#[test]
fn refuses_a_step_without_person_or_time_or_outside_the_window() {
    assert_eq!(refused(|p| p.steps[1].person = None), one("5.1.3", "/steps/1/person", Required));
    assert_eq!(refused(|p| p.steps[1].start = None), one("5.1.3", "/steps/1/start", Required));
    assert_eq!(refused(|p| p.steps[1].duration_minutes = 0), one("5.1.3", "/steps/1/duration_minutes", Required));
    assert_eq!(refused(|p| p.steps[0].start = Some(at(-1))), one("5.1.3", "/steps/0/start", OutsideWindow));
    assert_eq!(refused(|p| p.steps[1].duration_minutes = 211), one("5.1.3", "/steps/1/start", OutsideWindow));
    assert_eq!(refused(|p| p.steps[1].duration_minutes = 210), []);
    assert_eq!(refused(|p| p.steps[1].duration_minutes = u32::MAX), one("5.1.3", "/steps/1/start", OutsideWindow));
}

#[test]
fn refuses_a_person_who_is_inactive_unknown_or_away() {
    assert_eq!(refused(|p| p.steps[1].person = Some(user_id(4))), one("5.1.3", "/steps/1/person", PersonInactive));
    assert_eq!(refused(|p| p.steps[1].person = Some(user_id(99))), one("5.1.3", "/steps/1/person", PersonInactive));
    // Whoever only reads, or speaks for a customer, carries out no step.
    assert_eq!(refused(|p| p.steps[1].person = Some(user_id(5))), one("5.1.3", "/steps/1/person", WrongRole));
    assert_eq!(refused(|p| p.steps[1].person = Some(user_id(6))), one("5.1.3", "/steps/1/person", WrongRole));
    let world = world().away(2);
    let found = lacks(plan(), &world.context());
    let people = ["/backups/0/responsible", "/steps/0/person", "/steps/1/person"];
    assert_eq!(found.iter().map(|(_, at, code)| (at.as_str(), *code)).collect::<Vec<_>>(), people.map(|at| (at, PersonAbsent)));
}

#[test]
fn refuses_unknown_predecessors_doubled_keys_and_circles() {
    let found = refused(|p| p.steps[1].predecessors = vec![text("s9")]);
    assert_eq!(found, one("5.1.3", "/steps/1/predecessors/0", UnknownReference));
    assert_eq!(refused(|p| p.steps[1].start = Some(at(29))), one("5.1.3", "/steps/1/predecessors/0", WrongOrder));
    assert_eq!(refused(|p| p.steps[0].predecessors = vec![text("s1")]).last().unwrap().2, Cycle);
    let circle = refused(|p| p.steps[0].predecessors = vec![text("s2")]);
    let in_circle: Vec<_> = circle.iter().filter(|(_, _, code)| *code == Cycle).map(|(_, at, _)| at.as_str()).collect();
    assert_eq!(in_circle, ["/steps/0/predecessors", "/steps/1/predecessors"]);
    let doubled = refused(|p| p.steps.push(step("s1", 0, 5, &[])));
    assert_eq!(doubled, one("5.1.3", "/steps/2/key", DoubleKey));
}

#[test]
fn refuses_a_window_that_ends_before_it_starts() {
    let found = refused(|p| p.window.end = Some(at(-1)));
    assert!(found.contains(&("5.1.3", text("/window/end"), WrongOrder)));
    assert!(refused(|p| p.window = Window::default()).contains(&("5.1.3", text("/window/start"), Required)));
}

#[test]
fn refuses_a_rollback_without_criteria_decider_systems_or_time_point() {
    assert_eq!(refused(|p| p.rollback.criteria.clear()), one("5.1.4", "/rollback/criteria", Required));
    assert_eq!(refused(|p| p.rollback.decider = None), one("5.1.4", "/rollback/decider", Required));
    assert_eq!(refused(|p| p.rollback.systems.clear()), one("5.2.1", "/rollback/systems", TooFewRows));
    assert_eq!(refused(|p| p.rollback.systems[0].time_point = None), one("5.2.1", "/rollback/systems/0/time_point", Required));
    assert_eq!(refused(|p| p.rollback.latest_safe_start = None), one("5.2.1", "/rollback/latest_safe_start", Required));
    let late = refused(|p| p.rollback.latest_safe_start = Some(at(241)));
    assert_eq!(late, one("5.2.1", "/rollback/latest_safe_start", OutsideWindow));
}

#[test]
fn refuses_a_rollback_group_that_is_empty_without_reason() {
    let rollback = "/rollback";
    let found = refused(|p| p.rollback.data_objects = Table::default());
    assert_eq!(found, one("5.2.2", &format!("{rollback}/data_objects"), RowsOrReason));
    let found = refused(|p| p.rollback.configuration_data = Table::not_applicable("  "));
    assert_eq!(found, one("5.2.3", &format!("{rollback}/configuration_data"), RowsOrReason));
    let found = refused(|p| p.rollback.applications = Table::default());
    assert_eq!(found, one("5.2.4", &format!("{rollback}/applications"), RowsOrReason));
    let found = refused(|p| p.rollback.notifications = Table::default());
    assert_eq!(found, one("5.2.5", &format!("{rollback}/notifications"), RowsOrReason));
    let found = refused(|p| p.rollback.notifications.not_applicable_reason = text("没有"));
    assert_eq!(found, one("5.2.5", &format!("{rollback}/notifications/not_applicable_reason"), Contradiction));
    let found = refused(|p| p.rollback.applications.rows[0].target_version.clear());
    assert_eq!(found, one("5.2.4", &format!("{rollback}/applications/rows/0/target_version"), Required));
}

#[test]
fn refuses_a_plan_without_problems_other_work_risks_or_criteria() {
    assert_eq!(refused(|p| p.problems.clear()), one("5.1.5", "/problems", TooFewRows));
    assert_eq!(refused(|p| p.other_work = Table::default()), one("5.1.6", "/other_work", RowsOrReason));
    assert_eq!(refused(|p| p.other_work.rows[0].due = None), one("5.1.6", "/other_work/rows/0/due", Required));
    assert_eq!(refused(|p| p.risks.clear()), one("RO1b", "/risks", TooFewRows));
    assert_eq!(refused(|p| p.acceptance_criteria.clear()), one("5.4d", "/acceptance_criteria", TooFewRows));
}

#[test]
fn refuses_a_risk_level_below_what_probability_and_impact_give() {
    let grades = Grade::ALL;
    for (probability, impact) in grades.iter().flat_map(|p| grades.iter().map(move |i| (*p, *i))) {
        for level in grades {
            let found = refused(|p| {
                p.risks[0].probability = Some(probability);
                p.risks[0].impact = Some(impact);
                p.risks[0].level = Some(*level);
            });
            let expected =
                if *level < Grade::level(probability, impact) { one("RO1b", "/risks/0/level", Contradiction) } else { vec![] };
            assert_eq!(found, expected, "{probability} x {impact} = {level}");
        }
    }
    assert_eq!(Grade::level(Grade::High, Grade::Low), Grade::Medium);
    assert_eq!(Grade::level(Grade::Low, Grade::Medium), Grade::Low);
    assert_eq!(Grade::level(Grade::Medium, Grade::High), Grade::High);
}

#[test]
fn an_emergency_plan_needs_the_reduced_list_and_no_more() {
    let world = world();
    let mut context = world.context();
    context.emergency = true;
    let full = plan();
    let reduced = ReleasePlan {
        purpose: full.purpose,
        steps: full.steps,
        window: full.window,
        risks: full.risks,
        rollback: RollbackPlan {
            criteria: full.rollback.criteria,
            decider: full.rollback.decider,
            systems: full.rollback.systems,
            ..RollbackPlan::default()
        },
        ..ReleasePlan::default()
    };
    assert_eq!(lacks(reduced.clone(), &context), []);
    assert!(!lacks(reduced, &world.context()).is_empty());
    let clauses: std::collections::BTreeSet<_> = lacks(ReleasePlan::default(), &context).into_iter().map(|f| f.0).collect();
    assert_eq!(clauses.into_iter().collect::<Vec<_>>(), ["5.1.1", "5.1.3", "5.1.4", "5.2.1", "RO1b"]);
}

#[test]
fn a_large_knot_of_steps_is_refused_with_a_bounded_list() {
    let keys: Vec<String> = (0..500).map(|n| format!("k{n}")).collect();
    let all: Vec<&str> = keys.iter().map(String::as_str).collect();
    let found = refused(|p| p.steps = keys.iter().map(|key| step(key, 0, 1, &all)).collect());
    assert_eq!(found.len(), 1000);
}

#[test]
fn names_the_risks_that_stay_high() {
    let mut plan = plan();
    assert_eq!(plan.high_residual_risks().count(), 0);
    plan.risks[0].residual = Some(Grade::High);
    assert_eq!(plan.high_residual_risks().map(|risk| risk.key.as_str()).collect::<Vec<_>>(), ["r1"]);
}
