//! The definitive media library (9.2a, 9.2b): check-in, and what it brings to the configuration management database.

use fabu_domain::people::role::Role;
use fabu_testkit::{Actor, Company, TestApp};
use serde_json::{Value, json};

/// A medium, with what is particular to it.
fn medium(custodian: &Actor, version: &str, particular: Value) -> Value {
    let mut medium = json!({ "name": "core-settlement", "item_version": version, "kind": "application", "sha256": "0".repeat(64),
        "source": "git", "custodian": custodian.id, "place": "/media/core-settlement.tar.gz" });
    for (field, value) in particular.as_object().unwrap() {
        medium[field] = value.clone();
    }
    medium
}

fn keeper(company: &Company) -> &Actor {
    company.of(Role::ConfigurationAdministrator)
}

/// The configuration item with this number, as it is listed.
async fn item(keeper: &Actor, number: &str) -> Value {
    keeper.get(&format!("/configuration-items?q={number}")).await.ok()["items"][0].clone()
}

/// The kinds of the entries about something, oldest first.
async fn log(app: &TestApp, company: &Company, subject: &str) -> Vec<String> {
    app.seal().await;
    let log = company.of(Role::Auditor).get(&format!("/events?subject={subject}&limit=100")).await.ok();
    log["items"].as_array().unwrap().iter().map(|entry| entry["kind"].as_str().unwrap().to_owned()).collect()
}

/// 9.2a: what is in the library can be told by its hash, lies where somebody can find it, and somebody of the company looks after it.
#[tokio::test]
async fn refuses_a_medium_without_hash_or_place_or_in_the_hands_of_an_outsider() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let keeper = keeper(&company);
    let outsider = company.of(Role::CustomerRepresentative);
    let wrong = json!({ "sha256": "ABC", "sm3": "0".repeat(63), "place": "media/core.tar.gz" });
    let errors = keeper.post("/media-library", medium(outsider, "1", wrong)).await.invalid();
    let invalid = |pointer: &str| (pointer.to_owned(), "field.invalid".to_owned());
    assert_eq!(errors, ["/custodian", "/sha256", "/sm3", "/place"].map(invalid));
    for place in ["../core.tar.gz", "/media/../core", "ftp://example.com/core", "https://"] {
        let errors = keeper.post("/media-library", medium(keeper, "1", json!({ "place": place }))).await.invalid();
        assert_eq!(errors, [invalid("/place")], "{place}");
    }
    let custodian = company.of(Role::Operations);
    let made = keeper.post("/media-library", medium(custodian, "1", json!({ "sm3": "1".repeat(64) }))).await.expect(201);
    assert_eq!((&made.json()["place_kind"], &made.json()["sm3"]), (&json!("path"), &json!("1".repeat(64))));
    let others = keeper.get("/media-library?kind=data").await.ok();
    assert_eq!(others["items"].as_array().map(Vec::len), Some(0));
    let found = keeper.get(&format!("/media-library?kind=application&custodian={}", custodian.id)).await.ok();
    assert_eq!(found["items"][0]["id"], json!(made.id()));
}

/// 9.2a: a check-in registers the configuration item when there is none, and notes the version on one that there is; what is live
/// stays a matter of the release.
#[tokio::test]
async fn a_check_in_brings_the_configuration_item_up_to_date_in_the_same_step() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let keeper = keeper(&company);
    let of_new = json!({ "configuration_item": "CI-NEW", "place": "柜 A3 第 2 层" });
    let made = keeper.post("/media-library", medium(keeper, "1.0", of_new)).await.expect(201);
    assert_eq!((&made.json()["configuration_item"], &made.json()["place_kind"]), (&json!("CI-NEW"), &json!("shelf")));
    let new = item(keeper, "CI-NEW").await;
    assert_eq!((&new["state"], &new["item_version"], &new["kind"]), (&json!("planned"), &Value::Null, &json!("software")));
    assert_eq!((&new["owner"], &new["name"]), (&json!(keeper.id), &json!("core-settlement")));
    assert_eq!((&new["library"]["name"], &new["library"]["version"]), (&json!("core-settlement"), &json!("1.0")));

    let live = json!({ "number": "CI-LIVE", "name": "结算", "kind": "software", "environment": "production", "state": "live",
        "item_version": "0.9" });
    let known = keeper.post("/configuration-items", live.clone()).await.expect(201);
    let of_live = json!({ "configuration_item": "ci-live" });
    let _made = keeper.post("/media-library", medium(keeper, "1.1", of_live)).await.expect(201);
    let noted = item(keeper, "CI-LIVE").await;
    assert_eq!(
        (&noted["state"], &noted["item_version"], &noted["library"]["version"]),
        (&json!("live"), &json!("0.9"), &json!("1.1"))
    );

    let path = format!("/configuration-items/{}", known.id());
    let after = keeper.put(&path, live).await.ok();
    assert_eq!(after["library"]["version"], json!("1.1"), "what a change by hand states does not undo the check-in");
    let of_new = format!("configuration-items/{}", new["id"].as_str().unwrap());
    assert_eq!(log(&app, &company, &of_new).await, ["configuration_item.created"]);
    let of_live = format!("configuration-items/{}", known.id());
    assert_eq!(
        log(&app, &company, &of_live).await,
        ["configuration_item.created", "configuration_item.updated", "configuration_item.updated"]
    );
    let versions = keeper.get("/media-library?configuration_item=CI-NEW").await.ok();
    assert_eq!(versions["items"].as_array().map(Vec::len), Some(1));
}

/// 9.2b: what was taken out of use gets no new version until somebody restores it; the medium is not checked in either.
#[tokio::test]
async fn refuses_a_check_in_for_a_retired_configuration_item() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let keeper = keeper(&company);
    let retired =
        json!({ "number": "CI-OLD", "name": "旧结算", "kind": "software", "environment": "production", "state": "retired" });
    let _made = keeper.post("/configuration-items", retired).await.expect(201);
    let refused = keeper.post("/media-library", medium(keeper, "1", json!({ "configuration_item": "ci-old" }))).await;
    assert_eq!(refused.invalid(), [("/configuration_item".to_owned(), "field.invalid".to_owned())]);
    assert_eq!(keeper.get("/media-library").await.ok()["items"].as_array().map(Vec::len), Some(0));
}
