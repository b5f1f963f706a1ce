use fabu_domain::{
    people::role::Role,
    subjects::release::{command::Command, stage::Stage},
    time::clock::Clock,
};
use fabu_testkit::{Company, TestApp, Voyage};
use reqwest::Method;
use serde_json::{Value, json};

fn change(company: &Company, number: &str) -> Value {
    json!({ "number": number, "title": "核心系统升级", "kind": "normal", "service_objects": [company.service_objects[0]],
        "requested_by": "李娜", "requested_at": "2026-03-01T01:00:00Z" })
}

fn evidence() -> Value {
    json!({ "approved_by": "变更委员会", "approved_at": "2026-03-01T08:00:00Z", "reference": "CAB-11", "impact": "停机一小时", "resources": "两人" })
}

#[tokio::test]
async fn a_change_is_taken_over_corrected_approved_with_evidence_and_found() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let (manager, administrator) = (company.of(Role::ChangeManager), company.of(Role::ReleaseAdministrator));
    let created = administrator.post("/changes", change(&company, "CHG-1")).await.expect(201);
    let path = format!("/changes/{}", created.id());
    let mut better = change(&company, "CHG-1");
    better["description"] = json!("修复结算\n批处理");
    administrator.put(&path, better).await.expect(200).ok();
    let approved = manager.act(&format!("{path}/approval"), evidence()).await.expect(200).json();
    assert_eq!((&approved["state"], &approved["approval"]["impact"]), (&json!("approved"), &json!("停机一小时")));
    assert_eq!(approved["approval"]["entered_by"], manager.id.as_str());
    manager.post("/changes", change(&company, "CHG-2")).await.expect(201).ok();
    let numbers = |found: Value| -> Vec<String> {
        found["items"].as_array().unwrap().iter().map(|c| c["number"].as_str().unwrap().to_owned()).collect()
    };
    let auditor = company.of(Role::Auditor);
    assert_eq!(numbers(auditor.get("/changes?state=approved").await.ok()), ["CHG-1"]);
    assert_eq!(numbers(auditor.get("/changes?unassigned=true&q=CHG").await.ok()), ["CHG-2", "CHG-1"]);
    assert_eq!(numbers(auditor.get("/changes?unassigned=false").await.ok()), [""; 0]);
    assert_eq!(numbers(auditor.get("/changes?q=%25").await.ok()), [""; 0], "a wildcard is a letter");
}

#[tokio::test]
async fn a_number_is_taken_over_once_whoever_sends_it_again() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let manager = company.of(Role::ChangeManager);
    let first = manager.post("/changes", change(&company, "CHG-1")).await.expect(201);
    let again = company.of(Role::ReleaseAdministrator).post("/changes", change(&company, "CHG-1")).await.expect(200);
    assert_eq!(first.text, again.text);
    let mut other = change(&company, "CHG-1");
    other["title"] = json!("另一个标题");
    manager.post("/changes", other).await.problem(409, "change.number_taken");
}

#[tokio::test]
async fn refuses_evidence_twice_corrections_after_approval_and_anything_after_withdrawal() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let manager = company.of(Role::ChangeManager);
    let path = format!("/changes/{}", manager.post("/changes", change(&company, "CHG-1")).await.id());
    manager.act(&format!("{path}/approval"), evidence()).await.ok();
    manager.act(&format!("{path}/approval"), evidence()).await.problem(409, "change.approved");
    manager.put(&path, change(&company, "CHG-1")).await.problem(409, "change.approved");
    let stale = manager.change_if(Method::POST, &format!("{path}/withdrawal"), "\"v1\"", json!({ "reason": "x" })).await;
    assert_eq!(stale.problem(412, "resource.stale").current_etag.as_deref(), Some("\"v2\""));
    assert_eq!(manager.act(&format!("{path}/withdrawal"), json!({ "reason": " " })).await.invalid()[0].1, "field.empty");
    let withdrawn = manager.act(&format!("{path}/withdrawal"), json!({ "reason": "撤回" })).await.expect(200).json();
    assert_eq!(withdrawn["state"], "withdrawn");
    manager.act(&format!("{path}/withdrawal"), json!({ "reason": "again" })).await.problem(409, "change.withdrawn");
    manager.put(&path, change(&company, "CHG-1")).await.problem(409, "change.withdrawn");
}

