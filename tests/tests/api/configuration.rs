use crate::records::reasons;
use fabu_domain::{
    people::role::Role,
    subjects::release::{
        command::Command,
        stage::{Stage, Verdict},
    },
};
use fabu_scenario::Journey;
use fabu_testkit::{TestApp, Voyage};
use serde_json::{Value, json};

fn item<'a>(list: &'a Value, name: &str) -> &'a Value {
    list["items"].as_array().unwrap().iter().find(|item| item["item"] == name).unwrap()
}

#[tokio::test]
async fn an_item_is_planned_baselined_requested_returned_and_confirmed() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let path = voyage.path("/configuration-changes");
    let body = json!({ "item": "ci-extra", "version": "9" });
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    administrator.post(&path, body.clone()).await.problem(409, "configuration.not_registered");
    voyage.register_item("CI-EXTRA").await;
    let made = voyage.of(Role::ReleaseAdministrator).await.post(&path, body.clone()).await.expect(201);
    assert_eq!(made.header("location").unwrap(), format!("/api/v1{path}"));
    assert_eq!(item(&made.json(), "CI-EXTRA")["state"], "planned");
    let ca = voyage.of(Role::ConfigurationAdministrator).await;
    ca.post(&path, body).await.problem(409, "configuration.duplicate");
    let extra = format!("{path}/{}", item(&made.json(), "CI-EXTRA")["id"].as_str().unwrap());
    assert_eq!(reasons(&ca.post(&format!("{extra}/baseline"), json!({})).await), ["release.wrong_stage"]);
    voyage.travel_to(Stage::Testing).await;
    let differs = ca.post(&format!("{extra}/baseline"), json!({ "version": "8" })).await;
    assert_eq!(reasons(&differs), ["configuration.baseline_differs"]);
    let taken = ca.post(&format!("{extra}/baseline"), json!({})).await.expect(200).json();
    let state = json!({ "version": "1.0", "values": "" });
    assert_eq!(
        (&item(&taken, "CI-EXTRA")["baseline"], &item(&taken, "CI-EXTRA")["baseline_by"]["by"]["id"]),
        (&state, &json!(ca.id))
    );
    voyage.travel_to(Stage::ConfigurationUpdate).await;
    let ca = voyage.of(Role::ConfigurationAdministrator).await;
    let actual = json!({ "actual": { "version": "9" }, "library_reference": "产品库/9" });
    ca.post(&format!("{extra}/confirmation"), actual.clone()).await.problem(409, "configuration.wrong_state");
    let send = Command::SendConfigurationRequest { note: String::new() };
    voyage.give(voyage.journey.cast.implementer, send.clone()).await.unwrap();
    let returned = ca.post(&format!("{extra}/return"), json!({ "reason": "版本不符" })).await.expect(200).json();
    let returned = item(&returned, "CI-EXTRA").clone();
    assert_eq!((&returned["state"], &returned["return_reason"]), (&json!("returned"), &json!("版本不符")));
    ca.post(&format!("{extra}/return"), json!({ "reason": "again" })).await.problem(409, "configuration.wrong_state");
    voyage.give(voyage.journey.cast.implementer, send).await.unwrap();
    let confirmed = ca.post(&format!("{extra}/confirmation"), actual.clone()).await.expect(200).json();
    let confirmed = item(&confirmed, "CI-EXTRA");
    assert_eq!((&confirmed["state"], &confirmed["actual"]), (&json!("confirmed"), &json!({ "version": "9", "values": "" })));
    assert_eq!((&confirmed["library_reference"], &confirmed["decided_by"]["by"]["id"]), (&json!("产品库/9"), &json!(ca.id)));
    ca.post(&format!("{extra}/confirmation"), actual.clone()).await.problem(409, "configuration.wrong_state");
    assert_eq!(voyage.dossier().await.release.stage, Stage::ConfigurationUpdate, "others are still to be updated");
    for open in ca.get(&path).await.ok()["items"].as_array().unwrap().iter().filter(|item| item["state"] == "requested") {
        let place = format!("{path}/{}/confirmation", open["id"].as_str().unwrap());
        ca.post(&place, json!({ "actual": { "version": open["planned_version"] } })).await.expect(200).ok();
    }
    assert_eq!(voyage.dossier().await.release.stage, Stage::Closure);
}

