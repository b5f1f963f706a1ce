use crate::records::reasons;
use fabu_domain::{
    people::role::Role,
    subjects::release::{command::Command, stage::Stage},
};
use fabu_scenario::Journey;
use fabu_testkit::{Actor, TestApp, Voyage};
use serde_json::{Value, json};

fn done(app: &TestApp) -> Value {
    let now = app.app.clock.now();
    json!({ "result": "done", "started_at": now, "finished_at": now })
}

fn with(mut body: Value, field: &str, value: impl Into<Value>) -> Value {
    body[field] = value.into();
    body
}

async fn under_way(app: &TestApp) -> (Voyage<'_>, Actor) {
    let company = app.company().await;
    let voyage = Voyage::begin(app, &company).await;
    voyage.travel_to(Stage::Deployment).await;
    let implementer = voyage.of(Role::Implementer).await;
    (voyage, implementer)
}

fn step<'a>(sheet: &'a Value, key: &str) -> &'a Value {
    sheet["steps"].as_array().unwrap().iter().find(|step| step["key"] == key).unwrap()
}

#[tokio::test]
async fn steps_are_recorded_in_order_with_who_and_when_and_corrected_by_new_entries() {
    let app = TestApp::start().await;
    let (voyage, implementer) = under_way(&app).await;
    let first = voyage.path("/run-sheet/steps/s1");
    let made = implementer.post(&first, with(done(&app), "note", "校验和一致")).await.expect(201);
    assert_eq!(made.header("location").unwrap(), format!("/api/v1{}", voyage.path("/run-sheet")));
    let sheet = made.json();
    assert_eq!((&step(&sheet, "s1")["done"], &step(&sheet, "s2")["done"]), (&json!(true), &json!(false)));
    assert_eq!(sheet["started"]["by"]["id"], implementer.id.as_str());
    assert_eq!((&sheet["current_phase"], &sheet["phases"][0]["key"]), (&json!("full"), &json!("full")));
    let entry = &sheet["entries"][0];
    assert_eq!((&entry["n"], &entry["kind"], &entry["note"]), (&json!(1), &json!("step"), &json!("校验和一致")));
    assert_eq!(entry["performed_by"]["id"], implementer.id.as_str());
    implementer.post(&first, done(&app)).await.problem(409, "run_sheet.step_done");
    let failed = with(with(with(done(&app), "result", "failed"), "corrects", 1), "note", "重新核对后发现失败");
    let corrected = implementer.post(&first, failed).await.expect(201).json();
    assert_eq!((&step(&corrected, "s1")["done"], &step(&corrected, "s1")["result"]), (&json!(false), &json!("failed")));
    assert_eq!(corrected["entries"][0], *entry, "an entry never changes");
    let twice = with(with(done(&app), "corrects", 1), "note", "again");
    implementer.post(&first, twice).await.problem(409, "run_sheet.entry_unknown");
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    let noted = administrator.post(&voyage.path("/run-sheet/deviations"), json!({ "note": "晚十分钟" })).await.expect(201).json();
    assert_eq!((&noted["entries"][2]["kind"], &noted["entries"][2]["result"]), (&json!("deviation"), &json!(null)));
    assert_eq!(administrator.get(&voyage.path("/run-sheet")).await.ok(), noted);
}

