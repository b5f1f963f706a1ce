//! Registers: whatever is added, changed or removed by several at once is added, changed or removed once.

use crate::arena::{AT_ONCE, Arena, Log, Outcome, Race, Shot, judge};
use fabu_domain::people::role::Role;
use fabu_testkit::{Actor, Answered, TestApp};
use futures::{
    FutureExt,
    future::{BoxFuture, join},
};
use reqwest::Method;
use serde_json::{Value, json};

/// How often two who exclude each other meet.
const ROUNDS: usize = 50;

type Made<'a> = BoxFuture<'a, Shot>;

macro_rules! race {
    ($operation:literal, $outcome:ident, $shot:expr) => {
        Race { operation: $operation, outcome: Outcome::$outcome, shot: $shot }
    };
}

/// Every operation of a register, with the people's own settings.
pub const RACES: [Race; 30] = [
    race!("create_user", One, |arena, round| add(arena, "/users", json!({ "login": format!("u{round}"), "name": "新人" }))),
    race!("update_user", One, |arena, round| {
        let path = format!("/users/{}", arena.company.person("nobody_special").id);
        replace(arena, path, json!({ "name": format!("第 {round} 次"), "language": "en" }))
    }),
    race!("set_user_roles", One, |arena, round| {
        let path = format!("/users/{}", arena.company.person("nobody_special").id);
        let role = if round % 2 == 0 { "auditor" } else { "support_staff" };
        change(arena, Method::PUT, format!("{path}/roles"), path, json!({ "roles": [role] }))
    }),
    race!("reset_user_password", One, |arena, _| {
        let path = format!("/users/{}", arena.company.person("nobody_special").id);
        change(arena, Method::POST, format!("{path}/password-reset"), path, Value::Null)
    }),
    race!("create_department", One, |arena, round| add(arena, "/departments", json!({ "name": format!("部门 {round}") }))),
    race!("update_department", One, |arena, round| {
        replace(
            arena,
            format!("/departments/{}", arena.company.departments["business"]),
            json!({ "name": format!("业务 {round}") }),
        )
    }),
    race!("create_customer", One, |arena, round| add(arena, "/customers", json!({ "name": format!("客户 {round}") }))),
    race!("update_customer", One, |arena, round| {
        replace(arena, format!("/customers/{}", arena.company.customer), json!({ "name": format!("银行 {round}") }))
    }),
    race!("create_service_object", One, |arena, round| {
        let body = json!({ "code": format!("S{round}"), "name": "系统", "customer_id": arena.company.customer });
        add(arena, "/service-objects", body)
    }),
    race!("update_service_object", One, |arena, round| {
        let body = json!({ "code": "OA", "name": format!("办公 {round}"), "customer_id": arena.company.customer });
        replace(arena, format!("/service-objects/{}", arena.company.service_objects[1]), body)
    }),
    race!("create_deputy", One, |arena, round| async move { appointment(arena, round, 5) }.boxed()),
    race!("delete_deputy", One, |arena, round| {
        async move {
            let shot = appointment(arena, round, 15);
            let made = shot.actor.post("/deputies", shot.body).await.id();
            let path = format!("/deputies/{made}");
            Shot::seen(&shot.actor, Method::DELETE, path.clone(), &path, Value::Null).await
        }
        .boxed()
    }),
    race!("create_configuration_item", One, |arena, round| {
        let keeper = arena.company.of(Role::ConfigurationAdministrator);
        async move { Shot::plain(keeper, Method::POST, "/configuration-items", item(round, 1)) }.boxed()
    }),
    race!("update_configuration_item", One, |arena, round| {
        async move {
            let keeper = arena.company.of(Role::ConfigurationAdministrator);
            let made = keeper.post("/configuration-items", item(round + 1_000, 1)).await.expect(201).id();
            let path = format!("/configuration-items/{made}");
            Shot::seen(keeper, Method::PUT, path.clone(), &path, item(round + 1_000, 2)).await
        }
        .boxed()
    }),
    race!("create_media_item", One, |arena, round| {
        let keeper = arena.company.of(Role::ConfigurationAdministrator);
        async move { Shot::plain(keeper, Method::POST, "/media-library", medium(keeper, round)) }.boxed()
    }),
    race!("update_media_item", One, |arena, round| {
        async move {
            let keeper = arena.company.of(Role::ConfigurationAdministrator);
            let made = keeper.post("/media-library", medium(keeper, round + 1_000)).await.expect(201).id();
            let path = format!("/media-library/{made}");
            Shot::seen(keeper, Method::PUT, path.clone(), &path, medium(keeper, round + 2_000)).await
        }
        .boxed()
    }),
    race!("create_freeze_window", One, |arena, round| add(arena, "/freeze-windows", freeze(&format!("封网 {round}")))),
    race!("update_freeze_window", One, |arena, round| {
        async move {
            let path = made(arena, "/freeze-windows", freeze(&format!("改 {round}"))).await;
            Shot::seen(arena.company.admin(), Method::PUT, path.clone(), &path, freeze(&format!("改后 {round}"))).await
        }
        .boxed()
    }),
    race!("add_media_file", Each, |arena, round| {
        async move {
            let keeper = arena.company.of(Role::ConfigurationAdministrator);
            let made = keeper.post("/media-library", medium(keeper, round + 3_000)).await.expect(201).id();
            let content = r#"{ "bomFormat": "CycloneDX", "specVersion": "1.6" }"#;
            Shot::file_with(keeper, format!("/media-library/{made}/files"), "sbom.json", content)
        }
        .boxed()
    }),
    race!("replace_calendar_year", One, |arena, round| {
        let days =
            json!([{ "name": "元旦", "date": format!("2027-{:02}-{:02}", round / 28 + 1, round % 28 + 1), "isOffDay": true }]);
        replace(arena, "/calendar/years/2027".to_owned(), json!({ "days": days }))
    }),
    race!("import_calendar_year", One, |arena, round| {
        let day = format!("2028{:02}{:02}", round / 28 + 1, round % 28 + 1);
        let event = format!("BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{day}\r\nSUMMARY:元旦（休）\r\nEND:VEVENT\r\n");
        let body = json!({ "ics": format!("BEGIN:VCALENDAR\r\n{event}END:VCALENDAR\r\n") });
        let year = "/calendar/years/2028";
        change(arena, Method::POST, format!("{year}/import"), year.to_owned(), body)
    }),
    race!("update_me", One, |arena, round| {
        let body = json!({ "language": if round % 2 == 0 { "en" } else { "zh-CN" } });
        change(arena, Method::PATCH, "/me".to_owned(), "/me".to_owned(), body)
    }),
    race!("update_notifications", One, |arena, _| replace(arena, "/me/notifications".to_owned(), json!({ "groups": {} }))),
    race!("create_report_schedule", Each, |arena, round| add(arena, "/reports/schedules", schedule(round))),
    race!("update_report_schedule", One, |arena, round| {
        async move {
            let path = made(arena, "/reports/schedules", schedule(round)).await;
            Shot::seen(arena.company.admin(), Method::PUT, path.clone(), &path, schedule(round + 1)).await
        }
        .boxed()
    }),
    race!("delete_report_schedule", One, |arena, round| {
        async move {
            let path = made(arena, "/reports/schedules", schedule(round)).await;
            Shot::seen(arena.company.admin(), Method::DELETE, path.clone(), &path, Value::Null).await
        }
        .boxed()
    }),
    race!("create_robot", One, |arena, round| add(arena, "/robots", robot(&format!("群 {round}")))),
    race!("update_robot", One, |arena, round| {
        async move {
            let path = made(arena, "/robots", robot(&format!("改 {round}"))).await;
            Shot::seen(arena.company.admin(), Method::PUT, path.clone(), &path, robot(&format!("改后 {round}"))).await
        }
        .boxed()
    }),
    race!("delete_robot", One, |arena, round| {
        async move {
            let path = made(arena, "/robots", robot(&format!("删 {round}"))).await;
            Shot::seen(arena.company.admin(), Method::DELETE, path.clone(), &path, Value::Null).await
        }
        .boxed()
    }),
    race!("send_test_mail", Each, |arena, _| {
        async move {
            let admin = arena.company.admin();
            let fields = json!({ "name": "管理员", "language": "en", "email": "admin@example.com" });
            admin.put(&format!("/users/{}", admin.id), fields).await.ok();
            Shot::plain(admin, Method::POST, "/deliveries/test-mail", Value::Null)
        }
        .boxed()
    }),
];

