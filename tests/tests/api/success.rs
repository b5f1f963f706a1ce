//! When a deployment may be called successful, over HTTP (10a, D8, D17).

use crate::records::reasons;
use fabu_domain::{people::role::Role, subjects::release::stage::Stage};
use fabu_testkit::{Actor, TestApp, Voyage};
use serde_json::{Value, json};

fn report(app: &TestApp, result: &str, note: &str) -> Value {
    let now = app.app.clock.now();
    let report = json!({ "result": result, "started_at": now, "finished_at": now });
    if note.is_empty() { report } else { with(report, "note", note) }
}

fn with(mut body: Value, field: &str, value: &str) -> Value {
    body[field] = value.into();
    body
}

async fn verdict(voyage: &Voyage<'_>, verdict: &str) -> fabu_testkit::Answered {
    let owner = voyage.of(Role::ReleaseOwner).await;
    owner.act(&voyage.path("/actions/record_verdict"), json!({ "verdict": verdict, "reason": "部署结束" })).await
}

async fn confirmed(voyage: &Voyage<'_>) {
    voyage.travel(|d| d.confirmation("full").is_some_and(|a| !a.is_open())).await;
}

async fn implementer(voyage: &Voyage<'_>) -> Actor {
    voyage.of(Role::Implementer).await
}

/// D17: a step left out is no success until a deviation names it; the run sheet says so before anybody tries.
#[tokio::test]
async fn refuses_success_while_a_step_was_left_out_without_a_deviation_that_names_it() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::Deployment).await;
    let path = voyage.path("/run-sheet/steps/s1");
    implementer(&voyage).await.post(&path, report(&app, "excused", "不需要停止服务")).await.expect(201).ok();
    confirmed(&voyage).await;
    let sheet = implementer(&voyage).await.get(&voyage.path("/run-sheet")).await.ok();
    assert_eq!(sheet["against_success"][0]["code"], "run_sheet.deviation_missing");
    assert_eq!(reasons(&verdict(&voyage, "successful").await), ["run_sheet.deviation_missing"]);
    let deviations = voyage.path("/run-sheet/deviations");
    let unknown = json!({ "step": "s99", "note": "说明" });
    implementer(&voyage).await.post(&deviations, unknown).await.problem(409, "run_sheet.step_unknown");
    let named = json!({ "step": "s1", "note": "经现场指挥同意不停止服务" });
    // Whoever left it out does not countersign it (principle 10).
    let own = implementer(&voyage).await.post(&deviations, named.clone()).await.expect(201).json();
    assert_eq!(own["against_success"][0]["code"], "run_sheet.deviation_missing");
    let sheet = voyage.of(Role::ReleaseAdministrator).await.post(&deviations, named).await.expect(201).json();
    assert_eq!(sheet["against_success"], json!([]));
    verdict(&voyage, "successful").await.expect(200).ok();
}

/// 10a, 3.2: a failure that was corrected stays visible, needs its reason, and asks those again who confirmed.
#[tokio::test]
async fn refuses_success_after_a_failed_step_that_was_corrected_and_asks_for_a_new_confirmation() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::Deployment).await;
    confirmed(&voyage).await;
    let path = voyage.path("/run-sheet/steps/s4");
    let mut correction = report(&app, "failed", "");
    correction["corrects"] = json!(4);
    implementer(&voyage).await.post(&path, correction.clone()).await.problem(409, "run_sheet.note_required");
    correction["note"] = json!("验证实际未通过");
    implementer(&voyage).await.post(&path, correction).await.expect(201).ok();
    let mut again = report(&app, "done", "重新验证通过");
    again["corrects"] = json!(5);
    let sheet = implementer(&voyage).await.post(&path, again).await.expect(201).json();
    assert_eq!(sheet["entries"].as_array().map(Vec::len), Some(6), "every entry stays");
    assert_eq!(sheet["phases"][0]["confirmation"]["state"], "open");
    let found = reasons(&verdict(&voyage, "successful").await);
    assert_eq!(found, ["deployment.phase_not_confirmed", "run_sheet.deviation_missing"]);
    verdict(&voyage, "partial").await.expect(200).ok();
}

/// D17, principle 6: what ends after the window is not deployed within plan; nobody records it without a word.
#[tokio::test]
async fn refuses_success_with_a_step_that_ended_after_the_window() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::Deployment).await;
    let window = voyage.travel(|d| d.run_sheet.len() == 3).await.release.window.unwrap();
    app.pass(window.end - app.app.clock.now() + chrono::TimeDelta::hours(30));
    let path = voyage.path("/run-sheet/steps/s4");
    implementer(&voyage).await.post(&path, report(&app, "done", "")).await.problem(409, "run_sheet.note_required");
    implementer(&voyage).await.post(&path, report(&app, "done", "窗口后补做")).await.expect(201).ok();
    confirmed(&voyage).await;
    let found = reasons(&verdict(&voyage, "successful").await);
    assert_eq!(found, ["run_sheet.outside_window", "run_sheet.deviation_missing"]);
    verdict(&voyage, "failed").await.expect(200).ok();
}
