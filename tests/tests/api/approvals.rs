use chrono::TimeDelta;
use fabu_domain::{
    people::role::Role,
    subjects::release::{command::Command, stage::Stage},
};
use fabu_testkit::{Actor, Answered, Company, TestApp, Voyage};
use reqwest::Method;
use serde_json::{Value, json};

/// The open approval of a kind, as a person sees it in the release.
async fn open(voyage: &Voyage<'_>, kind: &str) -> Value {
    let release = voyage.of(Role::ReleaseAdministrator).await.get(&voyage.path("")).await.ok();
    let approvals = release["approvals"].as_array().unwrap();
    approvals.iter().find(|a| a["kind"] == kind && a["state"] == "open").unwrap_or_else(|| panic!("{approvals:?}")).clone()
}

fn votes(approval: &Value) -> String {
    format!("/approvals/{}/votes", approval["id"].as_str().unwrap())
}

async fn vote(person: &Actor, approval: &Value, body: Value) -> Answered {
    person.change_if(Method::POST, &votes(approval), approval["etag"].as_str().unwrap(), body).await
}

async fn in_review<'a>(app: &'a TestApp, company: &Company) -> Voyage<'a> {
    let voyage = Voyage::begin(app, company).await;
    voyage.travel_to(Stage::PlanReview).await;
    voyage
}

#[tokio::test]
async fn heads_see_what_they_sign_answer_and_the_owner_is_asked_next() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = in_review(&app, &company).await;
    let review = open(&voyage, "plan_review").await;
    let names: Vec<&str> = review["members"].as_array().unwrap().iter().map(|m| m["user"]["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    let (first, second) = (company.person("department_head"), company.person("second_department_head"));
    let (first, second) = (first.again().await, second.again().await);
    let awaited = first.get("/approvals").await.ok();
    assert_eq!((&awaited["items"][0]["id"], &awaited["items"][0]["release"]["number"]), (&review["id"], &json!(voyage.number)));
    let seen = first.get(&format!("/approvals/{}", review["id"].as_str().unwrap())).await.expect(200);
    let view = seen.json();
    assert_eq!((seen.etag(), &view["can_answer_for"][0]["id"]), ("\"v1\"".to_owned(), &json!(first.id)));
    assert_eq!((&view["changes_since"], &view["reauthentication_needed"]), (&Value::Null, &json!(false)));
    assert!(!view["content"]["steps"].as_array().unwrap().is_empty() && !view["risks"].as_array().unwrap().is_empty());
    let after = vote(&first, &review, json!({ "decision": "pass" })).await.expect(200);
    assert_eq!((after.etag(), &after.json()["state"]), ("\"v1\"".to_owned(), &json!("open")));
    assert_eq!(first.get("/approvals").await.ok()["items"], json!([]), "nothing waits for who has answered");
    assert_eq!(first.get("/approvals?awaited=false").await.ok()["items"][0]["id"], review["id"]);
    let after = vote(&second, &review, json!({ "decision": "pass", "comment": "同意" })).await.expect(200).json();
    assert_eq!((&after["state"], &after["etag"]), (&json!("passed"), &json!("\"v2\"")));
    let owner = voyage.of(Role::ReleaseOwner).await;
    let asked = owner.get("/approvals").await.ok()["items"][0].clone();
    assert_eq!(asked["kind"], "plan_approval");
    vote(&owner, &asked, json!({ "decision": "pass" })).await.ok();
    assert_eq!(owner.get(&voyage.path("")).await.ok()["stage"]["code"], "testing");
}

#[tokio::test]
async fn refuses_a_vote_of_somebody_who_was_not_asked() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = in_review(&app, &company).await;
    let review = open(&voyage, "plan_review").await;
    for login in ["release_owner", "release_administrator", "auditor", "general_manager"] {
        let person = company.person(login).again().await;
        let refused = vote(&person, &review, json!({ "decision": "pass" })).await.not_permitted();
        assert_eq!(refused.blocked_by[0].who.len(), 2, "{login}");
    }
    let admin = company.admin().again().await;
    vote(&admin, &review, json!({ "decision": "pass" })).await.not_permitted();
    let stranger = company.hire("bai.xuefeng", &[Role::CustomerRepresentative]).await;
    vote(&stranger, &review, json!({ "decision": "pass" })).await.problem(404, "resource.not_found");
    stranger.get(&format!("/approvals/{}", review["id"].as_str().unwrap())).await.problem(404, "resource.not_found");
}

