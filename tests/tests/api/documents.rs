use crate::releases::{path, release};
use fabu_domain::{people::role::Role, subjects::release::stage::Stage};
use fabu_scenario::contents;
use fabu_testkit::{TestApp, Voyage};
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn a_plan_is_drafted_submitted_revised_and_compared() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    let path = voyage.path("/documents/release_plan");
    let empty = administrator.get(&path).await.expect(200);
    assert_eq!(
        (empty.etag(), &empty.json()["state"], &empty.json()["number"]),
        ("\"v0\"".to_owned(), &json!("empty"), &Value::Null)
    );
    assert!(empty.json()["missing"].as_array().unwrap().len() > 5, "{}", empty.text);
    let mut plan = serde_json::to_value(contents::release_plan(&voyage.journey.cast, &voyage.journey.theme)).unwrap();
    let saved = administrator.put(&path, json!({ "content": plan })).await.expect(200);
    let view = saved.json();
    assert_eq!((saved.etag(), &view["state"], &view["content"]), ("\"v1\"".to_owned(), &json!("draft"), &plan));
    assert_eq!((&view["missing"], &view["number"]), (&json!([]), &json!("YNTD-ITSS-0606-F01-2026-0001")));
    assert_eq!(view["saved"]["by"]["id"], administrator.id.as_str());
    let submitted = administrator.act(&format!("{path}/submission"), json!({ "note": "第一版" })).await.expect(200);
    let view = submitted.json();
    assert_eq!((submitted.etag(), &view["state"]), ("\"v2\"".to_owned(), &json!("submitted")));
    assert_eq!((&view["revisions"][0]["revision"], &view["revisions"][0]["submitted"]["reason"]), (&json!(1), &json!("第一版")));
    administrator.act(&format!("{path}/submission"), json!({ "note": "x" })).await.problem(409, "document.no_draft");
    plan["purpose"] = json!("修复结算批处理");
    administrator.put(&path, json!({ "content": plan })).await.ok();
    administrator.act(&format!("{path}/submission"), json!({ "note": "第二版" })).await.ok();
    let auditor = company.of(Role::Auditor);
    let second = auditor.get(&format!("{path}/revisions/2")).await.expect(200).json();
    assert_eq!((&second["content"], &second["contributors"][0]["id"]), (&plan, &json!(administrator.id)));
    let compared = auditor.get(&format!("{path}/comparison?from=1&to=2")).await.expect(200).json();
    assert_eq!(compared["changes"].as_array().unwrap().len(), 1);
    assert_eq!((&compared["changes"][0]["pointer"], &compared["changes"][0]["after"]), (&json!("/purpose"), &plan["purpose"]));
    assert_eq!(compared["changes"][0]["section"], "purpose_and_scope");
    auditor.get(&format!("{path}/revisions/3")).await.problem(404, "resource.not_found");
    auditor.get(&format!("{path}/comparison?from=1&to=3")).await.problem(404, "resource.not_found");
    auditor.get(&format!("{path}/comparison?from=1")).await.problem(400, "query.invalid");
    let summary = auditor.get(&voyage.path("")).await.ok()["documents"][0].clone();
    assert_eq!((&summary["revision"], &summary["has_draft"], &summary["sha256"]), (&json!(2), &json!(false), &second["sha256"]));
}

#[tokio::test]
async fn asks_nobody_for_what_the_system_fills_in() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    for (stage, kind, filled_in) in
        [(Stage::Testing, "test_report", "/tested_units"), (Stage::Closed, "release_report", "/figures")]
    {
        voyage.travel_to(stage).await;
        let empty =
            voyage.of(Role::ReleaseAdministrator).await.get(&voyage.path(&format!("/documents/{kind}"))).await.expect(200).json();
        let asked: Vec<&str> = empty["missing"].as_array().unwrap().iter().map(|m| m["pointer"].as_str().unwrap()).collect();
        assert!(!asked.is_empty() && !asked.iter().any(|pointer| pointer.starts_with(filled_in)), "{kind}: {asked:?}");
    }
}

#[tokio::test]
async fn refuses_to_submit_what_is_incomplete_with_every_clause() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let path = format!("{}/documents/release_plan", path(&release(&company, "A").await));
    let administrator = company.of(Role::ReleaseAdministrator);
    administrator.act(&format!("{path}/submission"), json!({ "note": "x" })).await.problem(409, "document.no_draft");
    let saved = administrator.put(&path, json!({ "content": { "purpose": "升级" } })).await.expect(200).json();
    let missing: Vec<&str> = saved["missing"].as_array().unwrap().iter().map(|m| m["clause"].as_str().unwrap()).collect();
    let refused = administrator.act(&format!("{path}/submission"), json!({ "note": "x" })).await.expect(409).json();
    let named: Vec<&str> = refused["blocked_by"].as_array().unwrap().iter().map(|r| r["clause"].as_str().unwrap()).collect();
    assert_eq!(named, missing);
    for clause in ["5.1.2", "5.1.3", "5.1.4", "5.1.5", "RO1b"] {
        assert!(named.contains(&clause), "{clause} in {named:?}");
    }
}

