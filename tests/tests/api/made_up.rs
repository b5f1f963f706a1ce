//! What the emergency route needs and owes, over HTTP (D11, D18).

use crate::records::reasons;
use fabu_domain::{
    blocks::task::TaskKind,
    people::role::Role,
    subjects::release::{ExceptionKind, command::Command, stage::Stage},
};
use fabu_scenario::Journey;
use fabu_testkit::{TestApp, Voyage};
use serde_json::json;

/// D11: the short route is for emergency changes, or by an exception of the general manager with its reason.
#[tokio::test]
async fn refuses_the_emergency_route_from_a_normal_change_without_the_general_manager() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let normal = Voyage::begin(&app, &company).await;
    let change = normal.dossier().await.changes[0].clone();
    let cancel = Command::CancelRelease { reason: "改走紧急".to_owned() };
    normal.give(normal.journey.cast.owner, cancel).await.unwrap();
    let administrator = normal.of(Role::ReleaseAdministrator).await;
    let cast = &normal.journey.cast;
    let team: Vec<_> = cast.team().into_iter().map(|(role, user)| json!({ "role": role, "user_id": user })).collect();
    let body = json!({
        "title": "紧急修复", "kind": "emergency", "scope": "delta", "medium": "software", "changes": [change.id], "team": team,
    });
    let made = administrator.post("/releases", body).await.expect(201).json();
    let path = format!("/releases/{}", made["number"].as_str().unwrap());
    let convene = json!({ "members": [{ "user_id": cast.owner, "capacity": { "kind": "role", "value": "release_owner" } }] });
    let refused = administrator.act(&format!("{path}/actions/convene_emergency_approval"), convene.clone()).await;
    assert!(reasons(&refused).contains(&"release.emergency_unfounded".to_owned()));
    let grant = json!({ "kind": ExceptionKind::EmergencyRoute, "reason": "生产中断" });
    let grant_path = format!("{path}/actions/grant_exception");
    normal.of(Role::ReleaseOwner).await.act(&grant_path, grant.clone()).await.not_permitted();
    normal.actor(cast.general_manager).await.act(&grant_path, grant).await.expect(200).ok();
    let refused = administrator.act(&format!("{path}/actions/convene_emergency_approval"), convene).await;
    assert!(!reasons(&refused).contains(&"release.emergency_unfounded".to_owned()));
}

/// D18: words make nothing up; the documents and approvals themselves do, are marked, and closing waits for each of them.
#[tokio::test]
async fn an_emergency_closes_only_with_the_real_records_and_they_are_marked() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let journey = Journey::new(company.cast(), app.theme(0)).in_an_emergency();
    let voyage = Voyage::begin_with(&app, &company, journey).await;
    let dossier = voyage.travel_to(Stage::ConfigurationUpdate).await;
    let owed: Vec<_> = dossier.tasks.iter().filter(|t| t.kind == TaskKind::EmergencyMakeUp).cloned().collect();
    assert_eq!(owed.len(), 5);
    for task in &owed {
        let assignee = voyage.actor(task.assignee).await;
        let words = json!({ "text": "已补办，见附件" });
        assert_eq!(reasons(&assignee.act(&format!("/tasks/{}/completion", task.id), words).await), ["task.by_record"]);
    }
    let close = json!({ "note": "关闭" });
    let refused = voyage.of(Role::Implementer).await.act(&voyage.path("/actions/close"), close).await;
    let missing = reasons(&refused).into_iter().filter(|code| code == "archive.missing").count();
    assert!(missing >= 5, "each missing record is named");
    voyage.travel_to(Stage::Completed).await;
    let reader = voyage.of(Role::ReleaseOwner).await;
    let report = reader.get(&voyage.path("/documents/test_report")).await.ok();
    assert_eq!(report["revisions"][0]["retrospective"], true);
    let plan = reader.get(&voyage.path("/documents/release_plan")).await.ok();
    assert_eq!(plan["revisions"][0]["retrospective"], false);
    let release = reader.get(&voyage.path("")).await.ok();
    let late: Vec<_> = release["approvals"].as_array().unwrap().iter().filter(|a| a["retrospective"] == true).collect();
    let kinds: Vec<_> = late.iter().map(|a| a["kind"].as_str().unwrap()).collect();
    for kind in ["plan_review", "plan_approval", "customer_acceptance"] {
        assert!(kinds.contains(&kind), "{kind} is there and marked");
    }
}
