//! Who is sent which report when: data, with preview.

use fabu_domain::people::role::Role;
use fabu_testkit::{TestApp, Voyage};
use reqwest::Method;
use serde_json::{Value, json};

const DIGEST: &str = "/reports/schedules/06060000-0000-7000-8000-000000000001";

fn managers() -> Value {
    json!({ "name": "经理季度报告", "report": "quarterly_report", "roles": ["general_manager"], "minute": 545, "working_day": 5 })
}

#[tokio::test]
async fn a_new_company_has_a_daily_digest_at_half_past_eight_and_ten_and_a_quarterly_report() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let all = company.of(Role::Auditor).get("/reports/schedules").await.ok();
    let rows: Vec<_> = all["items"].as_array().unwrap().iter().map(|s| (s["report"].as_str(), s["minute"].as_u64())).collect();
    assert_eq!(rows, [(Some("daily_digest"), Some(520)), (Some("quarterly_report"), Some(545))]);
}

#[tokio::test]
async fn an_arrangement_is_made_changed_and_ended() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let owner = company.of(Role::ProcessOwner);
    let created = owner.post("/reports/schedules", managers()).await.expect(201);
    let path = format!("/reports/schedules/{}", created.id());
    assert_eq!(created.json()["recipients"][0]["id"], json!(company.of(Role::GeneralManager).id));
    let mut changed = managers();
    changed["users"] = json!([owner.id]);
    changed["active"] = json!(false);
    let changed = owner.put(&path, changed).await.ok();
    assert_eq!((changed["recipients"].as_array().map(Vec::len), &changed["version"]), (Some(2), &json!(2)));
    assert_eq!(owner.get(&format!("{path}/sendings")).await.ok(), json!({ "items": [] }));
    let _ended = owner.delete(&path).await.expect(204);
    owner.get(&path).await.problem(404, "resource.not_found");
}

#[tokio::test]
async fn refuses_strangers_nobody_to_send_to_wrong_times_customers_and_stale_versions() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let owner = company.of(Role::ProcessOwner);
    company.of(Role::ReleaseOwner).post("/reports/schedules", managers()).await.not_permitted();
    let wrong = json!({ "name": "x", "report": "daily_digest", "minute": 1440, "working_day": 0 });
    let errors = owner.post("/reports/schedules", wrong).await.invalid();
    let error = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    let all = [error("/minute", "field.invalid"), error("/working_day", "field.invalid"), error("/roles", "field.empty")];
    assert_eq!(errors, all);
    let mut customers = managers();
    customers["roles"] = json!(["customer_representative"]);
    customers["users"] = json!(["0192f3c1-7b1e-7000-8000-000000000001"]);
    let errors = owner.post("/reports/schedules", customers).await.invalid();
    assert_eq!(errors, [error("/roles", "field.invalid"), error("/users/0", "field.unknown_reference")]);
    let stale = owner.change_if(Method::PUT, DIGEST, "\"v9\"", managers()).await.problem(412, "resource.stale");
    assert_eq!(stale.current_etag.as_deref(), Some("\"v1\""));
}

#[tokio::test]
async fn the_preview_tells_everybody_what_is_theirs() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let judged = voyage.travel(|dossier| dossier.release.verdict.is_some()).await;
    app.pass(chrono::TimeDelta::days(14));
    app.app.flag_overdue_releases().await.unwrap();
    assert!(app.app.raise_reminders().await.unwrap() > 0);
    assert_eq!(app.app.raise_reminders().await.unwrap(), 0, "each is raised once");
    let auditor = company.of(Role::Auditor).again().await;
    let preview = auditor.get(&format!("{DIGEST}/preview")).await.ok();
    let of = |role: Role| {
        let id = &company.of(role).id;
        preview["items"].as_array().unwrap().iter().find(|m| m["reader"]["id"] == json!(id)).cloned()
    };
    let implementer = of(Role::Implementer).unwrap();
    assert_eq!(implementer["kind"], "digest");
    let late = implementer["sections"].as_array().unwrap().iter().find(|s| s["heading"] == "Late releases").unwrap();
    assert!(late["rows"][0][0].as_str().unwrap().starts_with(&judged.release.number), "{late}");
    assert!(of(Role::ReleaseOwner).is_some());
    assert_eq!(of(Role::Auditor), None, "who has nothing to do gets nothing");
    let told = app.app.store.read(|tx| tx.held_deliveries()).await.unwrap();
    assert!(told.is_empty(), "a preview tells nobody");
}

#[tokio::test]
async fn reminders_are_raised_once_however_many_workers_look() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(fabu_domain::subjects::release::stage::Stage::GoLiveApproval).await;
    app.pass(chrono::TimeDelta::days(7));
    let siblings = [app.sibling(), app.sibling()];
    let workers = std::iter::once(&app).chain(&siblings).map(|worker| worker.app.raise_reminders());
    let raised: usize = futures::future::join_all(workers).await.into_iter().map(Result::unwrap).sum();
    let auditor = company.of(Role::Auditor).again().await;
    let events = auditor.get(&voyage.path("/events?limit=100")).await.ok();
    let reminder = |event: &&Value| event["kind"] == "reminder.raised";
    let logged: Vec<&Value> = events["items"].as_array().unwrap().iter().filter(reminder).collect();
    assert_eq!(logged.len(), raised);
    let of = |event: &&Value| format!("{} {}", event["payload"]["key"], event["payload"]["to"]);
    let different: std::collections::BTreeSet<String> = logged.iter().map(of).collect();
    assert_eq!(different.len(), raised);
}
