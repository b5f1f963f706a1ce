//! What stands against the window of a release: shown, asked for, looked for by the worker (5.5.4).

use fabu_app::{AppError, Failure};
use fabu_domain::time::clock::Clock;
use fabu_domain::{
    blocks::document::{DocumentContent, DocumentKind},
    people::role::Role,
    subject::refusal::Code,
    subjects::release::{
        command::Command,
        documents::{GoLivePlan, go_live::ConflictReason},
        stage::Stage,
    },
};
use fabu_scenario::{Journey, contents};
use fabu_testkit::{Actor, Company, TestApp, Voyage};
use serde_json::{Value, json};

fn codes<T>(refused: Result<T, Failure>) -> Vec<Code> {
    match refused.map(drop).map_err(|failure| failure.error) {
        Err(AppError::Refused(refusal)) => refusal.unmet().iter().map(|unmet| unmet.code).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

fn submit() -> Command {
    Command::SubmitDocument { document: DocumentKind::GoLivePlan, note: "提交".to_owned(), figures: None }
}

async fn save(voyage: &Voyage<'_>, plan: GoLivePlan) {
    let content = DocumentContent::from(plan);
    let draft = Command::SaveDraft { document: DocumentKind::GoLivePlan, content };
    drop(voyage.give(voyage.journey.cast.administrator, draft).await.unwrap());
}

async fn conflicts(reader: &Actor, voyage: &Voyage<'_>) -> Vec<Value> {
    reader.get(&voyage.path("/conflicts")).await.ok()["items"].as_array().unwrap().clone()
}

fn kinds(conflicts: &[Value]) -> Vec<&str> {
    let mut kinds: Vec<&str> = conflicts.iter().map(|conflict| conflict["kind"].as_str().unwrap()).collect();
    kinds.dedup();
    kinds
}

fn freeze(voyage_window: (Value, Value), more: Value) -> Value {
    let mut freeze = json!({ "name": "重大活动保障", "kind": "protection", "reason": "全市活动", "starts": voyage_window.0,
        "ends": voyage_window.1, "allowed": [], "authority": "general_manager" });
    freeze.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    freeze
}

/// A release whose approval is asked for, in the same window as another one with the same people and the same object.
async fn beside<'a>(app: &'a TestApp, company: &Company, theme: usize) -> (Voyage<'a>, Voyage<'a>) {
    let first = Voyage::begin(app, company).await;
    first.travel_to(Stage::GoLiveApproval).await;
    let other = fabu_scenario::Theme {
        title: "随后的发布".to_owned(),
        start: first.journey.theme.start,
        end: first.journey.theme.end,
        series: first.journey.theme.series.clone(),
        ..app.theme(theme)
    };
    let second = Voyage::begin_with(app, company, Journey::new(company.cast(), other)).await;
    second.travel_to(Stage::GoLivePlanning).await;
    (first, second)
}

/// Whoever comes later gives the reasons, each by name; then both go live.
#[tokio::test]
async fn soft_conflicts_are_shown_and_need_a_reason_each() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let (first, second) = beside(&app, &company, 1).await;
    let mut plan = contents::go_live_plan(&second.journey.cast, &second.journey.theme);
    save(&second, plan.clone()).await;
    let administrator = second.of(Role::ReleaseAdministrator).await;
    let found = conflicts(&administrator, &second).await;
    assert_eq!(kinds(&found), ["same_object", "person_booked"]);
    assert!(found.iter().all(|conflict| conflict["severity"] == "soft" && conflict["release"] == first.number.as_str()));
    let refused = codes(second.give(second.journey.cast.administrator, submit()).await);
    assert_eq!(refused, vec![Code::WindowReasonMissing; found.len()]);
    let reason = |conflict: &Value| ConflictReason {
        conflict: conflict["key"].as_str().unwrap().to_owned(),
        reason: "同一团队先后实施".to_owned(),
    };
    plan.conflict_reasons = found.iter().skip(1).map(reason).collect();
    save(&second, plan.clone()).await;
    assert_eq!(codes(second.give(second.journey.cast.administrator, submit()).await), [Code::WindowReasonMissing], "one is left");
    plan.conflict_reasons = found.iter().map(reason).collect();
    save(&second, plan).await;
    let shown = conflicts(&administrator, &second).await;
    assert!(shown.iter().all(|conflict| conflict["reason"] == "同一团队先后实施"), "{shown:?}");
    second.travel_to(Stage::GoLiveApproval).await;
    first.travel_to(Stage::Deployment).await;
    // People of a customer learn nothing of other releases.
    second.of(Role::CustomerRepresentative).await.get(&second.path("/conflicts")).await.not_permitted();
}