#[tokio::test]
async fn refuses_confirmation_by_a_configuration_administrator_who_deployed() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::Deployment).await;
    let cast = &voyage.journey.cast;
    let now = app.app.clock.now();
    let step =
        json!({ "result": "done", "started_at": now, "finished_at": now, "performed_by": cast.configuration_administrator });
    voyage.of(Role::Implementer).await.post(&voyage.path("/run-sheet/steps/s1"), step).await.expect(201).ok();
    voyage.travel_to(Stage::ConfigurationUpdate).await;
    let send = Command::SendConfigurationRequest { note: "请更新".to_owned() };
    let sent = voyage.give(cast.implementer, send).await.unwrap();
    let place = voyage.path(&format!("/configuration-changes/{}/confirmation", sent.dossier.configuration[0].id));
    let actual = json!({ "actual": { "version": "1" }, "difference": "另行处理" });
    let ca = voyage.of(Role::ConfigurationAdministrator).await;
    ca.post(&place, actual.clone()).await.problem(403, "configuration.self_confirmed");
    voyage.of(Role::Implementer).await.post(&place, actual).await.not_permitted();
}

#[tokio::test]
async fn refuses_unknown_items_empty_versions_and_those_without_the_role() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::Testing).await;
    let path = voyage.path("/configuration-changes");
    let ca = voyage.of(Role::ConfigurationAdministrator).await;
    let nothing = format!("{path}/0192f3c1-7b1e-7000-8000-000000000001/baseline");
    ca.post(&nothing, json!({ "version": "1" })).await.problem(409, "configuration.unknown");
    assert_eq!(ca.post(&nothing, json!({ "version": "" })).await.invalid(), [("/version".to_owned(), "field.empty".to_owned())]);
    let may = ["release_administrator", "implementer", "configuration_administrator"];
    for person in company.people().filter(|person| !may.contains(&person.login.as_str())) {
        person.post(&path, json!({ "item": "CI-1", "version": "1" })).await.not_permitted();
        person.post(&nothing, json!({ "version": "1" })).await.not_permitted();
    }
}

/// 3.3: an item that joins after the go-live approval voids it, whoever adds it; one can be dropped with a reason.
#[tokio::test]
async fn an_item_added_or_dropped_in_readiness_voids_the_go_live_approval() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::Readiness).await;
    let path = voyage.path("/configuration-changes");
    let ca = voyage.of(Role::ConfigurationAdministrator).await;
    voyage.register_item("CI-EXTRA").await;
    let added = ca.post(&path, json!({ "item": "CI-EXTRA", "version": "9" })).await.expect(201).json();
    let release = ca.get(&voyage.path("")).await.ok();
    assert_eq!(release["stage"]["code"], "go_live_planning");
    let approvals = release["approvals"].as_array().unwrap();
    let voided = approvals.iter().find(|a| a["kind"] == "go_live_approval").unwrap();
    assert_eq!(voided["state"], "void");
    assert!(voided["void_reason"].as_str().unwrap().contains("CI-EXTRA"));
    voyage.travel_to(Stage::Readiness).await;
    let extra = format!("{path}/{}/removal", item(&added, "CI-EXTRA")["id"].as_str().unwrap());
    let ca = voyage.of(Role::ConfigurationAdministrator).await;
    let dropped = ca.post(&extra, json!({ "reason": "不在本次范围" })).await.expect(200).json();
    let kept = item(&dropped, "CI-EXTRA");
    assert_eq!((&kept["state"], &kept["drop_reason"]), (&json!("dropped"), &json!("不在本次范围")));
    assert_eq!(voyage.dossier().await.release.stage, Stage::GoLivePlanning);
    voyage.travel_to(Stage::Completed).await;
}

/// 5.2, 5.9: after a rollback the baseline is asked for item by item; another state needs a reason.
#[tokio::test]
async fn refuses_the_new_version_after_a_rollback_without_a_reason() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let journey = Journey::new(company.cast(), app.theme(0)).ending(Verdict::RolledBack);
    let voyage = Voyage::begin_with(&app, &company, journey).await;
    voyage.travel_to(Stage::ConfigurationUpdate).await;
    let send = Command::SendConfigurationRequest { note: "请核对".to_owned() };
    voyage.give(voyage.journey.cast.implementer, send).await.unwrap();
    let ca = voyage.of(Role::ConfigurationAdministrator).await;
    let path = voyage.path("/configuration-changes");
    let list = ca.get(&path).await.ok();
    let first = &list["items"][0];
    assert_eq!(first["expected"], first["baseline"]);
    let place = format!("{path}/{}/confirmation", first["id"].as_str().unwrap());
    let new = json!({ "actual": { "version": first["planned_version"] } });
    assert_eq!(reasons(&ca.post(&place, new.clone()).await), ["configuration.differs"]);
    let mut explained = new;
    explained["difference"] = json!("补丁保留，经变更管理同意");
    let confirmed = ca.post(&place, explained).await.expect(200).json();
    assert_eq!(confirmed["items"][0]["difference_reason"], "补丁保留，经变更管理同意");
    let rest = voyage.travel_to(Stage::Closure).await;
    let back = rest.configuration.iter().skip(1).all(|c| c.actual == c.baseline);
    assert!(back, "the others are confirmed at their baseline");
}
