use fabu_testkit::{Actor, Answered, TestApp};
use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

async fn post(actor: &Actor, key: &str, path: &str, body: Value) -> Answered {
    actor.send(actor.request(Method::POST, path).header("Idempotency-Key", key).json(&body)).await
}

#[tokio::test]
async fn a_repeated_request_gets_the_same_bytes_and_has_one_effect() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let admin = company.admin();
    let first = post(admin, "k1", "/departments", json!({ "name": "财务部" })).await.expect(201);
    assert_eq!(first.header("idempotent-replayed"), None);
    let path = format!("/departments/{}", first.id());
    admin.put(&path, json!({ "name": "改名" })).await.ok();
    for _ in 0..3 {
        let again = post(admin, "k1", "/departments", json!({ "name": "财务部" })).await.expect(201);
        assert_eq!((&again.text, again.etag(), again.header("location")), (&first.text, first.etag(), first.header("location")));
        assert_eq!(again.header("idempotent-replayed").as_deref(), Some("true"));
    }
    post(admin, "k1", "/departments", json!({ "name": "别的" })).await.problem(422, "idempotency.key_reused");
    post(admin, "k1", "/customers", json!({ "name": "财务部" })).await.problem(422, "idempotency.key_reused");
}

#[tokio::test]
async fn keys_of_others_never_match_and_a_refused_request_may_be_sent_again() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let (admin, owner) = (company.admin(), company.person("process_owner"));
    post(admin, "k1", "/customers", json!({ "name": "甲" })).await.expect(201).ok();
    let other = post(owner, "k1", "/customers", json!({ "name": "乙" })).await.expect(201);
    assert_eq!(other.json()["name"], "乙");
    post(admin, "k2", "/customers", json!({ "name": "乙" })).await.problem(409, "resource.name_taken");
    owner.put(&format!("/customers/{}", other.id()), json!({ "name": "丙" })).await.ok();
    post(admin, "k2", "/customers", json!({ "name": "乙" })).await.expect(201).ok();
}

#[tokio::test]
async fn requests_with_one_key_at_the_same_time_have_one_effect() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let admin = company.admin();
    let answers = join_all((0..8).map(|_| post(admin, "race", "/departments", json!({ "name": "财务部" })))).await;
    let fresh = answers.iter().filter(|answer| answer.header("idempotent-replayed").is_none()).count();
    assert_eq!(fresh, 1);
    assert!(answers.iter().all(|answer| answer.status == 201 && answer.text == answers[0].text));
}

#[tokio::test]
async fn refuses_keys_that_are_empty_long_or_not_visible() {
    let app = TestApp::start().await;
    let company = app.company().await;
    for key in ["", "a b", &"x".repeat(256)] {
        post(company.admin(), key, "/departments", json!({ "name": "x" })).await.problem(400, "header.invalid");
    }
}
