//! Changes: taken over, corrected, approved, withdrawn and taken into a release once, whoever else wants the same.

use crate::arena::{Arena, Log, Outcome, Race, Shot, judge};
use fabu_domain::people::role::Role;
use fabu_testkit::Answered;
use futures::{FutureExt, future::join};
use reqwest::Method;
use serde_json::{Value, json};

/// How often the races for a change are run.
const ROUNDS: usize = 50;

/// Every operation of the register of changes.
pub const RACES: [Race; 4] = [
    Race {
        operation: "create_change",
        outcome: Outcome::Same,
        shot: |arena, round| {
            let body = record(arena, &format!("NEW-{round}"));
            async move { Shot::plain(arena.company.of(Role::ChangeManager), Method::POST, "/changes", body) }.boxed()
        },
    },
    Race {
        operation: "update_change",
        outcome: Outcome::One,
        shot: |arena, round| {
            async move {
                let (path, mut body) = (registered(arena, &format!("UPD-{round}")).await, record(arena, &format!("UPD-{round}")));
                body["title"] = json!("更正后的标题");
                Shot::seen(arena.company.of(Role::ChangeManager), Method::PUT, path.clone(), &path, body).await
            }
            .boxed()
        },
    },
    Race {
        operation: "approve_change",
        outcome: Outcome::One,
        shot: |arena, round| {
            async move {
                let path = registered(arena, &format!("APP-{round}")).await;
                Shot::seen(arena.company.of(Role::ChangeManager), Method::POST, format!("{path}/approval"), &path, evidence())
                    .await
            }
            .boxed()
        },
    },
    Race {
        operation: "withdraw_change",
        outcome: Outcome::One,
        shot: |arena, round| {
            async move {
                let path = approved(arena, &format!("WDR-{round}")).await;
                Shot::seen(arena.company.of(Role::ChangeManager), Method::POST, format!("{path}/withdrawal"), &path, reason())
                    .await
            }
            .boxed()
        },
    },
];

fn record(arena: &Arena, number: &str) -> Value {
    json!({ "number": number, "title": "调整", "kind": "normal", "service_objects": [arena.company.service_objects[0]],
        "requested_by": "李娜", "requested_at": "2026-03-01T01:00:00Z" })
}

fn evidence() -> Value {
    json!({ "approved_by": "变更委员会", "approved_at": "2026-03-01T02:00:00Z", "reference": "CAB", "impact": "停机",
        "resources": "两人" })
}

fn reason() -> Value {
    json!({ "reason": "不再需要" })
}

async fn registered(arena: &Arena, number: &str) -> String {
    let id = arena.company.of(Role::ChangeManager).post("/changes", record(arena, number)).await.id();
    format!("/changes/{id}")
}

async fn approved(arena: &Arena, number: &str) -> String {
    let path = registered(arena, number).await;
    arena.company.of(Role::ChangeManager).act(&format!("{path}/approval"), evidence()).await.ok();
    path
}

fn release(change: &str) -> Value {
    let change = change.trim_start_matches("/changes/");
    json!({ "title": "一次发布", "kind": "minor", "scope": "delta", "medium": "software", "changes": [change], "team": [] })
}

#[tokio::test]
async fn each_operation_on_a_change_by_several_at_once_has_one_effect() {
    let arena = Arena::open().await;
    for race in &RACES {
        arena.run(race).await;
    }
}

/// 9.1a: a change is carried out by one release, however many are created with it at the same moment.
#[tokio::test]
async fn of_several_releases_created_with_one_change_exactly_one_is_made() {
    let arena = Arena::open().await;
    let mut log = Log::begin(&arena.app).await;
    for round in 0..ROUNDS {
        let path = approved(&arena, &format!("ONE-{round}")).await;
        log.read(&arena.app).await;
        let administrator = arena.company.of(Role::ReleaseAdministrator);
        let shot = Shot::plain(administrator, Method::POST, "/releases", release(&path));
        let answers = arena.fire(&shot).await;
        judge(Outcome::One, &answers, &log.read(&arena.app).await, &format!("create_release in round {round}"));
    }
    // What was refused took no number with it.
    let made = arena.company.of(Role::Auditor).get("/releases?limit=100").await.ok();
    let mut numbers: Vec<&str> = made["items"].as_array().unwrap().iter().map(|item| item["number"].as_str().unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=ROUNDS).map(|n| format!("REL-2026-{n:04}")).collect::<Vec<_>>());
}

/// 9.1a: a change is either withdrawn or carried out, never both.
#[tokio::test]
async fn of_a_withdrawal_and_a_release_at_once_exactly_one_gets_the_change() {
    let arena = Arena::open().await;
    let (manager, administrator) = (arena.company.of(Role::ChangeManager), arena.company.of(Role::ReleaseAdministrator));
    let mut withdrawn = 0;
    for round in 0..ROUNDS {
        let path = approved(&arena, &format!("TWO-{round}")).await;
        let etag = manager.get(&path).await.expect(200).etag();
        let (manager, administrator) = (manager.at(arena.url(round)), administrator.at(arena.url(round + 1)));
        let withdraw = async || manager.change_if(Method::POST, &format!("{path}/withdrawal"), &etag, reason()).await;
        let create = async || administrator.post("/releases", release(&path)).await;
        // Who is sent first changes, so that both orders are seen.
        let (left, made): (Answered, Answered) = if round % 2 == 0 {
            join(withdraw(), create()).await
        } else {
            let (made, left) = join(create(), withdraw()).await;
            (left, made)
        };
        let change = manager.get(&path).await.ok();
        match (left.status.as_u16(), made.status.as_u16()) {
            (200, 409) => {
                withdrawn += 1;
                assert_eq!(
                    (&change["state"], &change["release"]),
                    (&json!("withdrawn"), &Value::Null),
                    "round {round}: {change}"
                );
            }
            (409 | 412, 201) => assert_eq!(change["state"], "approved", "round {round}: {change}"),
            both => panic!("round {round}: {both:?}: {} {}", left.text, made.text),
        }
    }
    assert!((1..ROUNDS).contains(&withdrawn), "only one order was seen: withdrawn {withdrawn} of {ROUNDS}");
}