#[tokio::test]
async fn refuses_a_vote_on_content_that_has_changed() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = in_review(&app, &company).await;
    let review = open(&voyage, "plan_review").await;
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    administrator.act(&voyage.path("/actions/revise_release_plan"), json!({ "reason": "步骤有误" })).await.ok();
    let head = company.person("department_head").again().await;
    let stale = vote(&head, &review, json!({ "decision": "pass" })).await.problem(412, "resource.stale");
    assert_eq!(stale.current_etag.as_deref(), Some("\"v4\""));
    head.change_if(Method::POST, &votes(&review), "\"v4\"", json!({ "decision": "pass" })).await.problem(409, "approval.stale");
    head.post(&votes(&review), json!({ "decision": "pass" })).await.problem(428, "request.version_required");
}

#[tokio::test]
async fn members_see_what_has_changed_since_they_answered() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = in_review(&app, &company).await;
    let head = company.person("department_head").again().await;
    vote(&head, &open(&voyage, "plan_review").await, json!({ "decision": "pass" })).await.ok();
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    administrator.act(&voyage.path("/actions/revise_release_plan"), json!({ "reason": "影响范围不全" })).await.ok();
    let plan = voyage.path("/documents/release_plan");
    let mut content = administrator.get(&plan).await.ok()["content"].clone();
    content["impact"] = json!("另影响自助终端");
    administrator.put(&plan, json!({ "content": content })).await.ok();
    administrator.act(&format!("{plan}/submission"), json!({ "note": "补充" })).await.ok();
    administrator.act(&voyage.path("/actions/convene_plan_review"), json!({})).await.ok();
    let again = open(&voyage, "plan_review").await;
    let view = head.get(&format!("/approvals/{}", again["id"].as_str().unwrap())).await.ok();
    let since = &view["changes_since"];
    assert_eq!((&since["revision"], &since["changes"][0]["pointer"]), (&json!(1), &json!("/impact")));
    assert_eq!(since["changes"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn nobody_decides_on_a_revision_they_edited_not_even_an_administrator() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let roles = [Role::ReleaseAdministrator, Role::DepartmentHead, Role::SystemAdministrator];
    let author = company.of(Role::ReleaseAdministrator);
    company.admin().put(&format!("/users/{}/roles", author.id), json!({ "roles": roles })).await.ok();
    let voyage = Voyage::begin(&app, &company).await;
    let convened = voyage
        .travel(|dossier| !dossier.tasks.is_empty() && dossier.tasks.iter().all(|t| !t.is_open()) && !dossier.units.is_empty());
    convened.await;
    let author = voyage.of(Role::ReleaseAdministrator).await;
    let members = json!({ "members": [{ "user_id": author.id }] });
    author.act(&voyage.path("/actions/convene_plan_review"), members).await.problem(403, "approval.contributor");
    voyage.travel_to(Stage::PlanReview).await;
    let head = company.person("department_head").again().await;
    let absence = json!({ "principal": head.id, "deputy": author.id, "from": "2026-03-02", "until": "2026-03-20" });
    head.post("/deputies", absence).await.expect(201).ok();
    let (author, review) = (voyage.of(Role::ReleaseAdministrator).await, open(&voyage, "plan_review").await);
    let body = json!({ "decision": "pass", "on_behalf_of": head.id });
    vote(&author, &review, body).await.problem(403, "approval.contributor");
}

#[tokio::test]
async fn a_deputy_answers_and_the_record_says_so() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = in_review(&app, &company).await;
    let review = open(&voyage, "plan_review").await;
    let (head, deputy) = (company.person("department_head").again().await, company.person("improvement_manager").again().await);
    vote(&deputy, &review, json!({ "decision": "pass", "on_behalf_of": head.id })).await.not_permitted();
    let days = json!({ "principal": head.id, "deputy": deputy.id, "from": "2026-03-02", "until": "2026-03-20" });
    head.post("/deputies", days).await.expect(201).ok();
    assert_eq!(deputy.get("/approvals").await.ok()["items"][0]["id"], review["id"]);
    let of = async |person: &Actor, query: String| {
        let found = person.get(&format!("/approvals?{query}")).await.ok();
        found["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(of(&deputy, format!("deputy_of={}", head.id)).await, [review["id"].clone()]);
    assert_eq!(of(&deputy, "deputy_of=me".to_owned()).await, [Value::Null; 0], "none is asked of the deputy alone");
    assert_eq!(of(&deputy, format!("deputy_of={}", company.person("second_department_head").id)).await, [Value::Null; 0]);
    let convener = voyage.of(Role::ReleaseAdministrator).await;
    assert_eq!(of(&convener, "opened_by=me".to_owned()).await, [review["id"].clone()], "whoever sits on the panel");
    assert_eq!(of(&convener, "opened_by=me&awaited=false".to_owned()).await, [Value::Null; 0]);
    assert_eq!(of(&head, format!("opened_by={}", head.id)).await, [Value::Null; 0]);
    let after = vote(&deputy, &review, json!({ "decision": "pass", "on_behalf_of": head.id })).await.expect(200).json();
    let members = after["members"].as_array().unwrap();
    let answered = members.iter().find(|m| m["user"]["id"] == head.id.as_str()).unwrap();
    assert_eq!((&answered["vote"]["by"]["id"], &answered["vote"]["as_deputy"]), (&json!(deputy.id), &json!(true)));
    app.seal().await;
    let events = company.of(Role::Auditor).again().await.get(&format!("/events?actor={}&limit=100", deputy.id)).await.ok();
    let logged = events["items"].as_array().unwrap().iter().find(|e| e["kind"] == "approval.vote_cast").unwrap();
    assert_eq!(logged["on_behalf_of"], head.id.as_str());
    vote(&head, &review, json!({ "decision": "return", "comment": "不同意" })).await.problem(403, "approval.answered");
}

#[tokio::test]
async fn an_answer_that_returns_or_sets_conditions_says_why_and_conditions_become_tasks() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = in_review(&app, &company).await;
    let review = open(&voyage, "plan_review").await;
    let (head, other) = (company.person("department_head").again().await, company.person("second_department_head").again().await);
    vote(&head, &review, json!({ "decision": "return" })).await.problem(409, "approval.comment_required");
    let bare = json!({ "decision": "pass_with_conditions", "comment": "须备份" });
    vote(&head, &review, bare).await.problem(409, "approval.condition_required");
    let surplus = json!({ "decision": "pass", "conditions": [{ "text": "备份" }] });
    vote(&head, &review, surplus).await.problem(409, "approval.condition_unexpected");
    let wrong = json!({ "decision": "pass", "conditions": [{ "text": " ", "who": "x" }] });
    assert_eq!(vote(&head, &review, wrong).await.invalid()[0].0, "/conditions/0/text");
    let conditions = json!([{ "text": "上线前完成全量备份", "due": "2026-03-06" }]);
    vote(&head, &review, json!({ "decision": "pass_with_conditions", "comment": "同意", "conditions": conditions })).await.ok();
    vote(&other, &review, json!({ "decision": "pass" })).await.ok();
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    let owed = administrator.get("/tasks?kind=condition").await.ok()["items"][0].clone();
    assert_eq!((&owed["title"], &owed["blocks"]), (&json!("上线前完成全量备份"), &json!("go_live_approval")));
    assert_eq!((&owed["assignee"]["id"], &owed["due_at"]), (&json!(administrator.id), &json!("2026-03-06T15:59:59Z")));
}

#[tokio::test]
async fn refuses_a_go_live_decision_without_the_password_entered_again() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::GoLiveApproval).await;
    let owner = company.of(Role::ReleaseOwner).again().await;
    app.pass(TimeDelta::minutes(11));
    let approval = open(&voyage, "go_live_approval").await;
    let view = owner.get(&format!("/approvals/{}", approval["id"].as_str().unwrap())).await.ok();
    assert_eq!(view["reauthentication_needed"], true);
    let refused = vote(&owner, &approval, json!({ "decision": "pass" })).await.problem(403, "approval.reauthentication_needed");
    assert_eq!(refused.blocked_by[0].clause, "5.6b");
    let entered = owner.post("/auth/reauthenticate", json!({ "password": owner.password })).await.ok();
    let fresh = owner.with_token(entered["access_token"].as_str().unwrap());
    let after = vote(&fresh, &approval, json!({ "decision": "pass" })).await.expect(200).json();
    let voted = after["members"].as_array().unwrap().iter().find(|m| m["user"]["id"] == owner.id.as_str()).unwrap();
    assert_eq!(voted["vote"]["reauthenticated"], true);
}

