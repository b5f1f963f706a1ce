//! Releases that are late: flagged, told, counted, and never closed by the worker (5.10b, D6).

use chrono::TimeDelta;
use fabu_domain::{people::role::Role, subjects::release::stage::Stage};
use fabu_testkit::{Actor, TestApp, Voyage};
use serde_json::{Value, json};

async fn kinds(reader: &Actor, voyage: &Voyage<'_>) -> Vec<String> {
    let events = reader.get(&voyage.path("/events?limit=100")).await.ok();
    let kinds = events["items"].as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap().to_owned());
    let mut kinds: Vec<String> = kinds.filter(|kind| kind.contains("overdue")).collect();
    kinds.sort();
    kinds
}

#[tokio::test]
async fn a_release_that_is_not_closed_in_time_is_flagged_once_and_unflagged_when_it_closes() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let judged = voyage.travel_to(Stage::ConfigurationUpdate).await;
    let due = app.app.store.read(|tx| tx.directory()).await.unwrap().calendar.clone();
    let due = due.add_working_days(judged.release.verdict.as_ref().unwrap().mark.at, 3);
    app.clock.set(due);
    assert_eq!(app.app.flag_overdue_releases().await.unwrap(), 0, "due this instant is not late");
    app.clock.set(due + TimeDelta::microseconds(1));
    assert_eq!(app.app.flag_overdue_releases().await.unwrap(), 1);
    assert_eq!(app.app.flag_overdue_releases().await.unwrap(), 0, "once");
    let auditor = company.of(Role::Auditor).again().await;
    let list = auditor.get("/releases?overdue=true").await.ok();
    assert_eq!((&list["items"][0]["number"], &list["items"][0]["overdue"]["what"]), (&json!(voyage.number), &json!("closure")));
    assert_eq!(auditor.get("/releases?overdue=false").await.ok()["items"], json!([]));
    let view = auditor.get(&voyage.path("")).await.ok();
    assert_eq!((&view["overdue"]["what"], &view["stage"]["code"]), (&json!("closure"), &json!("configuration_update")));
    assert_eq!(kinds(&auditor, &voyage).await, ["release.closure_overdue"]);
    voyage.travel_to(Stage::Closed).await;
    assert_eq!(auditor.get("/releases?overdue=true").await.ok()["items"], json!([]));
    assert_eq!(kinds(&auditor, &voyage).await, ["release.closure_overdue", "release.closure_overdue_cleared"]);
}

#[tokio::test]
async fn a_closed_release_without_its_report_counts_as_overdue_after_five_working_days() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::Closed).await;
    app.pass(TimeDelta::days(14));
    let workers = [&app.app, &app.app, &app.app].map(|app| app.flag_overdue_releases());
    let flagged: usize = futures::future::join_all(workers).await.into_iter().map(Result::unwrap).sum();
    assert_eq!(flagged, 1, "three at once flag it once");
    let auditor = company.of(Role::Auditor).again().await;
    assert_eq!(auditor.get("/releases?overdue=true").await.ok()["items"][0]["overdue"]["what"], "report");
    voyage.travel_to(Stage::Completed).await;
    let auditor = company.of(Role::Auditor).again().await;
    assert_eq!(auditor.get(&voyage.path("")).await.ok()["overdue"], Value::Null);
    assert_eq!(kinds(&auditor, &voyage).await, ["release.report_overdue", "release.report_overdue_cleared"]);
}
