//! Who may answer for whom, what survives a panel, and who answers in the place of somebody who has left (5.3, 5.7d, D16).

use fabu_domain::{
    blocks::task::TaskKind,
    people::role::Role,
    subjects::release::{command::Command, stage::Stage},
};
use fabu_testkit::{Actor, Answered, TestApp, Voyage};
use reqwest::Method;
use serde_json::{Value, json};

async fn open(voyage: &Voyage<'_>, kind: &str) -> Value {
    let release = voyage.of(Role::ReleaseAdministrator).await.get(&voyage.path("")).await.ok();
    let approvals = release["approvals"].as_array().unwrap();
    approvals.iter().find(|a| a["kind"] == kind && a["state"] == "open").unwrap_or_else(|| panic!("{approvals:?}")).clone()
}

async fn vote(person: &Actor, approval: &Value, body: Value) -> Answered {
    let path = format!("/approvals/{}/votes", approval["id"].as_str().unwrap());
    person.change_if(Method::POST, &path, approval["etag"].as_str().unwrap(), body).await
}

/// `deputy` acts for `principal` in March, arranged by the principal.
async fn deputise(principal: &Actor, deputy: &Actor) {
    let days = json!({ "principal": principal.id, "deputy": deputy.id, "from": "2026-03-01", "until": "2026-12-31" });
    principal.again().await.post("/deputies", days).await.expect(201).ok();
}

/// A tester's deputy who implements records no test run (R0, D16).
#[tokio::test]
async fn refuses_a_test_run_by_the_implementer_as_the_testers_deputy() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let dossier = voyage.travel_to(Stage::Testing).await;
    deputise(company.of(Role::ReleaseTester), company.of(Role::Implementer)).await;
    let unit = dossier.units_in_force().next().unwrap();
    let run = json!({
        "case_id": dossier.test_cases[0].id, "unit_id": unit.id, "version": unit.version, "sha256": unit.sha256,
        "result": "passed", "observed": "正常",
    });
    let implementer = voyage.of(Role::Implementer).await;
    let refused = implementer.post(&voyage.path("/test-runs"), run.clone()).await.problem(403, "deputy.unfit");
    assert_eq!(refused.blocked_by[0].clause, "D16", "{}", refused.blocked_by[0].message);
    voyage.of(Role::ReleaseTester).await.post(&voyage.path("/test-runs"), run).await.expect(201).ok();
}

/// Whoever administers the system accepts nothing for a customer, and nobody makes himself a deputy (5.4d, D16).
#[tokio::test]
async fn refuses_an_acceptance_by_a_deputy_without_entitlement_and_a_deputy_who_appoints_himself() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::Acceptance).await;
    let representative = company.of(Role::CustomerRepresentative);
    let admin = company.admin().again().await;
    let own = json!({ "principal": representative.id, "deputy": admin.id, "from": "2026-03-01", "until": "2026-12-31" });
    admin.post("/deputies", own).await.problem(403, "deputy.self_appointed");
    for deputy in [company.of(Role::Auditor), company.of(Role::ReleaseOwner)] {
        // Somebody of the customer cannot even name them.
        let days = json!({ "principal": representative.id, "deputy": deputy.id, "from": "2026-03-01", "until": "2026-12-31" });
        admin.again().await.post("/deputies", days).await.expect(201).ok();
        let deputy = deputy.again().await;
        let acceptance = open(&voyage, "customer_acceptance").await;
        let body = json!({ "decision": "pass", "on_behalf_of": representative.id });
        vote(&deputy, &acceptance, body).await.problem(403, "deputy.unfit");
        assert_eq!(deputy.get("/approvals").await.ok()["items"], json!([]), "no work list asks for what is refused");
        let view = deputy.get(&format!("/approvals/{}", acceptance["id"].as_str().unwrap())).await.ok();
        assert_eq!(view["can_answer_for"], json!([]));
        assert!(view["members"][0]["notice"].is_string(), "{}", view["members"][0]);
    }
}

/// One person, one voice: a deputy of two members answers for one of them (R0, D16).
#[tokio::test]
async fn refuses_a_second_voice_in_a_panel() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::PlanReview).await;
    let heads = [company.person("department_head"), company.person("second_department_head")];
    let deputy = company.of(Role::SupportStaff);
    for head in heads {
        deputise(head, deputy).await;
    }
    let (deputy, review) = (deputy.again().await, open(&voyage, "plan_review").await);
    vote(&deputy, &review, json!({ "decision": "pass", "on_behalf_of": heads[0].id })).await.ok();
    vote(&deputy, &review, json!({ "decision": "pass", "on_behalf_of": heads[1].id }))
        .await
        .problem(403, "approval.one_vote_each");
    assert_eq!(open(&voyage, "plan_review").await["state"], "open");
}

