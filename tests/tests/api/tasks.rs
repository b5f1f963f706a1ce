use crate::releases::{path, release};
use chrono::TimeDelta;
use fabu_domain::{blocks::task::TaskKind, people::role::Role, subjects::release::stage::Stage};
use fabu_testkit::{Actor, Company, TestApp, Voyage};
use reqwest::Method;
use serde_json::{Value, json};

fn preparation(assignee: &Actor) -> Value {
    json!({ "kind": "preparation", "title": "准备备用服务器", "detail": "两台", "assignee": assignee.id, "due_at": "2026-03-05T09:00:00Z" })
}

/// A preparation task of a new release, owed by the implementer.
async fn task(company: &Company) -> Value {
    let path = path(&release(company, "A").await);
    let administrator = company.of(Role::ReleaseAdministrator);
    let body = preparation(company.of(Role::Implementer));
    administrator.post(&format!("{path}/tasks"), body).await.expect(200).json()["tasks"][0].clone()
}

fn at(task: &Value, rest: &str) -> String {
    format!("/tasks/{}{rest}", task["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_task_is_added_found_and_done_with_evidence() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let task = task(&company).await;
    assert_eq!((&task["kind_name"], &task["clause"], &task["state"]), (&json!("Preparation"), &json!("4.RA3"), &json!("open")));
    let implementer = company.of(Role::Implementer);
    let mine = implementer.get("/tasks?open=true").await.ok();
    assert_eq!((&mine["items"][0]["id"], &mine["items"][0]["release"]["title"]), (&task["id"], &json!("A")));
    assert_eq!(mine["items"][0]["etag"], task["etag"]);
    app.pass(TimeDelta::minutes(1));
    let done = implementer.act(&at(&task, "/completion"), json!({ "text": "已上架" })).await.expect(200);
    let view = done.json();
    assert_eq!((&view["state"], &view["evidence"]["text"]), (&json!("done"), &json!("已上架")));
    assert_eq!((&view["evidence"]["by"]["id"], done.etag()), (&json!(implementer.id), view["etag"].as_str().unwrap().to_owned()));
    assert_eq!(implementer.get("/tasks?open=true").await.ok()["items"], json!([]));
    let again = implementer.act(&at(&task, "/completion"), json!({ "text": "x" })).await;
    assert!(again.problem(409, "task.not_open").title.contains("准备备用服务器"));
}

#[tokio::test]
async fn refuses_tasks_of_others_stale_ones_and_files_of_nobody() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let task = task(&company).await;
    let (implementer, done) = (company.of(Role::Implementer), json!({ "text": "done" }));
    for login in ["release_administrator", "release_owner", "auditor"] {
        let refused = company.person(login).act(&at(&task, "/completion"), done.clone()).await.not_permitted();
        assert_eq!(refused.blocked_by[0].who[0].id, implementer.id);
    }
    company.admin().act(&at(&task, "/completion"), done.clone()).await.not_permitted();
    implementer.post(&at(&task, "/completion"), done.clone()).await.problem(428, "request.version_required");
    let stale = implementer.change_if(Method::POST, &at(&task, "/completion"), "\"v9\"", done).await;
    assert_eq!(stale.problem(412, "resource.stale").current_etag.as_deref(), task["etag"].as_str());
    let foreign = json!({ "text": "x", "attachments": ["0192f3c1-7b1e-7000-8000-000000000009"] });
    let errors = implementer.act(&at(&task, "/completion"), foreign).await.invalid();
    assert_eq!(errors, [("/attachments/0".to_owned(), "field.unknown_reference".to_owned())]);
    assert_eq!(implementer.act(&at(&task, "/completion"), json!({ "text": "" })).await.invalid()[0].1, "field.empty");
    implementer
        .act("/tasks/0192f3c1-7b1e-7000-8000-000000000009/completion", json!({ "text": "x" }))
        .await
        .problem(404, "resource.not_found");
    let stranger = company.hire("bai.xuefeng", &[Role::CustomerRepresentative]).await;
    stranger.get(&at(&task, "")).await.problem(404, "resource.not_found");
}

#[tokio::test]
async fn refuses_kinds_that_the_system_opens_and_assignees_who_do_not_exist() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let path = format!("{}/tasks", path(&release(&company, "A").await));
    let (administrator, implementer) = (company.of(Role::ReleaseAdministrator), company.of(Role::Implementer));
    let with = |field: &str, value: Value| {
        let mut body = preparation(implementer);
        body[field] = value;
        body
    };
    administrator.post(&path, with("kind", json!("backup_verification"))).await.problem(409, "task.not_addable");
    let nobody = json!("0192f3c1-7b1e-7000-8000-000000000009");
    administrator.post(&path, with("assignee", nobody)).await.problem(409, "task.assignee_unfit");
    assert_eq!(administrator.post(&path, with("title", json!("two\nlines"))).await.invalid()[0].1, "field.control_character");
    assert_eq!(administrator.post(&path, with("state", json!("done"))).await.invalid()[0].1, "field.unknown");
    implementer.post(&path, preparation(implementer)).await.not_permitted();
}