#[tokio::test]
async fn refuses_steps_that_do_not_exist_come_too_early_or_are_untimely_unexplained_or_by_others() {
    let app = TestApp::start().await;
    let (voyage, implementer) = under_way(&app).await;
    let path = |step: &str| voyage.path(&format!("/run-sheet/steps/{step}"));
    implementer.post(&path("s99"), done(&app)).await.problem(409, "run_sheet.step_unknown");
    implementer.post(&path("s2"), done(&app)).await.problem(409, "run_sheet.predecessor_open");
    let late = with(done(&app), "finished_at", "2030-01-01T00:00:00Z");
    let untimely = ["run_sheet.times", "run_sheet.note_required"]; // outside the window nothing is done without a word
    assert_eq!(reasons(&implementer.post(&path("s1"), late).await), untimely);
    let early = with(done(&app), "started_at", "2026-03-01T00:00:00Z");
    assert_eq!(reasons(&implementer.post(&path("s1"), early).await), untimely);
    let everything = with(with(done(&app), "result", "excused"), "finished_at", "2030-01-01T00:00:00Z");
    let everything = with(everything, "performed_by", "0192f3c1-7b1e-7000-8000-000000000001");
    let found = reasons(&implementer.post(&path("s2"), everything).await);
    let expected = ["run_sheet.times", "run_sheet.note_required", "run_sheet.performer_unfit", "run_sheet.predecessor_open"];
    assert_eq!(found, expected);
    let shown = with(done(&app), "attachments", json!(["0192f3c1-7b1e-7000-8000-000000000001"]));
    assert_eq!(implementer.post(&path("s1"), shown).await.invalid()[0].0, "/attachments/0");
    voyage.of(Role::ReleaseTester).await.post(&path("s1"), done(&app)).await.not_permitted();
    let sheet = implementer.get(&voyage.path("/run-sheet")).await.ok();
    assert_eq!(sheet["entries"], json!([]));
}

#[tokio::test]
async fn a_phase_is_completed_only_when_its_steps_are_done_and_the_page_knows_it() {
    let app = TestApp::start().await;
    let (voyage, implementer) = under_way(&app).await;
    let action = async || {
        let release = implementer.get(&voyage.path("")).await.ok();
        release["actions"].as_array().unwrap().iter().find(|action| action["name"] == "complete_phase").unwrap().clone()
    };
    let codes = |action: &Value| -> Vec<String> {
        action["blocked_by"].as_array().unwrap().iter().map(|why| why["code"].as_str().unwrap().to_owned()).collect()
    };
    let early = action().await;
    assert_eq!((&early["allowed"], codes(&early)), (&json!(false), vec!["run_sheet.step_open".to_owned(); 4]));
    let refused = implementer.act(&voyage.path("/actions/complete_phase"), json!({ "phase": "full", "stakeholders": [] })).await;
    assert_eq!(reasons(&refused), ["run_sheet.step_open"; 4]);
    for key in ["s1", "s2", "s3", "s4"] {
        implementer.post(&voyage.path(&format!("/run-sheet/steps/{key}")), done(&app)).await.expect(201).ok();
    }
    assert_eq!(action().await["allowed"], true);
    implementer.act(&voyage.path("/actions/complete_phase"), json!({ "phase": "full", "stakeholders": [] })).await.ok();
    assert_eq!(codes(&action().await), ["deployment.no_phase_left"]);
}

#[tokio::test]
async fn refuses_entries_before_deployment() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let implementer = voyage.of(Role::Implementer).await;
    let answer = implementer.post(&voyage.path("/run-sheet/steps/s1"), done(&app)).await;
    assert_eq!(reasons(&answer), ["release.wrong_stage"]);
    let answer = implementer.post(&voyage.path("/run-sheet/rollback/systems"), done(&app)).await;
    assert_eq!(reasons(&answer), ["release.wrong_stage"]);
    let sheet = implementer.get(&voyage.path("/run-sheet")).await.ok();
    assert_eq!((&sheet["started"], &sheet["steps"], &sheet["current_phase"]), (&json!(null), &json!([]), &json!(null)));
}

#[tokio::test]
async fn refuses_to_start_with_a_file_that_is_not_the_tested_one_or_is_missing() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::Readiness).await;
    let ready = voyage
        .travel(|dossier| {
            dossier.configuration.iter().all(|c| c.baseline.is_some()) && dossier.tasks.iter().all(|task| !task.is_open())
        })
        .await;
    app.pass(voyage.journey.theme.start - app.app.clock.now());
    let implementer = voyage.of(Role::Implementer).await;
    let start = async |units: &Value| {
        let body = json!({ "units": units, "note": "备份已验证，人员到位" });
        implementer.act(&voyage.path("/actions/start_deployment"), body).await
    };
    let mut units: Vec<Value> = ready.units_in_force().map(|unit| json!({ "unit_id": unit.id, "sha256": unit.sha256 })).collect();
    let right = json!(units);
    units[0]["sha256"] = json!("0".repeat(64));
    assert_eq!(reasons(&start(&json!(units)).await), ["unit.hash_differs"]);
    units.truncate(1);
    assert_eq!(reasons(&start(&json!(units)).await), ["unit.hash_differs", "unit.not_listed"]);
    assert_eq!(voyage.dossier().await.release.stage, Stage::Readiness);
    start(&right).await.expect(200).ok();
    assert_eq!(voyage.dossier().await.release.stage, Stage::Deployment);
}