/// Pasted text holds what nobody sees: it is taken out, and the draft is saved.
#[tokio::test]
async fn a_draft_with_invisible_characters_is_saved_without_them() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let path = format!("{}/documents/release_plan", path(&release(&company, "A").await));
    let content = json!({ "purpose": "\u{FEFF}升级\u{200B}系统\u{200E}\r\n第二行", "impact": "\u{202E}停机" });
    let saved = company.of(Role::ReleaseAdministrator).put(&path, json!({ "content": content })).await.expect(200).json();
    assert_eq!((&saved["content"]["purpose"], &saved["content"]["impact"]), (&json!("升级系统\n第二行"), &json!("停机")));
}

#[tokio::test]
async fn refuses_contents_beyond_the_limits_and_unknown_fields_with_their_place() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let path = format!("{}/documents/release_plan", path(&release(&company, "A").await));
    let administrator = company.of(Role::ReleaseAdministrator);
    let save = |content: Value| administrator.put(&path, json!({ "content": content }));
    let long = "长".repeat(20_001);
    let errors = save(json!({ "purpose": long, "impact": "a\u{7}b", "steps": vec![json!({}); 501] })).await.invalid();
    let expected = [
        ("/content/impact", "field.control_character"),
        ("/content/purpose", "field.too_long"),
        ("/content/steps", "field.too_many_rows"),
    ];
    assert_eq!(errors, expected.map(|(p, c)| (p.to_owned(), c.to_owned())));
    let mut deep = json!("x");
    for _ in 0..9 {
        deep = json!([deep]);
    }
    assert_eq!(save(deep).await.invalid()[0].1, "field.too_deep");
    for (content, pointer, code) in [
        (json!({ "purpos": "x" }), "/content/purpos", "field.unknown"),
        (json!({ "steps": [{ "key": "a" }, { "titel": "x" }] }), "/content/steps/1/titel", "field.unknown"),
        (json!({ "steps": [{ "duration_minutes": "ten" }] }), "/content/steps/0/duration_minutes", "field.wrong_type"),
        (json!("text"), "/content", "field.wrong_type"),
    ] {
        assert_eq!(save(content).await.invalid(), [(pointer.to_owned(), code.to_owned())]);
    }
    let errors = administrator.put(&path, json!({ "content": {}, "version": 3 })).await.invalid();
    assert_eq!(errors, [("/version".to_owned(), "field.unknown".to_owned())]);
    assert_eq!(administrator.get(&path).await.etag(), "\"v0\"", "nothing was saved");
}

#[tokio::test]
async fn refuses_drafts_of_others_of_another_stage_and_of_an_old_version() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let path = format!("{}/documents", path(&release(&company, "A").await));
    let administrator = company.of(Role::ReleaseAdministrator);
    let (plan, body) = (format!("{path}/release_plan"), json!({ "content": {} }));
    for login in ["release_owner", "release_tester", "second_release_administrator", "implementer", "auditor"] {
        let refused = company.person(login).put(&plan, body.clone()).await.not_permitted();
        assert_eq!(refused.blocked_by[0].who[0].id, administrator.id, "{login}");
    }
    company.admin().put(&plan, body.clone()).await.not_permitted();
    administrator.put(&format!("{path}/go_live_plan"), body.clone()).await.problem(409, "release.wrong_stage");
    company.of(Role::ReleaseTester).put(&format!("{path}/test_report"), body.clone()).await.problem(409, "release.wrong_stage");
    administrator.put(&format!("{path}/wish_list"), body.clone()).await.problem(404, "resource.not_found");
    let request = administrator.request(Method::PUT, &plan).json(&body);
    administrator.send(request).await.problem(428, "request.version_required");
    administrator.change_if(Method::PUT, &plan, "\"v0\"", body.clone()).await.expect(200).ok();
    let stale = administrator.change_if(Method::PUT, &plan, "\"v0\"", body).await.problem(412, "resource.stale");
    assert_eq!(stale.current_etag.as_deref(), Some("\"v1\""));
}

#[tokio::test]
async fn a_draft_raises_the_version_of_the_document_and_not_of_the_release() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let path = path(&release(&company, "A").await);
    let administrator = company.of(Role::ReleaseAdministrator);
    for saves in 1..=3 {
        administrator.put(&format!("{path}/documents/release_plan"), json!({ "content": { "purpose": "升级" } })).await.ok();
        let viewed = administrator.get(&path).await;
        assert_eq!((viewed.etag(), &viewed.json()["documents"][0]["version"]), ("\"v1\"".to_owned(), &json!(saves)));
    }
}

#[tokio::test]
async fn a_go_live_plan_begins_with_what_the_release_plan_says() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(fabu_domain::subjects::release::stage::Stage::GoLivePlanning).await;
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    let plan = administrator.get(&voyage.path("/documents/release_plan")).await.ok();
    let begun = administrator.get(&voyage.path("/documents/go_live_plan")).await.ok();
    assert_eq!((&begun["state"], &begun["content"]["window"]), (&json!("empty"), &plan["content"]["window"]));
    assert!(!begun["content"]["run_steps"].as_array().unwrap().is_empty());
    assert!(begun["missing"].as_array().unwrap().iter().any(|m| m["clause"] == "5.5.5"), "{}", begun["missing"]);
    assert_eq!(plan["state"], "submitted");
}
