//! A connection that breaks during a commit (RELIABILITY target 8): nobody is told to try again what may be done already.

use fabu_domain::people::role::Role;
use fabu_testkit::{CuttingProxy, TestApp};
use reqwest::Method;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_whose_answer_is_lost_is_of_unknown_outcome_and_its_repeat_has_one_effect() {
    let app = TestApp::start().await;
    let company = app.company().await;
    // SQLite has no connection that could break.
    let Some(proxy) = CuttingProxy::before(app.database().url()).await else { return };
    let other = app.sibling_at(&proxy.url);
    let admin = company.admin().at(&other.url);
    let create = |key: &'static str, name: &'static str| {
        admin.send(admin.request(Method::POST, "/departments").header("Idempotency-Key", key).json(&json!({ "name": name })))
    };
    drop(create("first", "运维一部").await.expect(201));
    proxy.arm();
    let cut = create("second", "运维二部").await;
    assert_eq!(proxy.cuts(), 1, "the commit was cut");
    cut.problem(503, "outcome.unknown");
    assert_eq!(cut.header("retry-after"), None, "it is not said that trying again is right");
    let again = create("second", "运维二部").await.expect(201);
    assert_eq!(again.header("idempotent-replayed").as_deref(), Some("true"), "it was written");
    let named = company.of(Role::Auditor).get("/departments?limit=100").await.ok();
    let names = named["items"].as_array().unwrap().iter().filter(|item| item["name"] == "运维二部").count();
    assert_eq!(names, 1);
}
