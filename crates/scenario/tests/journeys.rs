//! Journeys with incidents, in the pure core.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use chrono::TimeDelta;
use fabu_domain::{
    blocks::{
        approval::{ApprovalKind, ApprovalState},
        document::DocumentKind,
    },
    subjects::release::stage::{ReleaseKind, Stage},
};
use fabu_scenario::{Cast, Journey, Theme, World, cast::CASTS, world::Surroundings};

fn travelled(change: impl FnOnce(Journey) -> Journey) -> World {
    let around = Surroundings::example().expect("a company");
    let theme = Theme::nth(0, around.now + TimeDelta::days(5)).in_phases();
    let journey = change(Journey::new(Cast::of(&CASTS[0]), theme));
    let mut world = World::open(around, &CASTS[0], &journey.theme.title, ReleaseKind::Minor).expect("a release");
    world.travel_to(&journey, Stage::Completed).expect("no refusal");
    assert_eq!(world.dossier.release.stage, Stage::Completed);
    world
}

#[test]
fn a_plan_sent_back_twice_has_three_revisions() {
    let world = travelled(|journey| Journey { returned_plans: 2, ..journey });
    assert_eq!(world.dossier.documents[&DocumentKind::ReleasePlan].revisions.len(), 3);
    let returned = world.dossier.approvals.iter().filter(|a| a.state == ApprovalState::Returned);
    assert_eq!(returned.map(|a| a.kind).collect::<Vec<_>>(), [ApprovalKind::PlanReview, ApprovalKind::PlanReview]);
}

#[test]
fn an_objection_is_answered_by_asking_again() {
    let world = travelled(|journey| Journey { objection: true, ..journey });
    let confirmations = world.dossier.approvals.iter().filter(|a| a.kind == ApprovalKind::DeploymentConfirmation);
    let told: Vec<_> = confirmations.map(|a| (a.subject.phase.as_deref().unwrap_or_default(), a.state)).collect();
    assert_eq!(told, [("pilot", ApprovalState::Returned), ("pilot", ApprovalState::Passed), ("rest", ApprovalState::Passed)]);
}
