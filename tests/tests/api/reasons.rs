//! Every reason names a place where it can be cleared, and the place exists.

use crate::releases::approved_change;
use fabu_domain::{people::role::Role, subjects::release::stage::Stage};
use fabu_testkit::{Actor, TestApp, Voyage};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The addresses that the reasons of a release's actions give, for one reader.
fn places(release: &Value) -> BTreeSet<String> {
    let actions = release["actions"].as_array().unwrap();
    let reasons = actions.iter().flat_map(|action| action["blocked_by"].as_array().unwrap());
    reasons.filter_map(|reason| reason["href"].as_str().map(ToOwned::to_owned)).collect()
}

/// What lies at an address of a reason: a whole answer, or a part of it by its JSON pointer.
async fn found(reader: &Actor, href: &str) -> Option<Value> {
    let (path, pointer) = href.split_once('#').unwrap_or((href, ""));
    let answer = reader.get(path).await;
    (answer.status == 200).then(|| answer.json()).and_then(|whole| whole.pointer(pointer).cloned())
}

#[tokio::test]
async fn every_reason_of_every_stage_leads_to_a_place_that_exists() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let (mut followed, mut kinds) = (BTreeSet::new(), BTreeSet::new());
    for stage in [
        Stage::Planning,
        Stage::PlanReview,
        Stage::Testing,
        Stage::Acceptance,
        Stage::GoLivePlanning,
        Stage::GoLiveApproval,
        Stage::Readiness,
        Stage::Deployment,
        Stage::ConfigurationUpdate,
        Stage::Closure,
        Stage::Closed,
    ] {
        voyage.travel_to(stage).await;
        for role in [Role::ReleaseAdministrator, Role::ReleaseOwner, Role::Implementer] {
            let reader = voyage.of(role).await;
            for href in places(&reader.get(&voyage.path("")).await.ok()) {
                assert!(found(&reader, &href).await.is_some(), "{stage}, {role}: {href} leads nowhere");
                let below = href.split(&voyage.number).nth(1).unwrap_or(&href);
                kinds.insert(below.split('/').nth(1).unwrap_or_default().to_owned());
                followed.insert(href);
            }
        }
    }
    assert!(followed.len() >= 12, "{followed:?}");
    for kind in ["documents", "tasks", "approvals", "units", "configuration-changes"] {
        assert!(kinds.contains(kind), "no reason named {kind}: {kinds:?}");
    }
}

#[tokio::test]
async fn a_missing_role_and_an_unconfirmed_grouping_are_found_in_the_view_of_the_release() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let changes = [approved_change(&company, "CHG-1").await, approved_change(&company, "CHG-2").await];
    let administrator = company.of(Role::ReleaseAdministrator);
    let owner = json!({ "role": "release_owner", "user_id": company.of(Role::ReleaseOwner).id });
    let itself = json!({ "role": "release_administrator", "user_id": administrator.id });
    let body = json!({ "title": "两项变更", "kind": "minor", "scope": "delta", "medium": "software", "changes": changes, "team": [owner, itself] });
    let release = administrator.post("/releases", body).await.expect(201).json();
    let found_in_view: BTreeSet<String> = places(&release).into_iter().filter(|href| href.contains('#')).collect();
    let number = release["number"].as_str().unwrap();
    let expected = ["changes", "team"].map(|part| format!("/api/v1/releases/{number}#/{part}"));
    assert!(expected.iter().all(|href| found_in_view.contains(href)), "{found_in_view:?}");
    for href in found_in_view {
        assert!(found(administrator, &href).await.is_some_and(|part| part.is_array()), "{href} leads nowhere");
    }
}