/// No reason lifts the same item at the same time; a free window is offered and taken.
#[tokio::test]
async fn the_same_item_at_the_same_time_is_refused_and_a_free_window_is_found() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let (first, second) = beside(&app, &company, 0).await;
    let plan = contents::go_live_plan(&second.journey.cast, &second.journey.theme);
    save(&second, plan).await;
    let administrator = second.of(Role::ReleaseAdministrator).await;
    let hard = conflicts(&administrator, &second).await.remove(0);
    assert_eq!((&hard["kind"], &hard["severity"], &hard["against"]), (&json!("same_item"), &json!("hard"), &json!(first.number)));
    assert!(codes(second.give(second.journey.cast.administrator, submit()).await).contains(&Code::WindowConflict));
    let free = administrator.get(&second.path("/free-windows?duration_minutes=240&limit=3")).await.ok();
    let free = free["items"].as_array().unwrap();
    assert_eq!(free.len(), 3);
    let start = second.journey.theme.start.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let end = second.journey.theme.end.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    assert!(
        free.iter()
            .all(|window| window["end"].as_str().unwrap() <= start.as_str() || window["start"].as_str().unwrap() >= end.as_str())
    );
    let from = administrator.get(&second.path(&format!("/free-windows?from={start}&limit=1"))).await.ok();
    assert_eq!(from["items"][0]["start"], json!(second.journey.theme.end), "right after the other one");
    for query in ["duration_minutes=0", "duration_minutes=10081", "limit=0", "limit=21", "from=2028-01-01T00:00:00Z"] {
        assert_eq!(administrator.get(&second.path(&format!("/free-windows?{query}"))).await.status, 422, "{query}");
    }
}

