//! Every content of the scenario is complete in the example company.

#![expect(clippy::unwrap_used, reason = "a test ends at the first failure")]

use chrono::TimeDelta;
use fabu_domain::{
    blocks::document::{DocumentContent, DocumentContext, Missing},
    subjects::release::documents::{
        TestCategory,
        go_live::GoLiveWay,
        test_report::TestedUnit,
        test_results::{CaseResult, CaseStanding},
    },
};
use fabu_scenario::{Cast, Theme, cast::CASTS, contents, world::Surroundings};

fn each(check: impl Fn(&Surroundings, &Cast, &Theme)) {
    let around = Surroundings::example().unwrap();
    for (n, plan) in CASTS.iter().enumerate() {
        let theme = Theme::nth(n, around.now + TimeDelta::days(10));
        check(&around, &Cast::of(plan), &theme);
        check(&around, &Cast::of(plan), &theme.clone().in_phases().with_high_risk());
    }
}

fn complete(context: &DocumentContext<'_>, content: impl Into<DocumentContent>) {
    assert_eq!(content.into().missing(context), Vec::<Missing>::new());
}

fn objects(cast: &Cast) -> Vec<fabu_domain::ids::ServiceObjectId> {
    cast.service_objects.iter().map(|(id, _)| *id).collect()
}

#[test]
fn plans_are_complete_in_full_in_phases_and_in_an_emergency() {
    each(|around, cast, theme| {
        let objects = objects(cast);
        let plan = contents::release_plan(cast, theme);
        let mut context = DocumentContext::new(&around.directory, &objects, around.now);
        context.items = &around.items;
        complete(&context, plan.clone());
        context.release_plan = Some(&plan);
        let go_live = contents::go_live_plan(cast, theme);
        assert_eq!(go_live.way == Some(GoLiveWay::Phased), !theme.phases.is_empty());
        complete(&context, go_live);
        let emergency = contents::emergency_plan(cast, theme);
        assert!(!emergency.missing(&context).is_empty(), "the short plan does not do for a normal release");
        context.emergency = true;
        complete(&context, emergency);
    });
}

#[test]
fn test_reports_are_complete_once_the_cases_ran() {
    each(|around, cast, theme| {
        let objects = objects(cast);
        let mut context = DocumentContext::new(&around.directory, &objects, around.now);
        for case in contents::test_cases(theme) {
            *context.executed_cases.entry(case.category).or_default() += 1;
            context.cases.push(CaseResult {
                id: fabu_domain::ids::TestCaseId(uuid::Uuid::nil()),
                category: case.category,
                title: case.title,
                standing: CaseStanding::Passed,
                was_run: true,
            });
        }
        let tested = |u: fabu_domain::subjects::release::command::NewUnit| TestedUnit {
            unit_id: None,
            name: u.name,
            version: u.version,
            sha256: u.sha256,
        };
        let tested: Vec<TestedUnit> = theme.new_units().into_iter().map(tested).collect();
        for mut report in [contents::test_report(cast, theme, around.now), contents::failed_test_report(cast, theme, around.now)]
        {
            report.tested_units.clone_from(&tested);
            complete(&context, report.clone());
            context.executed_cases.remove(&TestCategory::Function);
            assert_eq!(report.missing(&context).len(), 1);
            context.executed_cases.insert(TestCategory::Function, 1);
        }
    });
}

#[test]
fn release_reports_lack_only_the_figures_of_the_system() {
    each(|around, cast, theme| {
        let objects = objects(cast);
        let context = DocumentContext::new(&around.directory, &objects, around.now);
        let mut report = contents::release_report(theme);
        assert_eq!(report.missing(&context).iter().map(|m| m.pointer.as_str()).collect::<Vec<_>>(), ["/figures"]);
        let quarter = fabu_domain::time::quarter::Quarter::of(around.now);
        report.figures = Some(contents::example_figures(theme, quarter, true));
        complete(&context, report);
    });
}

#[test]
fn the_company_has_every_role_and_only_known_names() {
    let directory = fabu_scenario::company::directory().unwrap();
    for role in fabu_domain::people::role::Role::ALL {
        assert!(directory.users.values().any(|u| u.roles.has(*role)), "{role}");
    }
    let known = |id| assert!(directory.active_user(id).is_some());
    directory.departments.values().flat_map(|d| [d.head, d.deputy_head]).flatten().for_each(known);
    directory.customers.values().flat_map(|c| &c.representatives).for_each(|r| known(r.user_id));
    directory.service_objects.values().flat_map(|o| &o.departments).for_each(|d| assert!(directory.departments.contains_key(d)));
    CASTS.iter().flat_map(|plan| Cast::of(plan).team()).for_each(|(role, user)| assert!(directory.holds(user, role), "{role}"));
}
