//! The definitive media library (9.2a, 9.2b): check-in, and what it brings to the configuration management database.

use crate::records::reasons;
use fabu_domain::{
    blocks::document::DocumentKind,
    people::role::Role,
    subjects::release::{records::ReleaseUnit, stage::Stage},
};
use fabu_testkit::{Actor, Company, TestApp, Voyage};
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

/// The versions of a unit of the example release in the library: the one that is deployed, and the one before it.
async fn media_of(keeper: &Actor, unit: &ReleaseUnit) -> [Value; 2] {
    let listed = keeper.get(&format!("/media-library?q={}&limit=100", unit.name)).await.ok();
    let of = |version: &str| {
        let found = listed["items"].as_array().unwrap().iter().find(|medium| medium["item_version"] == json!(version));
        found.unwrap().clone()
    };
    [of(&unit.version), of(unit.previous_version.as_ref().unwrap())]
}

/// What people would state about a medium to change this.
fn changed(medium: &Value, change: Value) -> Value {
    let mut stated = medium.clone();
    for field in ["id", "version", "place_kind", "last_check"] {
        stated.as_object_mut().unwrap().remove(field);
    }
    for (field, value) in change.as_object().unwrap() {
        stated[field] = value.clone();
    }
    stated
}

fn path(medium: &Value) -> String {
    format!("/media-library/{}", medium["id"].as_str().unwrap())
}

/// 9.2b: what an open release deploys or returns to is neither withdrawn nor made another file; afterwards it is, and the
/// configuration item goes with its last medium.
#[tokio::test]
async fn refuses_to_withdraw_what_an_open_release_needs() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let dossier = voyage.travel_to(Stage::Testing).await;
    let keeper = voyage.of(Role::ConfigurationAdministrator).await;
    let [deployed, previous] = media_of(&keeper, &dossier.units[0]).await;
    for (medium, code) in [(&deployed, "media_item.deployed"), (&previous, "media_item.returned_to")] {
        for change in [json!({ "active": false }), json!({ "sha256": "9".repeat(64) }), json!({ "name": "another" })] {
            let refused = keeper.put(&path(medium), changed(medium, change)).await;
            assert_eq!(reasons(&refused), [code]);
            let reason = &refused.json()["blocked_by"][0];
            assert_eq!(reason["clause"], json!("9.2b"));
            assert!(reason["message"].as_str().unwrap().contains(&voyage.number), "{reason}");
        }
    }
    let moved =
        keeper.put(&path(&deployed), changed(&deployed, json!({ "place": "柜 B1", "configuration_item": "CI-9" }))).await.ok();
    assert_eq!(item(&keeper, "CI-9").await["state"], json!("planned"));
    voyage.of(Role::ReleaseOwner).await.act(&voyage.path("/actions/cancel"), json!({ "reason": "不再需要" })).await.ok();
    keeper.put(&path(&moved), changed(&moved, json!({ "active": false }))).await.ok();
    assert_eq!(item(&keeper, "CI-9").await["state"], json!("retired"));
    let again = keeper.put(&path(&moved), changed(&moved, json!({ "active": true }))).await;
    assert_eq!(again.invalid(), [("/configuration_item".to_owned(), "field.invalid".to_owned())]);
}

/// 9.2b: another medium of it, or an item in use that names it, keeps a configuration item in use.
#[tokio::test]
async fn a_withdrawal_keeps_a_configuration_item_that_something_in_use_refers_to() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let keeper = keeper(&company);
    let of = |number: &str| json!({ "configuration_item": number });
    let mut media = Vec::new();
    for (version, number) in [("1", "CI-TWO"), ("2", "CI-TWO"), ("3", "CI-NAMED"), ("4", "CI-FREE")] {
        media.push(keeper.post("/media-library", medium(keeper, version, of(number))).await.expect(201).json());
    }
    let names = json!({ "number": "CI-USER", "name": "门户", "kind": "software", "environment": "production", "state": "live",
        "item_version": "1", "relations": [{ "kind": "uses", "to": "CI-NAMED" }] });
    let _made = keeper.post("/configuration-items", names).await.expect(201);
    for (n, number, state) in
        [(0, "CI-TWO", "planned"), (1, "CI-TWO", "retired"), (2, "CI-NAMED", "planned"), (3, "CI-FREE", "retired")]
    {
        keeper.put(&path(&media[n]), changed(&media[n], json!({ "active": false }))).await.ok();
        assert_eq!(item(keeper, number).await["state"], json!(state), "{number}");
    }
}