/// A condition is a task from the vote on, and stays when the plan is taken back; the next panel sees it (5.3b).
#[tokio::test]
async fn a_condition_survives_the_recall_of_the_plan_and_is_lifted_by_its_author_alone() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::PlanReview).await;
    let head = company.person("department_head").again().await;
    let body =
        json!({ "decision": "pass_with_conditions", "comment": "须备份", "conditions": [{ "text": "上线前完成全量备份" }] });
    vote(&head, &open(&voyage, "plan_review").await, body).await.ok();
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    administrator.act(&voyage.path("/actions/revise_release_plan"), json!({ "reason": "补充" })).await.ok();
    voyage.travel_to(Stage::PlanReview).await;
    let again = open(&voyage, "plan_review").await;
    let other = company.person("second_department_head").again().await;
    let view = other.get(&format!("/approvals/{}", again["id"].as_str().unwrap())).await.ok();
    assert_eq!(view["open_conditions"][0]["title"], "上线前完成全量备份");
    assert_eq!(view["open_conditions"][0]["verifier"]["id"], head.id.as_str());
    let dossier = voyage.travel_to(Stage::Testing).await;
    let tasks: Vec<_> = dossier.tasks.iter().filter(|t| t.kind == TaskKind::Condition).collect();
    assert_eq!(tasks.len(), 1, "one task, though the vote was taken over");
    let waive = format!("/tasks/{}/waiver", tasks[0].id);
    for role in [Role::ReleaseAdministrator, Role::ReleaseOwner] {
        voyage.of(role).await.act(&waive, json!({ "reason": "不需要" })).await.problem(403, "role.not_permitted");
    }
    head.again().await.act(&waive, json!({ "reason": "备份已由机房统一完成" })).await.ok();
}

/// A duty stays with the person whom the plan names (5.7d).
#[tokio::test]
async fn refuses_to_hand_on_a_duty_and_to_acknowledge_it_as_a_deputy() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let dossier = voyage.travel_to(Stage::Readiness).await;
    let (implementer, other) = (company.of(Role::Implementer), company.of(Role::ImprovementManager));
    let duty = |t: &&fabu_domain::blocks::task::Task| {
        t.kind == TaskKind::DutyAcknowledgement && t.assignee.to_string() == implementer.id
    };
    let id = dossier.tasks.iter().find(duty).unwrap().id;
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    let body = json!({ "assignee": other.id, "reason": "换班" });
    administrator.act(&format!("/tasks/{id}/assignment"), body).await.problem(409, "task.named_by_plan");
    deputise(implementer, other).await;
    let evidence = json!({ "text": "我清楚职责" });
    other.again().await.act(&format!("/tasks/{id}/completion"), evidence).await.problem(403, "deputy.unfit");
}

/// Less than the procedure asks of a review needs somebody above its author (5.3a, D19).
#[tokio::test]
async fn refuses_a_smaller_quorum_and_another_owner_by_the_administrator() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let owner = json!({ "role": "release_owner", "user_id": company.person("second_release_owner").id, "reason": "换人" });
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    administrator.act(&voyage.path("/actions/assign_role"), owner.clone()).await.problem(403, "role.not_permitted");
    voyage
        .travel(|d| {
            !d.tasks.is_empty() && d.tasks.iter().all(|t| !t.is_open()) && !d.units.is_empty() && !d.test_cases.is_empty()
        })
        .await;
    let rule = json!({ "rule": { "quorum": "at_least", "count": 1, "must_include": [] } });
    let convene = voyage.path("/actions/convene_plan_review");
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    administrator.act(&convene, rule.clone()).await.problem(409, "approval.quorum_reduced");
    let grant = json!({ "kind": "review_quorum_reduced", "reason": "业务部负责人长期出差" });
    administrator.act(&voyage.path("/actions/grant_exception"), grant.clone()).await.not_permitted();
    let above = company.of(Role::ProcessOwner).again().await;
    let release = above.act(&voyage.path("/actions/grant_exception"), grant).await.ok();
    assert_eq!(release["exceptions"][0]["kind"], "review_quorum_reduced");
    voyage.of(Role::ReleaseAdministrator).await.act(&convene, rule).await.ok();
    let manager = company.of(Role::GeneralManager).again().await;
    manager.act(&voyage.path("/actions/assign_role"), owner).await.ok();
}

