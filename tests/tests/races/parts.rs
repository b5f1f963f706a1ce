//! What is done to the parts of a release that no journey needs: tasks, units, configuration items, panels and files.

use crate::arena::{Arena, Log, Outcome, Shot, judge};
use fabu_domain::{
    blocks::{approval::ApprovalKind, task::TaskKind},
    people::role::Role,
    subjects::release::stage::Stage,
    time::clock::Clock,
};
use fabu_testkit::{Actor, Voyage};
use reqwest::Method;
use serde_json::{Value, json};

/// The operations that this file races.
pub const RACED: [&str; 10] = [
    "add_addendum",
    "add_attachment",
    "drop_configuration_change",
    "plan_configuration_change",
    "reassign_task",
    "replace_member",
    "return_configuration_change",
    "return_task",
    "waive_task",
    "withdraw_unit",
];

struct Parts<'a> {
    arena: &'a Arena,
    voyage: &'a Voyage<'a>,
    log: Log,
}

impl<'a> Parts<'a> {
    async fn of(arena: &'a Arena, voyage: &'a Voyage<'a>) -> Self {
        Self { arena, voyage, log: Log::begin(&arena.app).await }
    }

    /// Races one request of this person; `seen` is the place whose version all have read, none where none is asked for.
    async fn race(&mut self, actor: &Actor, path: &str, seen: Option<&str>, body: Value) {
        let shot = match seen {
            Some(place) => Shot::seen(actor, Method::POST, path, place, body).await,
            None => Shot::plain(actor, Method::POST, path, body),
        };
        self.judge(&shot, Outcome::One).await;
    }

    async fn judge(&mut self, shot: &Shot, outcome: Outcome) {
        self.log.read(&self.arena.app).await;
        let answers = self.arena.fire(shot).await;
        judge(outcome, &answers, &self.log.read(&self.arena.app).await, &shot.path);
    }

    async fn upload(&mut self, actor: &Actor, rest: &str, fields: &[(&str, &str)]) {
        let shot = Shot::file(actor, self.voyage.path(rest), "photo.txt", fields);
        self.judge(&shot, Outcome::Each).await;
    }
}

