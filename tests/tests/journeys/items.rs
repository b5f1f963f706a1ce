//! A configuration item from its check-in into the library to its history, over HTTP (3.4, 5.2, 5.9, 9.2a, 9.2c).

use crate::journeys::opening;
use chrono::TimeDelta;
use fabu_domain::{
    subjects::release::stage::{ReleaseKind, Stage, Verdict},
    time::clock::Clock,
};
use fabu_scenario::{
    Journey, Theme,
    cast::CASTS,
    http::{Drive, Instance, Method, Network, SetTime},
};
use fabu_testkit::TestApp;
use serde_json::{Value, json};
use std::sync::Arc;

type Company = Instance<Network, SetTime>;

/// What a release did to an item that its check-in had registered.
struct Told {
    /// The item before the release.
    before: Value,
    /// The item after it.
    after: Value,
    /// The history of the item.
    history: Vec<Value>,
    /// What the change says of the configuration.
    change: Value,
    journey: Journey,
    number: String,
}

async fn see(company: &Company, journey: &Journey, path: &str) -> Value {
    let reader = journey.cast.configuration_administrator;
    let seen = company.ask(reader, "see", Method::Get, path, None, None).await;
    seen.unwrap_or_else(|error| panic!("{path}: {error}")).read(path).unwrap()
}

async fn released(verdict: Verdict) -> Told {
    let app = TestApp::start().await;
    let network = Network::new(&app.url).unwrap();
    let company = Instance::found(network, SetTime::new(Arc::clone(&app.clock)), &app.set_up_token()).await.unwrap();
    let theme = Theme::nth(0, app.clock.now() + TimeDelta::days(6));
    let journey = Journey::new(company.cast(&CASTS[0]), theme).ending(verdict);
    let keeper = journey.cast.configuration_administrator;
    for (unit, new) in journey.theme.units.iter().zip(journey.theme.new_units()) {
        company.check_in_of_item(keeper, &new, &journey.theme.item_number(unit)).await.unwrap();
    }
    let unit = &journey.theme.units[0];
    let found = format!("/configuration-items?q={}", journey.theme.item_number(unit));
    let before = see(&company, &journey, &found).await["items"][0].clone();
    let drive = Drive::open(&company, journey.clone(), &opening(&journey, ReleaseKind::Minor, "CHG-2026-0001")).await.unwrap();
    drive.travel_to(Stage::Completed).await.unwrap_or_else(|error| panic!("{error}"));
    let after = see(&company, &journey, &found).await["items"][0].clone();
    let history = format!("/configuration-items/{}/releases", before["id"].as_str().unwrap());
    let history = see(&company, &journey, &history).await["items"].as_array().unwrap().clone();
    let changes = see(&company, &journey, "/changes?q=CHG-2026-0001").await;
    let change = format!("/changes/{}/progress", changes["items"][0]["id"].as_str().unwrap());
    let change = see(&company, &journey, &change).await;
    Told { before, after, history, change, number: drive.number.clone(), journey }
}

#[tokio::test]
async fn an_item_that_a_check_in_registered_goes_live_with_its_release() {
    let told = released(Verdict::Successful).await;
    let unit = &told.journey.theme.units[0];
    assert_eq!((&told.before["state"], &told.before["item_version"]), (&json!("planned"), &Value::Null));
    assert_eq!((&told.after["state"], &told.after["item_version"]), (&json!("live"), &json!(unit.version)));
    assert_eq!(told.history.len(), 1);
    let row = &told.history[0];
    assert_eq!(
        (&row["release"], &row["state"], &row["verdict"]),
        (&json!(told.number), &json!("confirmed"), &json!("successful"))
    );
    assert_eq!((&row["baseline"]["version"], &row["actual"]["version"]), (&json!("未上线"), &json!(unit.version)));
    assert_eq!(row["decided_by"]["id"], json!(told.journey.cast.configuration_administrator));
    assert_eq!(row["deployed_by"]["id"], json!(told.journey.cast.implementer));
    assert!(row["approval_id"].is_string(), "{row}");
    assert!(told.change.to_string().contains("successful"), "{}", told.change);
}

#[tokio::test]
async fn an_item_that_a_check_in_registered_stays_planned_when_its_release_is_rolled_back() {
    let told = released(Verdict::RolledBack).await;
    assert_eq!((&told.after["state"], &told.after["item_version"]), (&json!("planned"), &Value::Null));
    assert_eq!(told.after["confirmed"]["release"], json!(told.number), "that it is as it was has been confirmed");
    assert_eq!((told.history.len(), &told.history[0]["verdict"]), (1, &json!("rolled_back")));
    assert_eq!(told.history[0]["actual"]["version"], "未上线");
    assert!(told.change.to_string().contains("rolled_back"), "{}", told.change);
}
