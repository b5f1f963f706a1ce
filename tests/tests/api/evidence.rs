//! Every operation that changes something leaves an entry under the id of its own request: whole releases and everything
//! beside them are played over HTTP, and no request that was answered with success may be missing from the log.

use crate::coverage::{Described, GAPS, NO_EVENT, operations};
use fabu_domain::{
    blocks::{approval::ApprovalKind, document::DocumentKind, task::TaskKind},
    people::role::Role,
    subjects::{
        change::ChangeKind,
        release::{
            command::Command,
            records::ConfigurationState,
            stage::{ReleaseKind, ReleaseMedium, ReleaseScope, Stage, Verdict},
        },
    },
    time::clock::Clock,
};
use fabu_scenario::{
    Journey, Theme,
    cast::CASTS,
    contents::release_plan,
    http::{self, Drive, Instance, NewChange, Opening, SetTime, Transport, client_builder},
};
use fabu_testkit::{Actor, Call, Calls, Company, TestApp, Voyage};
use reqwest::{
    Method,
    multipart::{Form, Part},
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, sync::Arc};

/// Carries the requests of whole releases, and notes each.
struct Noting {
    url: String,
    client: reqwest::Client,
    calls: Calls,
}

impl Transport for Noting {
    async fn send(&self, request: http::Request) -> Result<http::Response, String> {
        let method: Method = request.method.as_str().parse().map_err(|error| format!("{error:?}"))?;
        let mut builder = self.client.request(method, format!("{}{}", self.url, request.path));
        if let Some(token) = &request.token {
            builder = builder.bearer_auth(token);
        }
        if let Some(etag) = &request.if_match {
            builder = builder.header("If-Match", etag);
        }
        if let Some(body) = &request.body {
            builder = builder.json(body);
        }
        let answer = builder.send().await.map_err(|error| format!("{error:?}"))?;
        let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(ToOwned::to_owned);
        let (status, etag) = (answer.status().as_u16(), header("etag"));
        let path = request.path.split('?').next().unwrap_or_default().to_owned();
        let request_id = header("x-request-id").unwrap_or_default();
        self.calls.add(Call { method: request.method.as_str().to_owned(), path, status, request_id });
        Ok(http::Response { status, etag, body: answer.bytes().await.map_err(|error| format!("{error:?}"))?.to_vec() })
    }
}

/// The operation that a call was of.
fn operation_of<'a>(call: &Call, all: &'a [Described]) -> Option<&'a str> {
    let path = call.path.strip_prefix("/api/v1")?;
    let fits = |template: &str| {
        let (asked, known): (Vec<_>, Vec<_>) = (path.split('/').collect(), template.split('/').collect());
        asked.len() == known.len() && known.iter().zip(&asked).all(|(known, asked)| known.starts_with('{') || known == asked)
    };
    all.iter().find(|operation| operation.method.as_str() == call.method && fits(&operation.template)).map(|o| o.id.as_str())
}

/// The request ids of everything in the log.
async fn logged(reader: &Actor) -> BTreeSet<String> {
    let (mut ids, mut after) = (BTreeSet::new(), json!(0));
    loop {
        let page = reader.get(&format!("/events?limit=100&after={after}")).await.ok();
        ids.extend(page["items"].as_array().unwrap().iter().map(|entry| entry["request_id"].as_str().unwrap().to_owned()));
        if page["next_after"] == after {
            return ids;
        }
        after = page["next_after"].clone();
    }
}

/// The operations of these calls that changed something, each call of which is in the log.
async fn proven(app: &TestApp, reader: &Actor, calls: &Calls) -> BTreeSet<String> {
    app.seal().await;
    let (done, ids) = (calls.all(), logged(reader).await);
    let changing = done.iter().filter(|call| call.method != "GET" && (200..300).contains(&call.status));
    let (mut proven, mut all) = (BTreeSet::new(), operations());
    // A word in the description comes before a parameter.
    all.sort_by_key(|operation| operation.template.matches('{').count());
    for call in changing {
        let Some(operation) = operation_of(call, &all) else { continue };
        let exempt = NO_EVENT.iter().any(|(id, _)| *id == operation);
        assert!(exempt || ids.contains(&call.request_id), "{operation} left nothing in the log: {call:?}");
        proven.insert(operation.to_owned());
    }
    proven
}