/// The only reviewer is deactivated mid-vote: deactivation, page and action say so, and somebody else is asked (5.3a).
#[tokio::test]
async fn a_member_who_is_deactivated_is_named_and_replaced_without_recalling_the_plan() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::PlanReview).await;
    let (first, second) = (company.person("department_head"), company.person("second_department_head"));
    vote(&first.again().await, &open(&voyage, "plan_review").await, json!({ "decision": "pass" })).await.ok();
    let admin = company.admin().again().await;
    let review = open(&voyage, "plan_review").await;
    let replacement = |successor: &str| json!({ "approval_id": review["id"], "member": second.id, "successor": successor, "reason": "原负责人离职" });
    let replace = voyage.path("/actions/replace_member");
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    let refused = administrator.act(&replace, replacement(&first.id)).await;
    refused.problem(409, "procedure.refused");
    assert!(refused.text.contains("approval.members_able"), "{}", refused.text);

    let person = admin.get(&format!("/users/{}", second.id)).await.ok();
    let gone = json!({ "name": person["name"], "email": person["email"], "language": "zh-CN", "active": false });
    let changed = admin.put(&format!("/users/{}", second.id), gone).await.ok();
    assert_eq!(changed["left_waiting"][0]["approval_id"], review["id"], "{changed}");
    let review = open(&voyage, "plan_review").await;
    let seat = review["members"].as_array().unwrap().iter().find(|m| m["user"]["id"] == second.id.as_str()).unwrap();
    assert_eq!((&seat["unable"], seat["notice"].is_string()), (&json!(true), true));

    let newcomer = company.hire("new_head", &[Role::DepartmentHead]).await;
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    administrator.act(&replace, replacement(&newcomer.id)).await.problem(409, "approval.successor_unfit");
    let business = format!("/departments/{}", company.departments["business"]);
    admin.put(&business, json!({ "name": "业务部", "head": newcomer.id })).await.ok();
    let release = administrator.act(&replace, replacement(&newcomer.id)).await.ok();
    let panel = release["approvals"].as_array().unwrap().iter().find(|a| a["id"] == review["id"]).unwrap();
    let answered = panel["members"].as_array().unwrap().iter().filter(|m| !m["vote"].is_null()).count();
    assert_eq!((&panel["state"], answered), (&json!("open"), 1), "the vote of the other stays");
    let asked = newcomer.get("/approvals").await.ok();
    assert_eq!(asked["items"][0]["id"], review["id"]);
    vote(&newcomer, panel, json!({ "decision": "pass" })).await.ok();
    assert!(voyage.dossier().await.is_signed_off(fabu_domain::blocks::approval::ApprovalKind::PlanReview));
}

/// Who deployed confirms the result for nobody (5.8b).
#[tokio::test]
async fn refuses_a_confirmation_by_the_implementer_as_a_deputy() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let confirming = fabu_domain::blocks::approval::ApprovalKind::DeploymentConfirmation;
    voyage.travel(|d| d.latest_approval(confirming).is_some()).await;
    deputise(company.of(Role::ReleaseAdministrator), company.of(Role::Implementer)).await;
    deputise(company.of(Role::CustomerRepresentative), company.of(Role::Implementer)).await;
    let (implementer, panel) = (company.of(Role::Implementer).again().await, open(&voyage, "deployment_confirmation").await);
    for principal in [Role::ReleaseAdministrator, Role::CustomerRepresentative] {
        let body = json!({ "decision": "pass", "on_behalf_of": company.of(principal).id });
        vote(&implementer, &panel, body).await.problem(403, "deputy.unfit");
    }
}

/// What a deputy wrote for the owner's sake bars both from deciding (R0).
#[tokio::test]
async fn a_draft_of_a_deputy_makes_both_contributors() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let deputy = company.person("second_release_administrator");
    deputise(company.of(Role::ReleaseAdministrator), deputy).await;
    let deputy_id = deputy.id.parse().unwrap();
    let content = fabu_scenario::contents::release_plan(&voyage.journey.cast, &voyage.journey.theme).into();
    let document = fabu_domain::blocks::document::DocumentKind::ReleasePlan;
    voyage.give(deputy_id, Command::SaveDraft { document, content }).await.unwrap();
    let contributors = voyage.dossier().await.documents[&document].contributors.clone();
    assert_eq!(contributors, [deputy_id, voyage.journey.cast.administrator].into_iter().collect());
}