/// 3.1b, 9.2a: a unit is taken from the library with its name, version and hash; nothing else may be said beside it.
#[tokio::test]
async fn a_unit_is_registered_from_the_library() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let keeper = voyage.of(Role::ConfigurationAdministrator).await;
    let medium = keeper.post("/media-library", medium(&keeper, "3.0", json!({ "sha256": "3".repeat(64) }))).await.expect(201);
    let (administrator, units) = (voyage.of(Role::ReleaseAdministrator).await, voyage.path("/units"));
    let invalid = |pointer: &str| (pointer.to_owned(), "field.invalid".to_owned());
    let bare = json!({ "kind": "application" });
    assert_eq!(administrator.post(&units, bare).await.invalid(), ["/name", "/version", "/sha256"].map(invalid));
    let other = json!({ "kind": "application", "media_item_id": medium.id(), "version": "3.1", "sha256": "4".repeat(64) });
    assert_eq!(administrator.post(&units, other).await.invalid(), ["/version", "/sha256"].map(invalid));
    let unknown = json!({ "kind": "application", "media_item_id": voyage.dossier().await.release.id });
    assert_eq!(
        administrator.post(&units, unknown).await.invalid(),
        [("/media_item_id".to_owned(), "field.unknown_reference".to_owned())]
    );
    let first = json!({ "kind": "application", "media_item_id": medium.id(), "first_version_reason": "首次上线" });
    let unit = administrator.post(&units, first).await.expect(201).json();
    assert_eq!((&unit["name"], &unit["version"]), (&json!("core-settlement"), &json!("3.0")));
    assert_eq!((&unit["sha256"], &unit["media_item_id"]), (&json!("3".repeat(64)), &json!(medium.id())));
    assert_eq!((&unit["source"], &unit["first_version_reason"]), (&json!("git"), &json!("首次上线")));
    let withdrawn = keeper.post("/media-library", self::medium(&keeper, "2.0", json!({ "active": false }))).await.expect(201);
    let old = json!({ "kind": "application", "media_item_id": withdrawn.id() });
    assert_eq!(administrator.post(&units, old).await.invalid(), [invalid("/media_item_id")]);
}

/// 3.1b, 9.2a, 5.2.4: what one returns to is in the library at the go-live approval; what is deployed is there with its hash at the
/// start, and the medium is corrected when its hash was entered wrongly.
#[tokio::test]
async fn refuses_approval_and_start_with_what_is_not_in_the_library() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let unit = voyage.journey.theme.new_units().remove(0);
    let keeper = voyage.of(Role::ConfigurationAdministrator).await;
    let of_unit = |version: &str, particular: Value| {
        let mut medium = medium(&keeper, version, particular);
        medium["name"] = json!(unit.name);
        medium
    };
    let previous = unit.previous_version.clone().unwrap();
    let previous = keeper.post("/media-library", of_unit(&previous, json!({ "active": false }))).await.expect(201).json();
    let deployed = keeper.post("/media-library", of_unit(&unit.version, json!({}))).await.expect(201).json();
    voyage.travel_to(Stage::GoLivePlanning).await;
    voyage.travel(|dossier| dossier.latest(DocumentKind::GoLivePlan).is_some()).await;
    let blocked = |action: &'static str, prefix: &'static str| {
        let (voyage, path) = (&voyage, voyage.path(&format!("/gate?for={action}")));
        async move {
            let gate = voyage.of(Role::Implementer).await.get(&path).await.ok();
            let reasons = gate["blocked_by"].as_array().unwrap().iter();
            let codes = reasons.map(|reason| reason["code"].as_str().unwrap().to_owned());
            codes.filter(|code| code.starts_with(prefix)).collect::<Vec<_>>()
        }
    };
    assert_eq!(blocked("convene_go_live_approval", "unit.").await, ["unit.return_version_not_in_library"]);
    let keeper = voyage.of(Role::ConfigurationAdministrator).await;
    keeper.put(&path(&previous), changed(&previous, json!({ "active": true }))).await.ok();
    voyage.travel_to(Stage::Readiness).await;
    assert_eq!(blocked("start_deployment", "unit.").await, ["unit.library_hash_differs"]);
    let keeper = voyage.of(Role::ConfigurationAdministrator).await;
    keeper.put(&path(&deployed), changed(&deployed, json!({ "sha256": unit.sha256 }))).await.ok();
    assert_eq!(blocked("start_deployment", "unit.").await, [""; 0]);
    voyage.travel_to(Stage::Deployment).await;
}