#[tokio::test]
async fn a_task_is_handed_over_and_excused_where_the_clause_allows_it() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let task = task(&company).await;
    let (administrator, operations) = (company.of(Role::ReleaseAdministrator), company.of(Role::Operations));
    let reassign = json!({ "assignee": operations.id, "reason": "原负责人出差" });
    company.of(Role::Implementer).act(&at(&task, "/assignment"), reassign.clone()).await.not_permitted();
    app.pass(TimeDelta::minutes(1));
    let moved = administrator.act(&at(&task, "/assignment"), reassign).await.expect(200).json();
    assert_eq!((&moved["assignee"]["id"], &moved["verification"]["reason"]), (&json!(operations.id), &json!("原负责人出差")));
    let excuse = json!({ "reason": "供应商自带设备" });
    administrator.act(&at(&task, "/waiver"), excuse.clone()).await.not_permitted();
    let excused = company.of(Role::ReleaseOwner).act(&at(&task, "/waiver"), excuse).await.expect(200).json();
    assert_eq!((&excused["state"], &excused["waiver"]["reason"]), (&json!("waived"), &json!("供应商自带设备")));
    company.of(Role::ReleaseOwner).act(&at(&task, "/waiver"), json!({ "reason": "x" })).await.problem(409, "task.not_open");
}

#[tokio::test]
async fn evidence_of_a_duty_is_returned_verified_and_never_by_oneself() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let dossier = voyage.travel_to(Stage::Readiness).await;
    let implementer = voyage.of(Role::Implementer).await;
    let of_implementer = |t: &&fabu_domain::blocks::task::Task| {
        t.kind == TaskKind::DutyAcknowledgement && t.assignee == voyage.journey.cast.implementer
    };
    let task = json!({ "id": dossier.tasks.iter().find(of_implementer).unwrap().id });
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    administrator.act(&at(&task, "/verification"), json!({})).await.problem(409, "task.not_submitted");
    let submitted = implementer.act(&at(&task, "/completion"), json!({ "text": "知悉" })).await.expect(200).json();
    assert_eq!((&submitted["state"], &submitted["verifier"]["id"]), (&json!("submitted"), &json!(administrator.id)));
    implementer.act(&at(&task, "/verification"), json!({})).await.not_permitted();
    let waits = administrator.get("/tasks?state=submitted").await.ok();
    assert_eq!((&waits["items"][0]["id"], &waits["items"][0]["verifier"]["id"]), (&task["id"], &json!(administrator.id)));
    app.pass(TimeDelta::minutes(1));
    let (administrator, implementer) = (voyage.of(Role::ReleaseAdministrator).await, voyage.of(Role::Implementer).await);
    let returned = administrator.act(&at(&task, "/return"), json!({ "reason": "请写明步骤" })).await.expect(200).json();
    assert_eq!((&returned["state"], &returned["verification"]["reason"]), (&json!("open"), &json!("请写明步骤")));
    implementer.act(&at(&task, "/completion"), json!({ "text": "负责步骤一至三" })).await.ok();
    let done = administrator.act(&at(&task, "/verification"), json!({ "remark": "好" })).await.expect(200).json();
    assert_eq!(done["state"], "done");
    let owner = voyage.of(Role::ReleaseOwner).await;
    owner.act(&at(&task, "/waiver"), json!({ "reason": "x" })).await.problem(409, "task.not_waivable");
}

#[tokio::test]
async fn tasks_are_listed_by_kind_state_due_time_and_person() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let path = path(&release(&company, "A").await);
    let (administrator, implementer) = (company.of(Role::ReleaseAdministrator), company.of(Role::Implementer));
    for day in ["05", "03", "04"] {
        let mut body = preparation(implementer);
        body["due_at"] = json!(format!("2026-03-{day}T09:00:00Z"));
        administrator.post(&format!("{path}/tasks"), body).await.ok();
    }
    administrator.act(&format!("{path}/actions/request_opinions"), json!({ "question": "？" })).await.ok();
    let count = |found: Value| found["items"].as_array().unwrap().len();
    let due = |found: &Value| -> Vec<String> {
        found["items"].as_array().unwrap().iter().map(|t| t["due_at"].as_str().unwrap()[8..10].to_owned()).collect()
    };
    assert_eq!(due(&implementer.get("/tasks").await.ok()), ["03", "04", "05"]);
    let first = implementer.get("/tasks?limit=2").await.ok();
    let rest = implementer.get(&format!("/tasks?limit=2&cursor={}", first["next_cursor"].as_str().unwrap())).await.ok();
    assert_eq!((due(&first), due(&rest)), (vec!["03".to_owned(), "04".to_owned()], vec!["05".to_owned()]));
    assert_eq!(due(&implementer.get("/tasks?due_before=2026-03-04T09:00:00Z").await.ok()), ["03"]);
    assert_eq!(count(implementer.get("/tasks?kind=condition").await.ok()), 0);
    assert_eq!(count(implementer.get("/tasks?state=done").await.ok()), 0);
    assert_eq!(count(company.person("department_head").get("/tasks?kind=opinion_request").await.ok()), 1);
    assert_eq!(count(company.of(Role::Auditor).get("/tasks").await.ok()), 0);
    assert_eq!(count(company.of(Role::Auditor).get("/tasks?everybody=true").await.ok()), 5);
    let outsider = company.hire("bai.xuefeng", &[Role::CustomerRepresentative]).await;
    assert_eq!(count(outsider.get("/tasks?everybody=true").await.ok()), 0);
    implementer.get("/tasks?kind=nonsense").await.problem(400, "query.invalid");
}