#[tokio::test]
async fn refuses_unknown_objects_none_the_future_and_those_without_the_role() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let manager = company.of(Role::ChangeManager);
    let mut body = change(&company, "CHG-1");
    body["service_objects"] = json!([]);
    body["requested_at"] = json!("2030-01-01T00:00:00Z");
    let expected = [("/service_objects", "field.empty"), ("/requested_at", "field.invalid")];
    assert_eq!(manager.post("/changes", body.clone()).await.invalid(), expected.map(|(p, c)| (p.to_owned(), c.to_owned())));
    body["service_objects"] =
        json!([company.service_objects[0], company.service_objects[0], "0192f3c1-7b1e-7000-8000-000000000001"]);
    let errors: Vec<String> = manager.post("/changes", body).await.invalid().into_iter().map(|(pointer, _)| pointer).collect();
    assert_eq!(errors, ["/service_objects/1", "/service_objects/2", "/requested_at"]);
    let path = format!("/changes/{}", manager.post("/changes", change(&company, "CHG-1")).await.id());
    let mut future = evidence();
    future["approved_at"] = json!("2026-03-02T01:00:01Z");
    assert_eq!(manager.act(&format!("{path}/approval"), future).await.invalid()[0].0, "/approved_at");
    for person in company.people() {
        let (manages, registers) = (person.login == "change_manager", person.login.ends_with("release_administrator"));
        if !manages && !registers {
            person.post("/changes", change(&company, "CHG-9")).await.not_permitted();
            person.put(&path, change(&company, "CHG-9")).await.not_permitted();
        }
        if !manages {
            person.act(&format!("{path}/approval"), evidence()).await.not_permitted();
            person.act(&format!("{path}/withdrawal"), json!({ "reason": "x" })).await.not_permitted();
        }
    }
}

/// 9a: width, case and what is invisible make no other number; a search does not see them either.
#[tokio::test]
async fn spellings_of_one_number_are_one_change() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let manager = company.of(Role::ChangeManager);
    let first = manager.post("/changes", change(&company, "RFC-1")).await.expect(201);
    for spelling in ["rfc-1", "ＲＦＣ－１", "RFC-1\u{200E}", "\u{FEFF}RFC-1", "RFC\u{200B}-1"] {
        let again = manager.post("/changes", change(&company, spelling)).await.expect(200);
        assert_eq!(first.text, again.text, "{spelling:?}");
        let mut other = change(&company, spelling);
        other["title"] = json!("另一个标题");
        manager.post("/changes", other).await.problem(409, "change.number_taken");
    }
    let second = format!("/changes/{}", manager.post("/changes", change(&company, "RFC-2")).await.id());
    manager.put(&second, change(&company, "ｒｆｃ-1")).await.problem(409, "change.number_taken");
    manager.put(&second, change(&company, "rfc-2")).await.expect(200).ok();
    let numbers = async |q: &str| -> Vec<String> {
        let found = manager.get(&format!("/changes?q={q}")).await.ok();
        found["items"].as_array().unwrap().iter().map(|c| c["number"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(numbers("%EF%BC%B2%EF%BC%A6%EF%BC%A3%EF%BC%8D%EF%BC%91").await, ["RFC-1"], "full width");
    assert_eq!(numbers("升级+rfc-1").await, ["RFC-1"], "several words in any order");
    assert_eq!(numbers("升级+rfc-9").await, [""; 0], "every word must be found");
}

/// The same for codes and names of the registers, and for the name that somebody signs in with.
#[tokio::test]
async fn spellings_of_one_code_name_or_login_are_one() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let admin = company.admin();
    let department = |name: &str| json!({ "name": name });
    admin.post("/departments", department("IT Operations")).await.expect(201).ok();
    for spelling in ["it operations", "ＩＴ　Operations", "IT\u{200B} Operations"] {
        admin.post("/departments", department(spelling)).await.problem(409, "resource.name_taken");
    }
    let known = admin.get("/service-objects").await.ok()["items"][0].clone();
    let code = known["code"].as_str().unwrap();
    let customer = &known["customer"]["id"];
    let customer = if customer.is_null() { &known["customer_id"] } else { customer };
    let object =
        json!({ "code": code.to_lowercase() + "\u{200E}", "name": "另一个", "customer_id": customer, "departments": [] });
    admin.post("/service-objects", object).await.problem(409, "resource.code_taken");
    let someone = company.of(Role::Auditor).get("/me").await.ok();
    let login = someone["login"].as_str().unwrap().to_uppercase();
    app.nobody().sign_in(&login, fabu_testkit::PASSWORD).await.get("/me").await.expect(200).ok();
    let found = admin.get(&format!("/users?q={login}")).await.ok();
    assert!(found["items"].as_array().unwrap().iter().any(|user| user["login"] == someone["login"]), "{found}");
}

/// 9.1: a change leaves an open release with its withdrawal; what that voids is told before.
#[tokio::test]
async fn a_change_is_withdrawn_out_of_an_open_release_when_that_is_said() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let second = voyage.approved_change().await;
    let manager = voyage.actor(voyage.journey.cast.change_manager).await;
    manager.act(&voyage.path("/actions/add_change"), json!({ "change_id": second })).await.ok();
    voyage.travel_to(Stage::Testing).await;
    let manager = voyage.actor(voyage.journey.cast.change_manager).await;
    let path = format!("/changes/{second}");
    let preview = manager.get(&format!("{path}/withdrawal")).await.ok();
    assert_eq!((&preview["release"], &preview["stage_after"]), (&json!(voyage.number), &json!("planning")));
    assert_eq!(preview["voided"], json!(["plan_review", "plan_approval"]));
    assert_eq!(manager.get(&voyage.path("")).await.ok()["stage"]["code"], "testing", "the preview changes nothing");
    manager.act(&format!("{path}/withdrawal"), json!({ "reason": "业务撤回" })).await.problem(409, "change.in_release");
    let withdrawn = manager.act(&format!("{path}/withdrawal"), json!({ "reason": "业务撤回", "from_release": true })).await.ok();
    assert_eq!((&withdrawn["state"], &withdrawn["release_number"]), (&json!("withdrawn"), &json!(null)));
    let release = manager.get(&voyage.path("")).await.ok();
    assert_eq!((&release["stage"]["code"], release["changes"].as_array().map(Vec::len)), (&json!("planning"), Some(1)));
    let last = release["changes"][0]["id"].as_str().unwrap().to_owned();
    let preview = manager.get(&format!("/changes/{last}/withdrawal")).await.ok();
    assert_eq!(preview["is_possible"], json!(false));
    let alone = json!({ "reason": "业务撤回", "from_release": true });
    manager.act(&format!("/changes/{last}/withdrawal"), alone).await.problem(409, "change.last");
    assert_eq!(manager.get(&format!("/changes/{last}")).await.ok()["state"], "approved", "nothing was done by halves");
}

