use fabu_domain::{people::role::Role, subjects::release::stage::Stage};
use fabu_testkit::{Answered, TestApp, Voyage};
use serde_json::{Value, json};

const SHA: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

fn unit(name: &str) -> Value {
    json!({ "name": name, "version": "2.4.1", "kind": "application", "sha256": SHA, "previous_version": "2.4.0" })
}

fn column(list: &Value, field: &str) -> Vec<String> {
    let text = |item: &Value| item[field].as_str().map_or_else(|| item[field].to_string(), str::to_owned);
    list["items"].as_array().unwrap().iter().map(text).collect()
}

/// The codes of all reasons of a refusal by the procedure.
#[track_caller]
pub fn reasons(answer: &Answered) -> Vec<String> {
    assert_eq!(answer.status, 409, "{}: {}", answer.request, answer.text);
    let found: Value = answer.json();
    found["blocked_by"].as_array().unwrap().iter().map(|reason| reason["code"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_unit_is_registered_with_its_hash_and_stays_on_record_when_it_is_withdrawn() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let (administrator, path) = (voyage.of(Role::ReleaseAdministrator).await, voyage.path("/units"));
    let made = administrator.post(&path, unit("core")).await.expect(201);
    let view = made.json();
    assert_eq!(made.header("location").unwrap(), format!("/api/v1{path}"));
    assert_eq!((&view["name"], &view["sha256"], &view["withdrawn"]), (&json!("core"), &json!(SHA), &json!(false)));
    assert_eq!(view["registered_by"], json!({ "id": administrator.id, "name": "release administrator" }));
    administrator.post(&path, unit("core")).await.problem(409, "unit.duplicate");
    let withdrawal = format!("{path}/{}/withdrawal", made.id());
    let withdrawn = administrator.post(&withdrawal, json!({ "reason": "打包有误" })).await.expect(200).json();
    assert_eq!((&withdrawn["id"], &withdrawn["withdrawn"]), (&view["id"], &json!(true)));
    administrator.post(&withdrawal, json!({ "reason": "再次" })).await.problem(409, "unit.unknown");
    voyage.of(Role::Implementer).await.post(&path, unit("core")).await.expect(201).ok();
    assert_eq!(column(&company.of(Role::Auditor).get(&path).await.ok(), "withdrawn"), ["true", "false"]);
}

#[tokio::test]
async fn refuses_units_of_others_with_broken_hashes_and_of_unknown_releases() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let (administrator, path) = (voyage.of(Role::ReleaseAdministrator).await, voyage.path("/units"));
    for sha256 in ["", "abc", &SHA.to_uppercase(), &format!("{SHA}0")] {
        let mut body = unit("core");
        body["sha256"] = json!(sha256);
        administrator.post(&path, body).await.problem(409, "unit.hash_invalid");
    }
    let mut body = unit(" ");
    body["withdrawn"] = json!(true);
    assert_eq!(administrator.post(&path, body).await.invalid().len(), 1);
    let may = [Role::ReleaseAdministrator.as_str(), Role::Implementer.as_str()];
    for person in company.people().filter(|person| !may.contains(&person.login.as_str())) {
        person.post(&path, unit("core")).await.not_permitted();
    }
    administrator.post("/releases/REL-2026-9999/units", unit("core")).await.problem(404, "resource.not_found");
    let nothing = format!("{path}/0192f3c1-7b1e-7000-8000-000000000001/withdrawal");
    administrator.post(&nothing, json!({ "reason": "x" })).await.problem(409, "unit.unknown");
    administrator.post(&format!("{path}/nonsense/withdrawal"), json!({ "reason": "x" })).await.problem(404, "resource.not_found");
    assert_eq!(administrator.get(&path).await.ok(), json!({ "items": [] }));
}

#[tokio::test]
async fn a_test_run_is_bound_to_the_registered_version_and_hash() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let dossier = voyage.travel_to(Stage::Testing).await;
    let tester = voyage.of(Role::ReleaseTester).await;
    let case = json!({ "category": "function", "title": "日终结算", "expected": "两小时内完成" });
    let case = tester.post(&voyage.path("/test-cases"), case).await.expect(201).json();
    assert_eq!((&case["clause"], &case["procedure"]), (&json!("5.4.2"), &json!("")));
    assert_eq!(column(&tester.get(&voyage.path("/test-cases")).await.ok(), "id").last().unwrap(), case["id"].as_str().unwrap());
    let (unit, path) = (&dossier.units[0], voyage.path("/test-runs"));
    let run = |version: &str, sha256: &str| json!({ "case_id": case["id"], "unit_id": unit.id, "version": version, "sha256": sha256, "result": "passed" });
    let made = tester.post(&path, run(&unit.version, &unit.sha256)).await.expect(201).json();
    assert_eq!((&made["n"], &made["round"], &made["unit_sha256"]), (&json!(1), &json!(1), &json!(unit.sha256)));
    tester.post(&path, run("0.0.1", &unit.sha256)).await.problem(409, "unit.other_version");
    tester.post(&path, run(&unit.version, SHA)).await.problem(409, "unit.other_version");
    let mut unknown = run("0.0.1", SHA);
    unknown["case_id"] = json!("0192f3c1-7b1e-7000-8000-000000000001");
    assert_eq!(reasons(&tester.post(&path, unknown.clone()).await), ["test_case.unknown", "unit.other_version"]);
    unknown["unit_id"] = unknown["case_id"].clone();
    assert_eq!(reasons(&tester.post(&path, unknown).await), ["test_case.unknown", "unit.unknown"]);
    let mut shown = run(&unit.version, &unit.sha256);
    shown["attachments"] = json!(["0192f3c1-7b1e-7000-8000-000000000001"]);
    let expected = ("/attachments/0".to_owned(), "field.unknown_reference".to_owned());
    assert_eq!(tester.post(&path, shown).await.invalid(), [expected]);
    voyage.of(Role::ReleaseAdministrator).await.post(&path, run(&unit.version, &unit.sha256)).await.not_permitted();
    assert_eq!(column(&tester.get(&path).await.ok(), "n"), ["1"]);
}