type Change = fn(Journey) -> Journey;

/// Releases from the change to the report.
async fn whole_releases(journeys: [(ReleaseKind, Change); 2]) -> BTreeSet<String> {
    let app = TestApp::start().await;
    let calls = Calls::default();
    let client = client_builder().no_proxy().build().unwrap();
    let noting = Noting { url: app.url.clone(), client, calls: calls.clone() };
    let instance = Instance::found(noting, SetTime::new(Arc::clone(&app.clock)), &app.set_up_token()).await.unwrap();
    for (n, (kind, change)) in journeys.into_iter().enumerate() {
        let cast = n % CASTS.len();
        let theme = Theme::nth(cast, app.clock.now() + chrono::TimeDelta::days(6));
        let journey = change(Journey::new(instance.cast(&CASTS[cast]), theme));
        let emergency = kind == ReleaseKind::Emergency;
        let change = NewChange {
            number: format!("CHG-2026-{n:04}"),
            title: journey.theme.title.clone(),
            kind: if emergency { ChangeKind::Emergency } else { ChangeKind::Normal },
            objects: journey.cast.service_objects.iter().map(|(id, _)| *id).collect(),
            requested_by: "业务部门".to_owned(),
            requested_at: None,
            approved_at: None,
        };
        let opening = Opening { kind, scope: ReleaseScope::Delta, medium: ReleaseMedium::Software, change };
        let drive = Drive::open(&instance, journey, &opening).await.unwrap();
        drive.travel_to(Stage::Completed).await.unwrap_or_else(|error| panic!("{error}"));
    }
    let admin = app.nobody().sign_in("zhao.min", http::PASSWORD).await;
    proven(&app, &admin, &calls).await
}