/// What comes up after the approval is mailed once to those who answer for the release, kept with its time, and noted when it goes.
#[tokio::test]
async fn a_freeze_after_the_approval_is_mailed_once_excepted_by_name_and_noted_when_it_is_gone() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::Readiness).await;
    app.work().await;
    let window = (json!(voyage.journey.theme.start), json!(voyage.journey.theme.end));
    let keeper = company.of(Role::ProcessOwner).again().await;
    let made = keeper.post("/freeze-windows", freeze(window.clone(), json!({}))).await.expect(201);
    app.work().await;
    let owner = voyage.of(Role::ReleaseOwner).await;
    let found = conflicts(&owner, &voyage).await;
    assert_eq!((kinds(&found), &found[0]["since"]), (vec!["freeze"], &json!(app.clock.now())));
    let mails = async || {
        let list = company.admin().again().await.get("/deliveries?kind=conflict_found&limit=100").await.ok();
        let mut readers: Vec<String> =
            list["items"].as_array().unwrap().iter().map(|mail| mail["recipient_id"].as_str().unwrap().to_owned()).collect();
        readers.sort();
        readers
    };
    let mut expected = [voyage.of(Role::ReleaseAdministrator).await.id, owner.id.clone()];
    expected.sort();
    assert_eq!(mails().await, expected);
    let admin = company.admin().again().await;
    let mail = admin.get("/deliveries?kind=conflict_found&limit=1").await.ok()["items"][0]["id"].as_str().unwrap().to_owned();
    let text = admin.get(&format!("/deliveries/{mail}/mail")).await.ok()["text"].as_str().unwrap().to_owned();
    assert!(text.contains("冲突") && text.contains("重大活动保障"), "the mail says what stands against the window: {text}");
    assert_eq!(app.app.check_conflicts().await.unwrap(), 0, "known is not new");
    app.work().await;
    assert_eq!(mails().await, expected, "once");
    let bands = owner.get("/calendar/bands?from=2026-03-01&until=2026-03-31").await.ok();
    assert_eq!(bands["conflicts"], json!([{ "release": voyage.number, "severity": "hard" }]));
    assert_eq!(bands["freezes"][0]["name"], "重大活动保障");
    assert!(bands["bookings"].as_array().unwrap().iter().any(|booking| booking["release"] == voyage.number.as_str()));

    // The release waits for the exception of whom the freeze names.
    let key = found[0]["key"].as_str().unwrap().to_owned();
    let accept = |reason: &str| Command::AcceptConflict { conflict: key.clone(), reason: reason.to_owned() };
    assert_eq!(codes(voyage.give(voyage.journey.cast.owner, accept("急")).await), [Code::ConflictAuthority]);
    let manager = voyage.actor(voyage.journey.cast.general_manager).await;
    let body = json!({ "conflict": key, "reason": "监管要求当日上线" });
    manager.act(&voyage.path("/actions/accept_conflict"), body).await.ok();
    assert_eq!(conflicts(&owner, &voyage).await, [] as [Value; 0]);
    app.work().await;
    let view = owner.get(&voyage.path("/conflicts")).await.ok();
    assert_eq!((view["gone"][0]["key"].as_str(), view["gone"].as_array().unwrap().len()), (Some(key.as_str()), 1));

    // A changed freeze is looked at anew; a withdrawn one stops nothing.
    let keeper = keeper.again().await;
    let path = format!("/freeze-windows/{}", made.id());
    keeper.put(&path, freeze(window.clone(), json!({ "reason": "活动延长" }))).await.ok();
    app.work().await;
    assert_eq!(kinds(&conflicts(&owner, &voyage).await), ["freeze"]);
    keeper.put(&path, freeze(window, json!({ "active": false }))).await.ok();
    app.work().await;
    assert_eq!(conflicts(&owner, &voyage).await, [] as [Value; 0]);
    voyage.travel_to(Stage::Deployment).await;
}

/// Nobody loosens a freeze that holds his own release.
#[tokio::test]
async fn who_takes_part_in_a_frozen_release_does_not_withdraw_the_freeze() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::GoLivePlanning).await;
    let window = (json!(voyage.journey.theme.start), json!(voyage.journey.theme.end));
    let made =
        company.of(Role::ProcessOwner).again().await.post("/freeze-windows", freeze(window.clone(), json!({}))).await.expect(201);
    let path = format!("/freeze-windows/{}", made.id());
    let roles = json!({ "roles": ["implementer", "change_manager"] });
    let implementer = company.of(Role::Implementer);
    let admin = company.admin().again().await;
    admin.put(&format!("/users/{}/roles", implementer.id), roles).await.ok();
    let withdrawn = freeze(window, json!({ "active": false }));
    implementer.again().await.put(&path, withdrawn.clone()).await.problem(403, "register.own_release");
    company.of(Role::ProcessOwner).again().await.put(&path, withdrawn).await.ok();
}

/// The exception that the log shows for [`crate::evidence`].
pub async fn except_from_a_freeze(app: &TestApp, company: &Company) {
    let voyage = Voyage::begin(app, company).await;
    voyage.travel_to(Stage::Readiness).await;
    let window = (json!(voyage.journey.theme.start), json!(voyage.journey.theme.end));
    let made = freeze(window, json!({ "name": "临时封网" }));
    let made = company.of(Role::ProcessOwner).again().await.post("/freeze-windows", made).await.expect(201);
    let manager = voyage.actor(voyage.journey.cast.general_manager).await;
    let body = json!({ "conflict": format!("freeze/{}", made.id()), "reason": "监管要求" });
    manager.act(&voyage.path("/actions/accept_conflict"), body).await.ok();
}