fn add<'a>(arena: &'a Arena, path: &'static str, body: Value) -> Made<'a> {
    async move { Shot::plain(arena.company.admin(), Method::POST, path, body) }.boxed()
}

fn replace(arena: &Arena, path: String, body: Value) -> Made<'_> {
    change(arena, Method::PUT, path.clone(), path, body)
}

fn change(arena: &Arena, method: Method, path: String, place: String, body: Value) -> Made<'_> {
    async move { Shot::seen(arena.company.admin(), method, path, &place, body).await }.boxed()
}

async fn made(arena: &Arena, path: &str, body: Value) -> String {
    format!("{path}/{}", arena.company.admin().post(path, body).await.id())
}

/// A deputy for a day that nobody else asks for.
fn appointment(arena: &Arena, round: usize, day: u32) -> Shot {
    let (manager, deputy) = (arena.company.of(Role::ChangeManager), arena.company.person("nobody_special"));
    let day = format!("{}-{:02}-{day:02}", 2027 + round / 12, round % 12 + 1);
    let body = json!({ "principal": manager.id, "deputy": deputy.id, "from": day, "until": day });
    Shot::plain(manager, Method::POST, "/deputies", body)
}

fn schedule(round: usize) -> Value {
    json!({ "name": format!("报告 {round}"), "report": "quarterly_report", "roles": ["auditor"], "minute": 545, "working_day": 5 })
}

