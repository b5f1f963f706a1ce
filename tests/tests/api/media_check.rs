//! The check of the media library (9.2a): what lies there is what was checked in, or those who answer for it are notified.

use crate::attachments::sha256;
use chrono::TimeDelta;
use fabu_domain::people::role::Role;
use fabu_testkit::{Actor, Company, TestApp};
use serde_json::{Value, json};
use std::time::Duration;

const CONTENT: &[u8] = b"core 1.0";

fn medium(keeper: &Actor, name: &str, place: &str) -> Value {
    json!({ "name": name, "item_version": "1.0", "kind": "application", "sha256": sha256(CONTENT), "source": "git",
        "size": CONTENT.len(), "custodian": keeper.id, "place": place })
}

async fn outcome(keeper: &Actor, id: &str) -> Value {
    keeper.get(&format!("/media-library/{id}")).await.ok()["last_check"]["outcome"].clone()
}

/// How many messages about media wait for a person or went to them.
async fn notified(company: &Company, role: Role) -> usize {
    let found = company.admin().get(&format!("/deliveries?recipient_id={}&limit=100", company.of(role).id)).await.ok();
    found["items"].as_array().unwrap().iter().filter(|item| item["kind"] == json!("medium_differs")).count()
}

#[tokio::test]
async fn a_file_that_differs_or_is_gone_is_kept_on_the_medium_and_raises_an_alarm() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let keeper = company.of(Role::ConfigurationAdministrator);
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let mut ids = Vec::new();
    for (name, place) in [
        ("same", path("same")),
        ("other", path("other")),
        ("gone", path("gone")),
        ("away", "/no-such-folder/of-this-machine/core".to_owned()),
        ("shelf", "柜 A3".to_owned()),
        ("address", "https://nexus.example.com/core".to_owned()),
    ] {
        ids.push(keeper.post("/media-library", medium(keeper, name, &place)).await.expect(201).id());
    }
    std::fs::write(path("same"), CONTENT).unwrap();
    std::fs::write(path("other"), b"core 1.1").unwrap();
    let found = app.app.check_media(Duration::from_secs(60)).await.unwrap();
    assert_eq!(
        (found.same, found.differing.len(), found.unreachable.len(), found.elsewhere, found.left),
        (1, 2, 1, 2, 0),
        "{found:?}"
    );
    let mut outcomes = Vec::new();
    for id in &ids {
        outcomes.push(outcome(keeper, id).await);
    }
    assert_eq!(json!(outcomes), json!(["same", "differs", "missing", "unreachable", null, null]));
    app.work().await;
    for (role, messages) in [(Role::ConfigurationAdministrator, 2), (Role::ProcessOwner, 2), (Role::ReleaseOwner, 0)] {
        assert_eq!(notified(&company, role).await, messages, "{role}");
    }
    app.seal().await;
    let log = company.of(Role::Auditor).get(&format!("/events?subject=media-library/{}", ids[1])).await.ok();
    let alarm = log["items"].as_array().unwrap().iter().find(|entry| entry["kind"] == json!("media_item.differs")).unwrap();
    assert_eq!((&alarm["payload"]["name"], &alarm["payload"]["sha256"]), (&json!("other 1.0"), &json!(sha256(CONTENT))));
    assert!(alarm["payload"]["found"].as_str().unwrap().contains(&sha256(b"core 1.1")));
    // What was reached before and is not any more is missing, wherever its folder went.
    let moved = path("moved");
    std::fs::create_dir(&moved).unwrap();
    let stated = medium(keeper, "same", &format!("{moved}/core"));
    std::fs::write(format!("{moved}/core"), CONTENT).unwrap();
    let seen = keeper.put(&format!("/media-library/{}", ids[0]), stated).await.ok();
    assert_eq!(seen["last_check"], Value::Null, "nobody has looked at the new place");
    app.app.check_media(Duration::from_secs(60)).await.unwrap();
    std::fs::remove_dir_all(&moved).unwrap();
    app.app.check_media(Duration::from_secs(60)).await.unwrap();
    assert_eq!(outcome(keeper, &ids[0]).await, json!("missing"));
    assert!(app.app.verify(Vec::new(), |_| ()).await.unwrap().sound(), "what the check keeps is proven by the log");
}

#[tokio::test]
async fn the_library_is_checked_once_a_week_and_withdrawn_media_are_not() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let keeper = company.of(Role::ConfigurationAdministrator);
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("core").to_str().unwrap().to_owned();
    let id = keeper.post("/media-library", medium(keeper, "core", &place)).await.expect(201).id();
    let mut withdrawn = medium(keeper, "old", &place);
    withdrawn["active"] = json!(false);
    let withdrawn = keeper.post("/media-library", withdrawn).await.expect(201).id();
    std::fs::write(&place, CONTENT).unwrap();
    app.work().await;
    app.pass(TimeDelta::days(7));
    app.work().await;
    let keeper = keeper.again().await;
    let first = keeper.get(&format!("/media-library/{id}")).await.ok();
    assert_eq!(first["last_check"]["outcome"], json!("same"));
    assert_eq!(outcome(&keeper, &withdrawn).await, Value::Null);
    app.work().await;
    assert_eq!(keeper.get(&format!("/media-library/{id}")).await.ok(), first, "once for each week");
    assert_eq!(app.app.check_media(Duration::ZERO).await.unwrap().left, 1, "without time everything is left");
}
