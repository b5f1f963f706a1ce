//! The review of a release without success: a document whose actions are tasks (3.5).

use chrono::TimeDelta;
use fabu_domain::{people::role::Role, subjects::release::stage::Verdict};
use fabu_scenario::Journey;
use fabu_testkit::{Company, TestApp, Voyage};
use serde_json::{Value, json};

async fn rolled_back<'a>(app: &'a TestApp, company: &Company) -> Voyage<'a> {
    let journey = Journey::new(company.cast(), app.theme(0)).ending(Verdict::RolledBack);
    let voyage = Voyage::begin_with(app, company, journey).await;
    voyage.travel(|dossier| dossier.release.verdict.is_some()).await;
    voyage
}

fn tasks(release: &Value, kind: &str) -> Vec<Value> {
    release["tasks"].as_array().unwrap().iter().filter(|t| t["kind"] == kind).cloned().collect()
}

#[tokio::test]
async fn the_owner_writes_it_its_task_ends_and_each_action_becomes_a_task() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = rolled_back(&app, &company).await;
    let owner = voyage.of(Role::ReleaseOwner).await;
    let path = voyage.path("/documents/failure_review");
    let owed = tasks(&owner.get(&voyage.path("")).await.ok(), "failed_release_review").remove(0);
    let by_hand = format!("/tasks/{}/completion", owed["id"].as_str().unwrap());
    let refused = owner.act(&by_hand, json!({ "text": "已回顾" })).await.problem(409, "task.by_document");
    assert_eq!(refused.blocked_by[0].clause, "3.5");
    let tester = company.of(Role::ReleaseTester);
    let content = json!({ "cause": "连接耗尽", "why_not_prevented": "测试环境不同", "actions": [
        { "key": "a1", "action": "补充环境对照", "owner": tester.id, "due": "2026-05-29" }] });
    let implementer = voyage.of(Role::Implementer).await;
    implementer.put(&path, json!({ "content": content })).await.not_permitted();
    owner.put(&path, json!({ "content": { "cause": "连接耗尽" } })).await.ok();
    let incomplete = owner.act(&format!("{path}/submission"), json!({ "note": "第一版" })).await;
    assert_eq!(incomplete.status, 409, "{}", incomplete.text);
    let missing: Vec<_> = incomplete.json()["blocked_by"].as_array().unwrap().iter().map(|b| b["clause"].clone()).collect();
    assert_eq!(missing, [json!("3.5"), json!("3.5")], "why it was not prevented, and the actions");
    owner.put(&path, json!({ "content": content })).await.ok();
    let submitted = owner.act(&format!("{path}/submission"), json!({ "note": "第一版" })).await;
    assert!(submitted.status.is_success(), "{}", submitted.text);
    let release = owner.get(&voyage.path("")).await.ok();
    assert_eq!(tasks(&release, "failed_release_review")[0]["state"], "done");
    let action = tasks(&release, "review_action").remove(0);
    assert_eq!((&action["title"], &action["assignee"]["id"]), (&json!("补充环境对照"), &json!(tester.id)));
    app.clock.set("2026-04-01T01:00:00Z".parse().unwrap());
    app.pass(TimeDelta::minutes(1));
    app.app.draft_due_reports().await.unwrap();
    let auditor = company.of(Role::Auditor).again().await;
    let failure = auditor.get("/reports/quarterly/2026Q1").await.ok()["figures"]["failures"][0].clone();
    assert_eq!((&failure["review"], &failure["href"]), (&json!("done"), &json!(format!("/api/v1/releases/{}", voyage.number))));
}