/// 9.1c, 9.1e: change management sees release, verdict by environment and configuration results; a returned result opens it again.
#[tokio::test]
async fn a_change_shows_its_release_and_is_open_again_when_a_result_is_returned() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let change = voyage.dossier().await.changes[0].id;
    let progress = async || {
        let manager = voyage.actor(voyage.journey.cast.change_manager).await;
        manager.get(&format!("/changes/{change}/progress")).await.ok()
    };
    assert_eq!(progress().await["standing"], "planned");
    voyage.travel_to(Stage::ConfigurationUpdate).await;
    assert_eq!(progress().await["standing"], "updating");
    let send = Command::SendConfigurationRequest { note: String::new() };
    voyage.give(voyage.journey.cast.implementer, send.clone()).await.unwrap();
    let item = voyage.dossier().await.configuration[0].clone();
    let ca = voyage.of(Role::ConfigurationAdministrator).await;
    let path = voyage.path(&format!("/configuration-changes/{}", item.id));
    ca.post(&format!("{path}/return"), json!({ "reason": "版本与介质不符" })).await.expect(200).ok();
    let open = progress().await;
    assert_eq!((&open["standing"], &open["release"]["verdict"]), (&json!("reopened"), &json!("successful")));
    assert_eq!(
        (&open["environments"][0]["environment"], &open["environments"][0]["returned"]),
        (&json!("production"), &json!(1))
    );
    let row = open["items"].as_array().unwrap().iter().find(|row| row["item"] == json!(item.item)).unwrap();
    assert_eq!(row["return_reason"], "版本与介质不符");
    app.seal().await;
    let auditor = company.of(Role::Auditor).again().await;
    let log = auditor.get(&format!("/events?subject=changes/{change}&kind=change.reopened")).await.ok();
    assert_eq!(log["items"][0]["payload"]["item"], json!(item.item));
    voyage.travel_to(Stage::Closure).await;
    assert_eq!(progress().await["standing"], "implemented");
    let quarter = fabu_domain::time::quarter::Quarter::of(app.clock.now());
    let waiting = voyage.approved_change().await;
    let manager = voyage.actor(voyage.journey.cast.change_manager).await;
    let view = manager.get(&format!("/change-quarters/{quarter}")).await.ok();
    let ids = |rows: &Value| -> Vec<String> {
        rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&view["waiting"]), [waiting.to_string()]);
    assert_eq!((&view["released"][0]["change"]["id"], &view["released"][0]["verdict"]), (&json!(change), &json!("successful")));
}
