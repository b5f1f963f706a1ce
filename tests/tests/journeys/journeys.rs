use chrono::TimeDelta;
use fabu_domain::{
    subjects::{
        change::ChangeKind,
        release::stage::{ReleaseKind, ReleaseMedium, ReleaseScope, Stage, Verdict},
    },
    time::clock::Clock,
};
use fabu_scenario::{
    Journey, Theme,
    cast::CASTS,
    http::{Drive, Instance, Network, NewChange, Opening, SetTime},
};
use fabu_testkit::TestApp;
use std::sync::Arc;

pub fn opening(journey: &Journey, kind: ReleaseKind, number: &str) -> Opening {
    let change = NewChange {
        number: number.to_owned(),
        title: journey.theme.title.clone(),
        kind: if kind == ReleaseKind::Emergency { ChangeKind::Emergency } else { ChangeKind::Normal },
        objects: journey.cast.service_objects.iter().map(|(id, _)| *id).collect(),
        requested_by: "业务部门".to_owned(),
        requested_at: None,
        approved_at: None,
    };
    Opening { kind, scope: ReleaseScope::Delta, medium: ReleaseMedium::Software, change }
}

async fn completed(kind: ReleaseKind, cast: usize, change: impl FnOnce(Journey) -> Journey) -> Verdict {
    let app = TestApp::start().await;
    let network = Network::new(&app.url).unwrap();
    let instance = Instance::found(network, SetTime::new(Arc::clone(&app.clock)), &app.set_up_token()).await.unwrap();
    let theme = Theme::nth(cast, app.clock.now() + TimeDelta::days(6));
    let journey = change(Journey::new(instance.cast(&CASTS[cast]), theme));
    let opening = opening(&journey, kind, "CHG-2026-0001");
    let drive = Drive::open(&instance, journey, &opening).await.unwrap();
    drive.travel_to(Stage::Completed).await.unwrap_or_else(|error| panic!("{error}"));
    let statistics = instance.statistics();
    assert_eq!((statistics.refusals(), statistics.failures()), (0, 0));
    drive.verdict().await.unwrap().unwrap().0
}

#[tokio::test]
async fn a_release_travels_from_the_approved_change_to_the_approved_report() {
    assert_eq!(completed(ReleaseKind::Minor, 0, |journey| journey).await, Verdict::Successful);
}

#[tokio::test]
async fn a_phased_release_with_a_high_risk_is_confirmed_phase_by_phase() {
    let phased = |journey: Journey| Journey { theme: journey.theme.clone().in_phases().with_high_risk(), ..journey };
    assert_eq!(completed(ReleaseKind::Major, 1, phased).await, Verdict::Successful);
}

#[tokio::test]
async fn a_returned_plan_a_failed_test_round_and_an_objection_are_overcome() {
    let troubled = |journey| Journey { returned_plans: 1, failing_rounds: 1, objection: true, ..journey };
    assert_eq!(completed(ReleaseKind::Minor, 2, troubled).await, Verdict::Successful);
}

#[tokio::test]
async fn a_deployment_that_fails_is_rolled_back_and_reviewed() {
    let failing = |journey: Journey| journey.ending(Verdict::RolledBack);
    assert_eq!(completed(ReleaseKind::Minor, 1, failing).await, Verdict::RolledBack);
}

#[tokio::test]
async fn an_emergency_takes_the_short_route_and_makes_up_the_rest() {
    assert_eq!(completed(ReleaseKind::Emergency, 0, Journey::in_an_emergency).await, Verdict::Successful);
}