/// A configuration item in its nth version.
fn item(round: usize, version: usize) -> Value {
    json!({ "number": format!("CI-{round}"), "name": "应用", "kind": "software", "environment": "production", "state": "live",
        "item_version": format!("{version}.0") })
}

fn medium(custodian: &Actor, round: usize) -> Value {
    json!({ "name": "core", "item_version": round.to_string(), "kind": "application", "sha256": "0".repeat(64), "source": "git",
        "custodian": custodian.id, "place": "/media" })
}

fn freeze(name: &str) -> Value {
    json!({ "name": name, "kind": "freeze", "reason": "年终结账", "starts": "2026-12-30T16:00:00Z", "ends": "2026-12-31T16:00:00Z",
        "authority": "general_manager" })
}

fn robot(name: &str) -> Value {
    json!({ "name": name, "maker": "wecom", "base_url": "https://chat.example.com", "language": "zh-CN", "kinds": ["verdict"],
        "credentials": { "token": "t" } })
}

#[tokio::test]
async fn each_operation_on_people_and_departments_by_several_at_once_has_one_effect() {
    run(&RACES[..6]).await;
}

#[tokio::test]
async fn each_operation_on_customers_deputies_and_calendars_by_several_at_once_has_one_effect() {
    run(&RACES[6..18]).await;
}

#[tokio::test]
async fn each_operation_on_settings_schedules_and_robots_by_several_at_once_has_one_effect() {
    run(&RACES[18..]).await;
}

async fn run(races: &[Race]) {
    let arena = Arena::open().await;
    for race in races {
        arena.run(race).await;
    }
}

/// A person's choices are made for the first time by several at once: there is no row yet that could be locked.
#[tokio::test]
async fn the_first_choice_of_messages_is_made_once() {
    let arena = Arena::open().await;
    let mut log = Log::begin(&arena.app).await;
    for person in arena.company.people().filter(|person| person.login != "system_administrator") {
        let path = "/me/notifications";
        let shot = Shot::seen(person, Method::PUT, path, path, json!({ "groups": {} })).await;
        let answers = arena.fire(&shot).await;
        judge(Outcome::One, &answers, &log.read(&arena.app).await, &person.login);
    }
}