/// What people do beside the way of a release that goes well.
async fn asides(app: &TestApp, company: &Company) {
    let [administrator, owner, manager] =
        [Role::ReleaseAdministrator, Role::ReleaseOwner, Role::ChangeManager].map(|role| company.of(role));
    let voyage = Voyage::begin(app, company).await;
    let path = |rest: &str| voyage.path(rest);
    let change = json!({ "number": "CHG-SECOND", "title": "随同变更", "kind": "normal", "service_objects": [company.service_objects[0]],
        "requested_by": "李娜", "requested_at": app.clock.now() });
    let second = manager.post("/changes", change).await.id();
    let approval = json!({ "approved_by": "变更委员会", "approved_at": app.clock.now(), "reference": "CAB", "impact": "停机",
        "resources": "两人" });
    manager.act(&format!("/changes/{second}/approval"), approval).await.ok();
    manager.act(&path("/actions/add_change"), json!({ "change_id": second })).await.ok();
    manager.act(&path("/actions/remove_change"), json!({ "change_id": second, "reason": "推迟" })).await.ok();
    let both = [voyage.approved_change().await, voyage.approved_change().await];
    let grouped =
        json!({ "title": "合并发布", "kind": "minor", "scope": "delta", "medium": "software", "changes": both, "team": [] });
    let grouped = administrator.post("/releases", grouped).await.ok()["number"].as_str().unwrap().to_owned();
    manager.act(&format!("/releases/{grouped}/actions/confirm_grouping"), json!({})).await.ok();
    owner.act(&path("/actions/suspend"), json!({ "reason": "等待" })).await.ok();
    owner.act(&path("/actions/resume"), json!({ "reason": "到位" })).await.ok();
    let exception = json!({ "kind": "owner_is_administrator", "reason": "人员不足" });
    company.of(Role::GeneralManager).act(&path("/actions/grant_exception"), exception).await.ok();
    let other = company.hire("other_implementer", &[Role::Implementer]).await;
    let assigned = json!({ "role": "implementer", "user_id": other.id, "reason": "休假" });
    administrator.act(&path("/actions/assign_role"), assigned).await.ok();
    administrator.post(&path("/comments"), json!({ "text": "周六晚上" })).await.ok();
    administrator.send(administrator.request(Method::POST, &path("/attachments")).multipart(form())).await.ok();
    let extra = json!({ "number": "CI-EXTRA", "name": "附加服务器", "kind": "hardware", "environment": "production",
        "item_version": "8", "state": "live" });
    let keeper = company.of(Role::ConfigurationAdministrator);
    drop(keeper.post("/configuration-items", extra).await.expect(201));
    let said = json!({ "external_id": "1", "number": "CI-OUTSIDE", "name": "外部", "kind": "other", "environment": "test", "state": "planned" });
    keeper.post("/configuration-items/sync", json!({ "source": "CMDB", "as_of": app.clock.now(), "items": [said] })).await.ok();
    let table = "number,name,type,environment,state\nCI-TABLE,表中,other,test,planned\n";
    keeper.send(keeper.request(Method::POST, "/configuration-items/import").body(table)).await.ok();
    let items = administrator.post(&path("/configuration-changes"), json!({ "item": "CI-EXTRA", "version": "9" })).await.ok();
    let item = items["items"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
    let removal = path(&format!("/configuration-changes/{item}/removal"));
    administrator.act(&removal, json!({ "reason": "不再涉及" })).await.ok();
    let due = app.clock.now() + chrono::TimeDelta::days(3);
    let task = json!({ "assignee": company.of(Role::SupportStaff).id, "detail": "两台", "due_at": due, "kind": "preparation", "title": "准备服务器" });
    administrator.post(&path("/tasks"), task).await.ok();
    let release = administrator.get(&path("")).await.ok();
    let task = release["tasks"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
    let task = format!("/tasks/{task}");
    let other = company.of(Role::Operations);
    administrator.act(&format!("{task}/assignment"), json!({ "assignee": other.id, "reason": "休假" })).await.ok();
    owner.act(&format!("{task}/waiver"), json!({ "reason": "不再需要" })).await.ok();
}

fn form() -> Form {
    Form::new().part("file", Part::bytes(b"%PDF-1.7\n%%EOF\n".to_vec()).file_name("plan.pdf"))
}

/// Somebody answers in the place of a head who has left.
async fn replaced_member(company: &Company, voyage: &Voyage<'_>) {
    let (admin, leaver) = (company.admin().again().await, company.person("second_department_head"));
    let active = |active: bool| json!({ "name": "离职者", "language": "zh-CN", "active": active });
    let person = format!("/users/{}", leaver.id);
    admin.put(&person, active(false)).await.ok();
    let newcomer = company.hire("new_head", &[Role::DepartmentHead]).await;
    let business = format!("/departments/{}", company.departments["business"]);
    admin.put(&business, json!({ "name": "业务部", "head": newcomer.id })).await.ok();
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    let release = administrator.get(&voyage.path("")).await.ok();
    let review = release["approvals"].as_array().unwrap().iter().find(|approval| approval["state"] == "open").unwrap();
    let body = json!({ "approval_id": review["id"], "member": leaver.id, "successor": newcomer.id, "reason": "离职" });
    administrator.act(&voyage.path("/actions/replace_member"), body).await.ok();
    // Everything is as it was, for what comes after.
    let cancel = voyage.path("/actions/cancel");
    voyage.of(Role::ReleaseOwner).await.act(&cancel, json!({ "reason": "不再需要" })).await.ok();
    admin.put(&person, active(true)).await.ok();
    admin.put(&business, json!({ "name": "业务部", "head": leaver.id })).await.ok();
}

/// A condition of the plan review is met, returned by its author and met again.
async fn returned_condition(voyage: &Voyage<'_>) {
    let dossier = voyage.travel_to(Stage::PlanReview).await;
    let review = dossier.latest_approval(ApprovalKind::PlanReview).unwrap();
    let head = voyage.actor(review.awaited().next().unwrap()).await;
    let vote = json!({ "decision": "pass_with_conditions", "comment": "须备份", "conditions": [{ "text": "完成全量备份" }] });
    head.act(&format!("/approvals/{}/votes", review.id), vote).await.ok();
    let dossier = voyage.dossier().await;
    let condition = dossier.tasks.iter().find(|task| task.kind == TaskKind::Condition).unwrap();
    let (assignee, task) = (voyage.actor(condition.assignee).await, format!("/tasks/{}", condition.id));
    assignee.act(&format!("{task}/completion"), json!({ "text": "已备份" })).await.ok();
    head.act(&format!("{task}/return"), json!({ "reason": "缺截图" })).await.ok();
    assignee.act(&format!("{task}/completion"), json!({ "text": "见截图" })).await.ok();
    head.act(&format!("{task}/verification"), json!({})).await.ok();
}

/// The same on the way to production and after it.
async fn later_asides(app: &TestApp, company: &Company) {
    let voyage = Voyage::begin(app, company).await;
    let by = async |role: Role, rest: &str, body: Value| voyage.of(role).await.act(&voyage.path(rest), body).await.ok();
    let unit = json!({ "kind": "application", "name": "spare", "version": "1", "sha256": "0".repeat(64), "source": "git" });
    let spare = by(Role::Implementer, "/units", unit).await;
    let path = format!("/units/{}/withdrawal", spare["id"].as_str().unwrap());
    by(Role::Implementer, &path, json!({ "reason": "打包有误" })).await;
    // Nothing is configured here, so that the record of it is excused in the end.
    let mut plan = release_plan(&voyage.journey.cast, &voyage.journey.theme);
    plan.configuration_items.clear();
    let draft = Command::SaveDraft { document: DocumentKind::ReleasePlan, content: plan.into() };
    voyage.give(voyage.journey.cast.administrator, draft).await.unwrap();
    returned_condition(&voyage).await;
    voyage.travel_to(Stage::GoLiveApproval).await;
    by(Role::ReleaseAdministrator, "/actions/revise_go_live_plan", json!({ "reason": "改期" })).await;
    voyage.travel_to(Stage::GoLiveApproval).await;
    by(Role::ReleaseAdministrator, "/actions/revise_release_plan", json!({ "reason": "补充" })).await;
    voyage.travel_to(Stage::Deployment).await;
    by(Role::Implementer, "/run-sheet/deviations", json!({ "note": "网络抖动" })).await;
    by(Role::ReleaseOwner, "/actions/decide_to_continue", json!({ "ground": "已恢复" })).await;
    voyage.travel_to(Stage::Closure).await;
    let record = json!({ "record": "configuration_update", "reason": "不涉及配置项" });
    by(Role::ConfigurationAdministrator, "/actions/excuse_archive_record", record).await;
    let voyage = Voyage::begin(app, company).await;
    let by = async |role: Role, rest: &str, body: Value| voyage.of(role).await.act(&voyage.path(rest), body).await.ok();
    voyage.travel(|dossier| dossier.configuration.iter().any(|item| item.state == ConfigurationState::Requested)).await;
    let item = voyage.dossier().await.configuration[0].id;
    let place = format!("/configuration-changes/{item}/return");
    by(Role::ConfigurationAdministrator, &place, json!({ "reason": "版本不符" })).await;
    by(Role::Implementer, "/actions/send_configuration_request", json!({ "note": "已更正" })).await;
    voyage.travel_to(Stage::Closed).await;
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    let addendum = administrator.request(Method::POST, &voyage.path("/addenda")).multipart(form().text("reason", "照片晚到"));
    administrator.send(addendum).await.ok();
    by(Role::ReleaseOwner, "/actions/reopen", json!({ "reason": "补充资料" })).await;
}

/// The operations that the world of registers and messages proves.
async fn registers() -> BTreeSet<String> {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::PlanReview).await;
    replaced_member(&company, &voyage).await;
    crate::coverage::change_everything(&app, &company).await;
    crate::media_files::described(&company).await;
    asides(&app, &company).await;
    later_asides(&app, &company).await;
    quarterly_reports(&app, &company).await;
    let author = company.of(Role::ProcessOwner).again().await;
    crate::procedure_versions::submitted_for(&author, company.of(Role::DepartmentHead), "2026-12-01").await;
    author.act(&format!("{}/withdrawal", crate::procedure_versions::VERSION), json!({ "reason": "不再需要" })).await.ok();
    // Last, because its window is held from then on.
    crate::conflicts::except_from_a_freeze(&app, &company).await;
    let auditor = company.of(Role::Auditor).again().await;
    proven(&app, &auditor, &company.admin().calls).await
}

async fn quarterly_reports(app: &TestApp, company: &Company) {
    let schedule =
        json!({ "name": "季度", "report": "quarterly_report", "roles": ["general_manager"], "minute": 545, "working_day": 5 });
    let admin = company.admin().again().await;
    let path = format!("/reports/schedules/{}", admin.post("/reports/schedules", schedule.clone()).await.id());
    admin.put(&path, schedule).await.ok();
    app.pass(chrono::TimeDelta::days(40));
    let [owner, manager] = [company.of(Role::ReleaseOwner).again().await, company.of(Role::GeneralManager).again().await];
    let report = "/reports/quarterly/2026Q1";
    owner.post("/reports/quarterly", json!({ "quarter": "2026Q1" })).await.ok();
    let measures = json!([{ "text": "补充演练", "owner": owner.id, "due": "2026-05-29" }]);
    let assessment = json!({ "execution": "按程序执行", "gap_cause": "样本不足", "improvements": "无", "measures": measures });
    owner.put(&format!("{report}/assessment"), assessment.clone()).await.ok();
    owner.act(&format!("{report}/submission"), json!({})).await.ok();
    manager.act(&format!("{report}/return"), json!({ "reason": "补充" })).await.ok();
    owner.put(&format!("{report}/assessment"), assessment).await.ok();
    owner.act(&format!("{report}/submission"), json!({})).await.ok();
    manager.act(&format!("{report}/approval"), json!({})).await.ok();
    owner.act(&format!("{report}/measures/1/completion"), json!({ "evidence": "见附件" })).await.ok();
    let admin = company.admin().again().await;
    admin.post(&format!("{path}/sendings"), json!({})).await.ok();
    crate::quarterly_reports::import(app, "FB-1,补丁,一般,核心,示例银行,成功,2026-02-01\n").await;
    owner.act(&format!("{report}/restatements"), json!({ "reason": "补录一次发布" })).await.ok();
    let _gone = admin.delete(&path).await.expect(204);
}

/// Operations that a release carries out on its usual way.
const OF_THE_USUAL_WAY: [&str; 17] = [
    "accept_risk",
    "add_test_case",
    "close",
    "complete_phase",
    "confirm_configuration_change",
    "convene_go_live_approval",
    "convene_plan_review",
    "receive_test_report",
    "reconvene_confirmation",
    "record_baseline",
    "record_step",
    "record_test_run",
    "record_verdict",
    "request_opinions",
    "save_document_draft",
    "start_deployment",
    "submit_document",
];

/// Operations of a release that goes another way.
const OF_OTHER_WAYS: [&str; 3] = ["convene_emergency_approval", "record_rollback", "start_rollback"];

fn assert_carried_out(proven: &BTreeSet<String>, operations: &[&str]) {
    let missing: Vec<&&str> = operations.iter().filter(|id| !proven.contains(**id)).collect();
    assert_eq!(missing, [&""; 0], "operations that no release carries out");
}

/// 3.2: everything that changes something is in the log, under the request that did it.
#[tokio::test]
async fn every_operation_of_a_release_is_in_the_log_under_its_own_request() {
    let proven = whole_releases([
        (ReleaseKind::Major, |journey| Journey { theme: journey.theme.clone().in_phases().with_high_risk(), ..journey }),
        (ReleaseKind::Minor, |journey| Journey { returned_plans: 1, failing_rounds: 1, objection: true, ..journey }),
    ]);
    assert_carried_out(&proven.await, &OF_THE_USUAL_WAY);
}

#[tokio::test]
async fn every_operation_of_a_rollback_and_of_an_emergency_is_in_the_log_under_its_own_request() {
    let proven = whole_releases([
        (ReleaseKind::Minor, |journey| journey.ending(Verdict::RolledBack)),
        (ReleaseKind::Emergency, Journey::in_an_emergency),
    ]);
    assert_carried_out(&proven.await, &OF_OTHER_WAYS);
}

#[tokio::test]
async fn every_other_operation_that_changes_something_is_in_the_log_under_its_own_request() {
    let proven = registers().await;
    let elsewhere = |id: &str| OF_THE_USUAL_WAY.contains(&id) || OF_OTHER_WAYS.contains(&id) || GAPS.contains(&id);
    let all = operations().into_iter().filter(|operation| operation.method != Method::GET).map(|operation| operation.id);
    let missing: Vec<String> = all.filter(|id| !proven.contains(id) && !elsewhere(id)).collect();
    assert_eq!(missing, [""; 0], "operations that no test carries out");
}
