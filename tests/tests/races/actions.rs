//! The commands of a release that no journey needs, each given by several at once; and what several may add to one release.

use crate::arena::{Arena, Log, Outcome, Shot, judge};
use fabu_domain::{people::role::Role, subjects::release::stage::Stage};
use fabu_testkit::Voyage;
use reqwest::Method;
use serde_json::{Value, json};

/// The actions that this file races.
pub const RACED: [&str; 12] = [
    "suspend",
    "resume",
    "assign_role",
    "add_change",
    "remove_change",
    "confirm_grouping",
    "grant_exception",
    "request_opinions",
    "revise_release_plan",
    "revise_go_live_plan",
    "reopen",
    "cancel",
];

/// What several people may add to one release at the same moment: all of it is there.
pub const ADDED: [&str; 3] = ["add_comment", "add_test_case", "register_unit"];

struct Commands<'a> {
    arena: &'a Arena,
    voyage: &'a Voyage<'a>,
    log: Log,
}

impl Commands<'_> {
    async fn race(&mut self, by: Role, path: &str, body: Value, outcome: Outcome) {
        let actor = match by {
            Role::ChangeManager => self.voyage.actor(self.voyage.journey.cast.change_manager).await,
            role => self.voyage.of(role).await,
        };
        let release = self.voyage.path("");
        let shot = match outcome {
            Outcome::One => Shot::seen(&actor, Method::POST, self.voyage.path(path), &release, body).await,
            _ => Shot::plain(&actor, Method::POST, self.voyage.path(path), body),
        };
        self.log.read(&self.arena.app).await;
        let answers = self.arena.fire(&shot).await;
        judge(outcome, &answers, &self.log.read(&self.arena.app).await, path);
    }

    async fn action(&mut self, by: Role, name: &str, body: Value) {
        self.race(by, &format!("/actions/{name}"), body, Outcome::One).await;
    }
}

#[tokio::test]
async fn each_action_on_a_release_by_several_at_once_has_one_effect() {
    let arena = Arena::open().await;
    let voyage = Voyage::begin(&arena.app, &arena.company).await;
    let mut commands = Commands { arena: &arena, voyage: &voyage, log: Log::begin(&arena.app).await };
    let (owner, manager) = (Role::ReleaseOwner, Role::ChangeManager);
    let reason = json!({ "reason": "说明原因" });
    let extra = voyage.approved_change().await;
    for _ in 0..4 {
        commands.action(owner, "suspend", reason.clone()).await;
        commands.action(owner, "resume", reason.clone()).await;
        commands.action(manager, "add_change", json!({ "change_id": extra })).await;
        commands.action(manager, "remove_change", json!({ "change_id": extra, "reason": "不合并" })).await;
    }
    for added in 0..2 {
        let unit = json!({ "name": format!("单元{added}"), "version": "1.0", "kind": "application", "sha256": "ab".repeat(32), "source": "构建" });
        let case = json!({ "category": "function", "title": "登录", "procedure": "输入", "expected": "成功" });
        commands.race(Role::ReleaseAdministrator, "/comments", json!({ "text": "意见" }), Outcome::Each).await;
        commands.race(Role::ReleaseTester, "/test-cases", case, Outcome::Each).await;
        commands.race(Role::ReleaseAdministrator, "/units", unit, Outcome::One).await;
    }
    commands.action(owner, "cancel", reason).await;
}

/// 9.1a: several changes in one release are confirmed as a group by the change manager, once.
#[tokio::test]
async fn a_grouping_is_confirmed_once_by_several_at_once() {
    let arena = Arena::open().await;
    let voyage = Voyage::begin(&arena.app, &arena.company).await;
    let mut log = Log::begin(&arena.app).await;
    let (administrator, manager) = (arena.company.of(Role::ReleaseAdministrator), arena.company.of(Role::ChangeManager));
    for round in 0..4 {
        let changes = [voyage.approved_change().await, voyage.approved_change().await];
        let body = json!({ "title": "合并发布", "kind": "minor", "scope": "delta", "medium": "software", "changes": changes, "team": [] });
        let made = administrator.post("/releases", body).await.expect(201).json();
        let release = format!("/releases/{}", made["number"].as_str().unwrap());
        let path = format!("{release}/actions/confirm_grouping");
        let shot = Shot::seen(manager, Method::POST, path, &release, Value::Null).await;
        log.read(&arena.app).await;
        let answers = arena.fire(&shot).await;
        judge(Outcome::One, &answers, &log.read(&arena.app).await, &format!("confirm_grouping in round {round}"));
    }
}

#[tokio::test]
async fn each_return_to_an_earlier_stage_by_several_at_once_happens_once() {
    let arena = Arena::open().await;
    let voyage = Voyage::begin(&arena.app, &arena.company).await;
    let log = Log::begin(&arena.app).await;
    let mut commands = Commands { arena: &arena, voyage: &voyage, log };
    let reason = json!({ "reason": "说明原因" });
    voyage.travel_to(Stage::GoLiveApproval).await;
    commands.action(Role::ReleaseAdministrator, "revise_go_live_plan", reason.clone()).await;
    voyage.travel_to(Stage::Readiness).await;
    commands.action(Role::ReleaseAdministrator, "revise_release_plan", reason.clone()).await;
    voyage.travel_to(Stage::Closed).await;
    for _ in 0..4 {
        commands.action(Role::ReleaseOwner, "reopen", reason.clone()).await;
        let note = json!({ "note": "资料已归档" });
        commands.action(Role::Implementer, "close", note).await;
    }
}
