//! A database that an older program filled is migrated at the start and goes on in service.

use fabu_testkit::{Actor, OldProgram, PASSWORD, TestApp, TestDatabase};
use serde_json::{Value, json};

/// The clock stands where the dump ends.
const MORNING: &str = "2026-04-01T02:00:00Z";

/// The next member of the open panel sends the plan back.
async fn decide(app: &TestApp, reader: &Actor, number: &str) {
    let waiting = reader.get(&format!("/releases/{number}")).await.ok();
    let open = waiting["approvals"].as_array().unwrap().iter().find(|approval| approval["state"] == "open").unwrap();
    let path = format!("/approvals/{}", open["id"].as_str().unwrap());
    let panel = reader.get(&path).await.ok();
    let awaited = panel["members"].as_array().unwrap().iter().find(|member| member["vote"].is_null()).unwrap();
    let people = reader.get("/users?limit=100").await.ok();
    let person = people["items"].as_array().unwrap().iter().find(|person| person["id"] == awaited["user"]["id"]).unwrap();
    let member = app.nobody().sign_in(person["login"].as_str().unwrap(), PASSWORD).await;
    member.act(&format!("{path}/votes"), json!({ "decision": "return", "comment": "窗口已过" })).await.ok();
}

/// STYLE 12: data that exist are carried over, can be read by those who may, and can be worked with.
#[tokio::test]
async fn a_database_of_version_0008_is_migrated_and_served() {
    let app = tokio::task::spawn_blocking(|| TestDatabase::filled(OldProgram::V0008).unwrap())
        .await
        .map(TestApp::start_on)
        .unwrap()
        .await;
    app.clock.set(MORNING.parse().unwrap());
    let auditor = app.nobody().sign_in("auditor", PASSWORD).await;
    let list = auditor.get("/releases").await.ok();
    let mut found: Vec<(&Value, &Value)> =
        list["items"].as_array().unwrap().iter().map(|item| (&item["number"], &item["stage"]["code"])).collect();
    found.sort_by_key(|(number, _)| number.to_string());
    let expected = [(json!("REL-2026-0001"), json!("completed")), (json!("REL-2026-0002"), json!("go_live_approval"))];
    assert_eq!(found, expected.iter().map(|(number, stage)| (number, stage)).collect::<Vec<_>>());
    let report = auditor.get("/reports/quarterly/2026Q1").await.ok();
    assert_eq!((&report["figures"]["total"], &report["figures"]["successes"]), (&json!(1), &json!(1)));
    decide(&app, &auditor, "REL-2026-0002").await;
    app.work().await;
    app.seal().await;
    let log = auditor.get("/events/verification").await.ok();
    assert_eq!((&log["sound"], &log["unsealed"]), (&json!(true), &json!(0)), "{log}");
}