#[tokio::test]
async fn a_go_live_approval_falls_when_the_plan_is_taken_back() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::Readiness).await;
    let by = voyage.journey.cast.administrator;
    voyage.give(by, Command::ReviseGoLivePlan { reason: "日期改变".to_owned() }).await.unwrap();
    let reader = voyage.of(Role::ReleaseAdministrator).await;
    let release = reader.get(&voyage.path("")).await.ok();
    let approval = release["approvals"].as_array().unwrap().iter().rfind(|a| a["kind"] == "go_live_approval").unwrap();
    assert_eq!((&approval["state"], &approval["void_reason"]), (&json!("void"), &json!("日期改变")));
    let implementer = voyage.of(Role::Implementer).await;
    let start = json!({ "units": [], "note": "开始" });
    implementer.act(&voyage.path("/actions/start_deployment"), start).await.problem(409, "release.wrong_stage");
    let gate = reader.get(&voyage.path("/gate?for=convene_go_live_approval")).await.ok();
    let panel =
        json!({ "members": [{ "user_id": reader.id, "capacity": { "kind": "role", "value": "release_administrator" } }] });
    let refused = reader.act(&voyage.path("/actions/convene_go_live_approval"), panel).await.expect(409).json();
    let codes: Vec<Value> = refused["blocked_by"].as_array().unwrap().iter().map(|r| r["code"].clone()).collect();
    assert!(codes.contains(&json!("approval.owner_missing")), "{codes:?} {gate}");
}

#[tokio::test]
async fn refuses_panels_that_are_empty_unfit_or_cannot_agree() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::GoLivePlanning).await;
    voyage.travel(|d| d.latest(fabu_domain::blocks::document::DocumentKind::GoLivePlan).is_some()).await;
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    let convene = |body: Value| {
        let (administrator, path) = (administrator.clone(), voyage.path("/actions/convene_go_live_approval"));
        async move {
            let refused = administrator.act(&path, body).await.expect(409).json();
            refused["blocked_by"].as_array().unwrap().iter().map(|r| r["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        }
    };
    assert!(convene(json!({})).await.contains(&"approval.panel_empty".to_owned()));
    let owner = json!({ "user_id": company.of(Role::ReleaseOwner).id });
    assert_eq!(convene(json!({ "members": [owner, owner] })).await, ["approval.member_unfit"]);
    let rule = json!({ "quorum": "at_least", "count": 3 });
    assert_eq!(convene(json!({ "members": [owner], "rule": rule })).await, ["approval.rule_impossible"]);
    let section = json!({ "user_id": company.of(Role::ReleaseOwner).id, "sections": ["nonsense"] });
    assert_eq!(convene(json!({ "members": [section] })).await, ["approval.sections_reduced", "approval.section_unknown"]);
}