/// Whoever removes a robot or a schedule has seen it as it is: one that was changed meanwhile stays.
#[tokio::test]
async fn of_a_change_and_a_removal_at_once_exactly_one_has_an_effect() {
    let arena = Arena::open().await;
    let admin = arena.company.admin();
    let mut removed = 0;
    for round in 0..ROUNDS {
        let (family, new) = match round % 2 {
            0 => ("/robots", robot(&format!("群 {round}"))),
            _ => ("/reports/schedules", schedule(round)),
        };
        let path = made(&arena, family, new.clone()).await;
        let etag = admin.get(&path).await.expect(200).etag();
        let (one, other) = (admin.at(arena.url(round)), admin.at(arena.url(round + 1)));
        let remove = one.send(one.request(Method::DELETE, &path).header("If-Match", &etag));
        let update = other.change_if(Method::PUT, &path, &etag, new);
        // Who is sent first changes, so that both orders are seen.
        let (gone, kept) = if round / 2 % 2 == 0 {
            join(remove, update).await
        } else {
            let (kept, gone) = join(update, remove).await;
            (gone, kept)
        };
        match (gone.status.as_u16(), kept.status.as_u16()) {
            (204, 404 | 412) => removed += 1,
            (412, 200) => assert_eq!(admin.get(&path).await.ok()["version"], 2, "round {round}"),
            both => panic!("round {round}: {both:?}: {} {}", gone.text, kept.text),
        }
        let there = admin.get(&path).await.status.as_u16();
        assert_eq!(there, if gone.status == 204 { 404 } else { 200 }, "round {round}");
    }
    assert!((1..ROUNDS).contains(&removed), "only one order was seen: removed {removed} of {ROUNDS}");
}

/// D13, RX: the instance is never without an administrator, whoever takes the role away from whom at the same moment.
#[tokio::test]
async fn of_two_administrators_who_take_each_others_role_exactly_one_succeeds() {
    let arena = Arena::open().await;
    let (one, other) = (arena.company.admin(), arena.company.hire("other_admin", &[Role::SystemAdministrator]).await);
    for round in 0..ROUNDS {
        let (one, other) = (one.again().await, other.again().await);
        // Both have seen each other before either acts.
        let seen = async |actor: &Actor, from: &Actor| actor.get(&format!("/users/{}", from.id)).await.expect(200).etag();
        let etags = [seen(&one, &other).await, seen(&other, &one).await];
        let take = async |actor: &Actor, from: &Actor, sender: usize| -> Answered {
            let (path, etag) = (format!("/users/{}/roles", from.id), &etags[usize::from(actor.id != one.id)]);
            let actor = actor.at(arena.url(sender));
            actor.change_if(Method::PUT, &path, etag, json!({ "roles": ["auditor"] })).await
        };
        let (first, second) = join(take(&one, &other, round), take(&other, &one, round + 1)).await;
        let (winner, loser, refused) = if first.status == 200 { (&one, &other, &second) } else { (&other, &one, &first) };
        assert!(first.status == 200 || second.status == 200, "round {round}: {} {}", first.text, second.text);
        assert!(matches!(refused.status.as_u16(), 401 | 403 | 409), "round {round}: {} {}", first.text, second.text);
        let back = json!({ "roles": ["system_administrator"] });
        winner.put(&format!("/users/{}/roles", loser.id), back).await.ok();
    }
}

/// RX: the first administrator is the only one that set-up makes.
#[tokio::test]
async fn of_several_who_set_up_at_once_exactly_one_becomes_the_administrator() {
    for _ in 0..4 {
        let app = TestApp::start().await;
        let sibling = app.sibling();
        let set_up = |n: usize| {
            let nobody = if n.is_multiple_of(2) { app.nobody() } else { sibling.nobody() };
            let body = json!({ "login": format!("admin{n}"), "name": "管理员", "password": "tulip-orbit-93-kettle", "language": "en", "token": app.set_up_token() });
            async move { nobody.post("/setup", body).await }
        };
        let answers = futures::future::join_all((0..AT_ONCE).map(set_up)).await;
        judge(Outcome::One, &answers, &Log::all(&app).await, "create_administrator");
    }
}