#[tokio::test]
async fn refuses_test_runs_before_the_plan_is_agreed_and_units_after_the_test() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let (administrator, tester) = (voyage.of(Role::ReleaseAdministrator).await, voyage.of(Role::ReleaseTester).await);
    let dossier = voyage.travel(|dossier| !dossier.units.is_empty() && !dossier.test_cases.is_empty()).await;
    assert_eq!(dossier.release.stage, Stage::Planning);
    let (unit_in_force, case) = (&dossier.units[0], &dossier.test_cases[0]);
    let run = json!({
        "case_id": case.id, "unit_id": unit_in_force.id, "version": unit_in_force.version, "sha256": unit_in_force.sha256,
        "result": "passed"
    });
    assert_eq!(reasons(&tester.post(&voyage.path("/test-runs"), run).await), ["release.wrong_stage"]);
    voyage.travel_to(Stage::Acceptance).await;
    let late = administrator.post(&voyage.path("/units"), unit("late")).await;
    assert_eq!(reasons(&late), ["release.wrong_stage"]);
}

#[tokio::test]
async fn comments_come_from_the_log_in_both_orders_and_page_by_page() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let (path, before) = (voyage.path("/comments"), voyage.dossier().await.release.version);
    let writer = company.of(Role::SupportStaff);
    for n in 1..=5 {
        let made = writer.post(&path, json!({ "text": format!("第{n}条\n意见") })).await.expect(201).json();
        assert_eq!((&made["text"], &made["by"]["id"]), (&json!(format!("第{n}条\n意见")), &json!(writer.id)));
    }
    assert_eq!(voyage.dossier().await.release.version, before, "a comment disturbs nobody's work");
    let newest = writer.get(&path).await.ok();
    let oldest: Vec<String> = column(&writer.get(&format!("{path}?order=oldest")).await.ok(), "id");
    assert_eq!(column(&newest, "id").into_iter().rev().collect::<Vec<_>>(), oldest);
    let (mut seen, mut next) = (Vec::new(), format!("{path}?order=oldest&limit=2"));
    loop {
        let page = writer.get(&next).await.ok();
        seen.extend(column(&page, "id"));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        next = format!("{path}?order=oldest&limit=2&cursor={cursor}");
    }
    assert_eq!(seen, oldest);
    assert_eq!(writer.post(&path, json!({ "text": " " })).await.invalid(), [("/text".to_owned(), "field.empty".to_owned())]);
    writer.get(&format!("{path}?order=upwards")).await.problem(400, "query.invalid");
}

#[tokio::test]
async fn the_history_of_a_release_tells_who_did_what_and_what_was_refused() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    administrator.post(&voyage.path("/units"), unit("core")).await.expect(201).ok();
    voyage.of(Role::ReleaseTester).await.post(&voyage.path("/units"), unit("other")).await.not_permitted();
    let history = administrator.get(&voyage.path("/events?order=oldest&limit=100")).await.ok();
    let kinds = column(&history, "kind");
    assert_eq!(kinds.first().unwrap(), "release.created");
    assert_eq!(kinds[kinds.len() - 2..], ["unit.registered", "attempt.refused"]);
    let events = history["items"].as_array().unwrap();
    let registered = &events[events.len() - 2];
    assert_eq!((&registered["actor"], &registered["payload"]["name"]), (&json!(administrator.id), &json!("core")));
    assert_eq!(registered["subject"], format!("releases/{}", voyage.number));
    let other = Voyage::begin(&app, &company).await;
    let count = |history: Value| history["items"].as_array().unwrap().len();
    assert!(count(administrator.get(&other.path("/events")).await.ok()) < events.len());
}

#[tokio::test]
async fn what_a_release_leaves_is_hidden_from_customers_of_others() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let stranger = company.hire("stranger", &[Role::CustomerRepresentative]).await;
    let places = ["units", "test-cases", "test-runs", "run-sheet", "configuration-changes", "attachments", "comments", "events"];
    for place in places {
        stranger.get(&voyage.path(&format!("/{place}"))).await.problem(404, "resource.not_found");
        voyage.of(Role::CustomerRepresentative).await.get(&voyage.path(&format!("/{place}"))).await.expect(200).ok();
    }
    stranger.post(&voyage.path("/comments"), json!({ "text": "x" })).await.problem(404, "resource.not_found");
}