#[tokio::test]
async fn refuses_a_step_of_a_phase_while_the_phase_before_is_not_confirmed() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let journey = Journey::new(company.cast(), app.theme(1).in_phases());
    let voyage = Voyage::begin_with(&app, &company, journey).await;
    voyage.travel_to(Stage::Deployment).await;
    let implementer = voyage.of(Role::Implementer).await;
    let path = |step: &str| voyage.path(&format!("/run-sheet/steps/{step}"));
    let found = reasons(&implementer.post(&path("s3"), done(&app)).await);
    assert!(found.contains(&"run_sheet.other_phase".to_owned()), "{found:?}");
    voyage.travel(|dossier| dossier.release.deployment.as_ref().is_some_and(|d| d.completed_phases == ["pilot"])).await;
    let sheet = implementer.get(&voyage.path("/run-sheet")).await.ok();
    assert_eq!((&sheet["current_phase"], &sheet["phases"][0]["completed"]), (&json!(null), &json!(true)));
    assert_eq!(sheet["phases"][0]["confirmation"]["state"], "open");
    assert_eq!(reasons(&implementer.post(&path("s3"), done(&app)).await), ["run_sheet.other_phase"]);
    voyage.travel(|dossier| dossier.confirmation("pilot").is_some_and(|a| !a.is_open())).await;
    let sheet = implementer.post(&path("s3"), done(&app)).await.expect(201).json();
    assert_eq!((&sheet["current_phase"], &step(&sheet, "s3")["phase"]), (&json!("rest"), &json!("rest")));
}

#[tokio::test]
async fn a_rollback_is_recorded_group_by_group() {
    let app = TestApp::start().await;
    let (voyage, implementer) = under_way(&app).await;
    let path = |group: &str| voyage.path(&format!("/run-sheet/rollback/{group}"));
    implementer.post(&path("systems"), done(&app)).await.problem(409, "deployment.not_rolling_back");
    let ground = "主要业务未恢复".to_owned();
    voyage.give(voyage.journey.cast.owner, Command::StartRollback { ground: ground.clone() }).await.unwrap();
    let steps = voyage.path("/run-sheet/steps/s1");
    implementer.post(&steps, done(&app)).await.problem(409, "deployment.rolling_back");
    implementer.post(&path("everything"), done(&app)).await.problem(404, "resource.not_found");
    let groups = ["systems", "data_objects", "configuration_data", "applications", "notifications"];
    for group in groups {
        let sheet = implementer.post(&path(group), done(&app)).await.expect(201).json();
        let recorded = sheet["rollback"]["groups"].as_array().unwrap().iter().find(|g| g["group"] == group).unwrap().clone();
        assert_eq!((&recorded["done"], &recorded["result"]), (&json!(true), &json!("done")));
        implementer.post(&path(group), done(&app)).await.problem(409, "run_sheet.step_done");
    }
    let sheet = voyage.of(Role::ReleaseOwner).await.get(&voyage.path("/run-sheet")).await.ok();
    assert_eq!(sheet["rollback"]["started"]["reason"], ground);
    let clauses: Vec<&str> =
        sheet["rollback"]["groups"].as_array().unwrap().iter().map(|g| g["clause"].as_str().unwrap()).collect();
    assert_eq!(clauses, ["5.2.1", "5.2.2", "5.2.3", "5.2.4", "5.2.5"]);
}