#[tokio::test]
async fn each_thing_done_to_a_task_by_several_at_once_happens_once() {
    let arena = Arena::open().await;
    let voyage = Voyage::begin(&arena.app, &arena.company).await;
    let mut parts = Parts::of(&arena, &voyage).await;
    let (administrator, owner) = (voyage.of(Role::ReleaseAdministrator).await, voyage.of(Role::ReleaseOwner).await);
    let (support, operations) = (arena.company.of(Role::SupportStaff), arena.company.of(Role::Operations));
    for round in 0..4 {
        let due = arena.app.clock.now() + chrono::TimeDelta::days(3);
        let task = json!({ "assignee": support.id, "detail": "两台", "due_at": due, "kind": "preparation", "title": format!("准备 {round}") });
        let release = administrator.post(&voyage.path("/tasks"), task).await.ok();
        let task = format!("/tasks/{}", release["tasks"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap());
        let at = |rest: &str| format!("{task}/{rest}");
        let handed = json!({ "assignee": operations.id, "reason": "休假" });
        parts.race(&administrator, &at("assignment"), Some(&task), handed).await;
        parts.race(&owner, &at("waiver"), Some(&task), json!({ "reason": "不再需要" })).await;
    }
    let dossier = voyage.travel_to(Stage::PlanReview).await;
    let review = dossier.latest_approval(ApprovalKind::PlanReview).unwrap();
    let head = voyage.actor(review.awaited().next().unwrap()).await;
    let vote =
        json!({ "decision": "pass_with_conditions", "comment": "须备份", "conditions": [{ "text": "上线前完成全量备份" }] });
    head.act(&format!("/approvals/{}/votes", review.id), vote).await.ok();
    let dossier = voyage.dossier().await;
    let condition = dossier.tasks.iter().find(|task| task.kind == TaskKind::Condition).unwrap();
    let (assignee, task) = (voyage.actor(condition.assignee).await, format!("/tasks/{}", condition.id));
    for _ in 0..4 {
        assignee.act(&format!("{task}/completion"), json!({ "text": "已备份" })).await.ok();
        parts.race(&head, &format!("{task}/return"), Some(&task), json!({ "reason": "缺截图" })).await;
    }
}

#[tokio::test]
async fn each_thing_done_to_units_items_panels_and_files_by_several_at_once_happens_once() {
    let arena = Arena::open().await;
    let voyage = Voyage::begin(&arena.app, &arena.company).await;
    let mut parts = Parts::of(&arena, &voyage).await;
    let [administrator, implementer] = [Role::ReleaseAdministrator, Role::Implementer].map(|role| voyage.of(role));
    let (administrator, implementer) = (administrator.await, implementer.await);
    for round in 0..4 {
        let unit = json!({ "kind": "application", "name": format!("spare {round}"), "version": "1", "sha256": "0".repeat(64), "source": "git" });
        let unit = implementer.post(&voyage.path("/units"), unit).await.expect(201).id();
        let withdrawal = voyage.path(&format!("/units/{unit}/withdrawal"));
        parts.race(&implementer, &withdrawal, None, json!({ "reason": "打包有误" })).await;
        voyage.register_item(&format!("CI-EXTRA-{round}")).await;
        let item = json!({ "item": format!("CI-EXTRA-{round}"), "version": "9" });
        parts.race(&administrator, &voyage.path("/configuration-changes"), None, item).await;
        let items = administrator.get(&voyage.path("/configuration-changes")).await.ok();
        let removal = voyage.path(&format!("/configuration-changes/{}/removal", last(&items)));
        parts.race(&administrator, &removal, None, json!({ "reason": "不再涉及" })).await;
        parts.upload(&administrator, "/attachments", &[]).await;
    }
    voyage.travel_to(Stage::PlanReview).await;
    let leaver = arena.company.person("second_department_head");
    let admin = arena.company.admin().again().await;
    let person = admin.get(&format!("/users/{}", leaver.id)).await.ok();
    let gone = json!({ "name": person["name"], "email": person["email"], "language": "zh-CN", "active": false });
    admin.put(&format!("/users/{}", leaver.id), gone).await.ok();
    let newcomer = arena.company.hire("new_head", &[Role::DepartmentHead]).await;
    let business = format!("/departments/{}", arena.company.departments["business"]);
    admin.put(&business, json!({ "name": "业务部", "head": newcomer.id })).await.ok();
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    let release = administrator.get(&voyage.path("")).await.ok();
    let review = release["approvals"].as_array().unwrap().iter().find(|a| a["state"] == "open").unwrap();
    let successor =
        json!({ "approval_id": review["id"], "member": leaver.id, "successor": newcomer.id, "reason": "原负责人离职" });
    parts.race(&administrator, &voyage.path("/actions/replace_member"), Some(&voyage.path("")), successor).await;
}

#[tokio::test]
async fn a_request_to_configuration_is_returned_once_and_every_addendum_is_kept() {
    let arena = Arena::open().await;
    let voyage = Voyage::begin(&arena.app, &arena.company).await;
    let mut parts = Parts::of(&arena, &voyage).await;
    voyage.travel_to(Stage::ConfigurationUpdate).await;
    let implementer = voyage.of(Role::Implementer).await;
    let configuration = voyage.of(Role::ConfigurationAdministrator).await;
    for _ in 0..4 {
        implementer.act(&voyage.path("/actions/send_configuration_request"), json!({ "note": "请更新" })).await.ok();
        let items = configuration.get(&voyage.path("/configuration-changes")).await.ok();
        let path = voyage.path(&format!("/configuration-changes/{}/return", last(&items)));
        parts.race(&configuration, &path, None, json!({ "reason": "版本不符" })).await;
    }
    voyage.travel_to(Stage::Closed).await;
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    for _ in 0..4 {
        parts.upload(&administrator, "/addenda", &[("reason", "现场照片晚到")]).await;
    }
}

/// The id of the last of a list.
fn last(list: &Value) -> String {
    list["items"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned()
}
