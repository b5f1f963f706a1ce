//! Robots of chat groups: the register, what is said and what never, and what a provider's server may answer.

use chrono::TimeDelta;
use fabu_domain::{
    people::role::Role,
    subjects::{registers::robot::ChatRobot, release::stage::Stage},
};
use fabu_testkit::{Actor, Company, RobotServer, TestApp, Voyage};
use serde_json::{Value, json};

const TOKEN: &str = "6f2c77-token-of-the-group";
const SECRET: &str = "SECret-of-the-group";

fn robot(name: &str, server: &RobotServer) -> Value {
    json!({
        "name": name, "maker": "dingtalk", "base_url": server.url(), "language": "zh-CN",
        "kinds": ["approval_requested", "verdict"], "credentials": { "token": TOKEN, "secret": SECRET },
    })
}

async fn world() -> (TestApp, Company, RobotServer) {
    let (app, server) = (TestApp::start().await, RobotServer::start().await);
    let company = app.company().await;
    (app, company, server)
}

async fn deliveries(admin: &Actor) -> Vec<Value> {
    admin.get("/deliveries?limit=100&channel=robot").await.ok()["items"].as_array().unwrap().clone()
}

/// Says a test in the group while the worker works; the answer of the call.
async fn test_message(app: &TestApp, admin: &Actor, id: &str) -> Value {
    test_message_while(admin, id, working(app)).await
}

/// Says a test in the group while something goes on; the answer of the call.
async fn test_message_while(admin: &Actor, id: &str, going_on: impl Future<Output = ()>) -> Value {
    let path = format!("/robots/{id}/test-message");
    tokio::select! {
        answer = admin.post(&path, json!({})) => answer.expect(201).json(),
        () = going_on => panic!("the worker ended"),
    }
}

async fn working(app: &TestApp) {
    loop {
        app.work().await;
    }
}

/// Works until the newest message has to wait; it was not tried.
async fn work_until_it_waits(app: &TestApp, admin: &Actor) {
    loop {
        app.work().await;
        let newest = deliveries(admin).await[0].clone();
        if newest["state"] == "pending" && newest["version"] != 1 {
            assert_eq!(newest["attempts"], 0);
            return;
        }
    }
}

#[tokio::test]
async fn the_register_keeps_robots_and_never_shows_what_they_speak_with() {
    let (app, company, server) = world().await;
    let admin = company.admin();
    let created = admin.post("/robots", robot("发布群", &server)).await.expect(201);
    let id = created.json()["id"].as_str().unwrap().to_owned();
    assert_eq!((&created.json()["signed"], &created.json()["active"]), (&json!(true), &json!(true)));
    let path = format!("/robots/{id}");
    let mut changed = robot("核心系统发布群", &server);
    changed["credentials"] = Value::Null;
    changed["customers"] = json!([company.customer]);
    let updated = admin.put(&path, changed).await.expect(200);
    assert_eq!(updated.json()["signed"], true, "it keeps its secret");
    let said = test_message(&app, admin, &id).await;
    assert_eq!(said["state"], "sent");
    let target = server.asked()[0].0.clone();
    assert!(target.starts_with(&format!("/robot/send?access_token={TOKEN}&timestamp=")), "{target}");
    let listed = admin.get("/robots").await.expect(200);
    let viewed = admin.get(&path).await.expect(200);
    assert_eq!(listed.json()["items"][0], viewed.json());
    let gone = admin.delete(&path).await.expect(204);
    admin.get(&path).await.problem(404, "resource.not_found");
    app.seal().await;
    let log = admin.get("/events?limit=100").await.expect(200);
    let kept = admin.get(&format!("/deliveries/{}", said["id"].as_str().unwrap())).await.expect(200);
    for answer in [&created, &updated, &listed, &viewed, &gone, &log, &kept] {
        assert!(!answer.text.contains(TOKEN) && !answer.text.contains(SECRET), "{}", answer.text);
    }
    for kind in ["robot.created", "robot.updated", "robot.test_sent", "robot.deleted"] {
        assert!(log.text.contains(kind), "{kind} is in the log");
    }
}

#[tokio::test]
async fn what_robots_speak_with_is_sealed_in_the_database() {
    let (app, company, server) = world().await;
    let id = company.admin().post("/robots", robot("发布群", &server)).await.id().parse().unwrap();
    let sealed =
        app.app.store.read(move |tx| tx.sealed_of::<ChatRobot>(id).map_err(fabu_app::AppError::from)).await.unwrap().unwrap();
    assert!(!sealed.is_empty() && !sealed.contains(TOKEN) && !sealed.contains(SECRET), "{sealed}");
}

#[tokio::test]
async fn the_description_offers_the_messages_that_a_robot_may_be_told() {
    let (_app, company, server) = world().await;
    let admin = company.admin();
    let api: Value = serde_json::from_str(&fabu_testkit::openapi()).unwrap();
    let fields = api["x-registers"]["robot"]["fields"].as_array().unwrap();
    let among = fields.iter().find(|field| field["name"] == "kinds").unwrap()["among"].as_array().unwrap();
    let families: Vec<&str> = among.iter().map(|family| family["word"].as_str().unwrap()).collect();
    assert_eq!(families, ["approvals", "tasks", "deployment", "progress", "overdue"]);
    let offered: Vec<&Value> = among.iter().flat_map(|family| family["words"].as_array().unwrap()).collect();
    for kind in api["components"]["schemas"]["NoticeKind"]["enum"].as_array().unwrap() {
        let mut body = robot(kind.as_str().unwrap(), &server);
        body["kinds"] = json!([kind]);
        let answer = admin.post("/robots", body).await;
        if offered.contains(&kind) {
            assert_eq!(answer.expect(201).json()["kinds"], json!([kind]));
        } else {
            assert_eq!(answer.invalid(), [("/kinds".to_owned(), "field.invalid".to_owned())], "{kind}");
        }
    }
}

#[tokio::test]
async fn refuses_robots_that_cannot_work_or_would_tell_too_much() {
    let (_app, company, server) = world().await;
    let admin = company.admin();
    let id = admin.post("/robots", robot("发布群", &server)).await.id();
    admin.post("/robots", robot("发布群", &server)).await.problem(409, "resource.name_taken");
    let with = |field: &str, value: Value| {
        let mut body = robot("另一群", &server);
        body[field] = value;
        body
    };
    for (field, value, place, code) in [
        ("kinds", json!([]), "/kinds", "field.empty"),
        ("kinds", json!(["role_assigned"]), "/kinds", "field.invalid"),
        ("kinds", json!(["quarterly_report"]), "/kinds", "field.invalid"),
        ("base_url", json!("https://chat.example.cn/robot?x="), "/base_url", "field.invalid"),
        ("base_url", json!("file:///etc"), "/base_url", "field.invalid"),
        // Inside the network, and without TLS elsewhere than where the operator permits it.
        ("base_url", json!("https://127.0.0.2"), "/base_url", "field.invalid"),
        ("base_url", json!("https://[::ffff:10.0.0.7]"), "/base_url", "field.invalid"),
        ("base_url", json!("https://0x7f000002"), "/base_url", "field.invalid"),
        ("base_url", json!("https://169.254.169.254"), "/base_url", "field.invalid"),
        ("base_url", json!("http://chat.example.cn"), "/base_url", "field.invalid"),
        ("customers", json!(["0192f3c1-7b1e-7000-8000-0000000000ff"]), "/customers/0", "field.unknown_reference"),
        ("departments", json!(["0192f3c1-7b1e-7000-8000-0000000000ff"]), "/departments/0", "field.unknown_reference"),
        ("credentials", Value::Null, "/credentials", "field.missing"),
        ("credentials", json!({ "token": "a b" }), "/credentials/token", "field.invalid"),
        ("maker", json!("wecom"), "/credentials/secret", "field.invalid"),
    ] {
        let errors = admin.post("/robots", with(field, value)).await.invalid();
        assert_eq!(errors, [(place.to_owned(), code.to_owned())], "{field}");
    }
    // A token goes to no other address than the one that it was given for.
    let mut moved = with("base_url", json!("https://chat.example.cn"));
    moved["credentials"] = Value::Null;
    let errors = admin.put(&format!("/robots/{id}"), moved).await.invalid();
    assert_eq!(errors, [("/credentials".to_owned(), "field.missing".to_owned())]);
    company.of(Role::Auditor).get("/robots").await.not_permitted();
    company.of(Role::ProcessOwner).post(&format!("/robots/{id}/test-message"), json!({})).await.not_permitted();
}

#[tokio::test]
async fn a_group_hears_of_a_step_once_and_only_what_a_group_may_hear() {
    let (app, company, server) = world().await;
    let admin = company.admin();
    let all = admin.post("/robots", robot("全部发布", &server)).await.id();
    let other = admin.post("/customers", json!({ "name": "另一客户" })).await.id();
    let mut elsewhere = robot("另一客户的发布", &server);
    elsewhere["customers"] = json!([other]);
    let _elsewhere = admin.post("/robots", elsewhere).await.id();
    let mut touched = robot("业务部", &server);
    touched["departments"] = json!([company.departments["business"]]);
    touched["maker"] = json!("feishu");
    let touched = admin.post("/robots", touched).await.id();
    let mut resting = robot("停用", &server);
    resting["active"] = json!(false);
    let _resting = admin.post("/robots", resting).await.id();
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::PlanReview).await;
    app.work().await;
    let admin = company.admin().again().await;
    let said = deliveries(&admin).await;
    let robots: Vec<&str> = said.iter().map(|one| one["robot_id"].as_str().unwrap()).collect();
    assert_eq!(robots.len(), 2, "{said:?}");
    assert!(robots.contains(&all.as_str()) && robots.contains(&touched.as_str()), "{said:?}");
    assert!(said.iter().all(|one| one["state"] == "sent" && one["kind"] == "approval_requested"), "{said:?}");
    assert!(said.iter().all(|one| one["recipient_id"].is_null() && one["release_id"].is_string()), "{said:?}");
    let asked = server.asked();
    assert_eq!(asked.len(), 2, "each group once");
    for (target, body) in &asked {
        let card = body.to_string();
        assert!(card.contains(&voyage.number) && card.contains("/approvals/"), "{card}");
        for person in company.people() {
            assert!(!card.contains(&person.login.replace('_', " ")), "{} is named to the group: {card}", person.login);
        }
        assert!(!card.contains("示例银行"), "the customer is named: {card}");
        assert!(target.starts_with("/robot/send?") || body["sign"].is_string(), "signed: {target}");
    }
    // Dispatched again, nothing more is said.
    let events: Vec<&Value> = said.iter().map(|one| &one["event_id"]).collect();
    app.enqueue("dispatch_events", fabu_domain::notifications::delivery::Queue::Events, json!({ "events": events })).await;
    app.work().await;
    assert_eq!((deliveries(&admin).await.len(), server.asked().len()), (2, 2));
    let detail = admin.get(&format!("/deliveries/{}", said[0]["id"].as_str().unwrap())).await.ok();
    assert!(detail["subject"].as_str().unwrap().contains(&voyage.number), "{detail}");
    admin.get(&format!("/deliveries/{}/mail", said[0]["id"].as_str().unwrap())).await.problem(404, "resource.not_found");
}

#[tokio::test]
async fn the_answer_of_a_test_is_the_makers_code_without_its_text() {
    let (app, company, server) = world().await;
    let admin = company.admin();
    let id = admin.post("/robots", robot("发布群", &server)).await.id();
    server.play([(200, r#"{"errcode":310000,"errmsg":"sign not match"}"#)]);
    let refused = test_message(&app, admin, &id).await;
    assert_eq!((&refused["state"], &refused["tries"][0]["outcome"]), (&json!("parked"), &json!("refused")));
    assert_eq!(refused["last_error"], "HTTP 200, errcode 310000", "whatever answers there is not read out: {refused}");
    server.play([(502, "<html>bad gateway</html>")]);
    let deferred = test_message(&app, admin, &id).await;
    assert_eq!((&deferred["state"], &deferred["tries"][0]["outcome"]), (&json!("pending"), &json!("deferred")));
    app.pass(TimeDelta::minutes(1));
    app.work().await;
    let path = format!("/deliveries/{}", deferred["id"].as_str().unwrap());
    assert_eq!(admin.get(&path).await.ok()["state"], "sent");
    let parked = format!("/deliveries/{}", refused["id"].as_str().unwrap());
    admin.act(&format!("{parked}/resend"), json!({})).await.ok();
    app.work().await;
    assert_eq!(admin.get(&parked).await.ok()["state"], "sent");
    assert_eq!(server.asked().len(), 4);
}

#[tokio::test]
async fn a_robot_over_its_limit_waits_and_uses_up_no_try() {
    let (app, company, server) = world().await;
    let admin = company.admin();
    let id = admin.post("/robots", robot("发布群", &server)).await.id();
    for turn in 0..18 {
        assert_eq!(test_message(&app, admin, &id).await["state"], "sent", "{turn}");
    }
    let in_time = async {
        work_until_it_waits(&app, admin).await;
        assert_eq!(server.asked().len(), 18, "nobody asked a nineteenth time within the minute");
        app.pass(TimeDelta::minutes(1));
        working(&app).await;
    };
    let nineteenth = test_message_while(admin, &id, in_time).await;
    assert_eq!((&nineteenth["state"], &nineteenth["attempts"]), (&json!("sent"), &json!(1)));
    // Told to be silent, it is silent for ten minutes, and that is no try either.
    server.play([(200, r#"{"errcode":130101,"errmsg":"send too fast"}"#)]);
    let silenced = async {
        work_until_it_waits(&app, admin).await;
        app.pass(TimeDelta::minutes(9));
        app.work().await;
        assert_eq!(server.asked().len(), 20, "not before ten minutes are over");
        app.pass(TimeDelta::minutes(1));
        working(&app).await;
    };
    let said = test_message_while(admin, &id, silenced).await;
    assert_eq!((&said["state"], &said["attempts"], server.asked().len()), (&json!("sent"), &json!(1), 21));
}

#[tokio::test]
async fn what_waits_for_a_robot_at_the_same_moment_is_said_in_one_message() {
    let (app, company, server) = world().await;
    let id = company.admin().post("/robots", robot("发布群", &server)).await.id();
    server.play([(200, r#"{"errcode":130101,"errmsg":"send too fast"}"#)]);
    let mut numbers = Vec::new();
    for _ in 0..4 {
        let voyage = Voyage::begin(&app, &company).await;
        voyage.travel_to(Stage::PlanReview).await;
        app.work().await;
        numbers.push(voyage.number);
    }
    assert_eq!(server.asked().len(), 1, "told to be silent by the first, it is silent");
    app.pass(TimeDelta::minutes(10));
    app.work().await;
    let admin = company.admin().again().await;
    let said = deliveries(&admin).await;
    let in_state = |state: &str| said.iter().filter(|one| one["state"] == state).collect::<Vec<_>>();
    let (merged, sent) = (in_state("merged"), in_state("sent"));
    assert_eq!((merged.len(), sent.len(), said.len(), server.asked().len()), (4, 1, 5, 2), "{said:?}");
    assert_eq!((&sent[0]["kind"], &sent[0]["robot_id"]), (&json!("bundle"), &json!(id)));
    let card = server.asked()[1].1.to_string();
    for number in &numbers {
        assert!(card.contains(&format!("待审批：{number}")), "{number} has its line: {card}");
    }
    // Two are no burst.
    for _ in 0..2 {
        Voyage::begin(&app, &company).await.travel_to(Stage::PlanReview).await;
    }
    app.work().await;
    assert_eq!(server.asked().len(), 4);
}

#[tokio::test]
async fn what_was_still_to_be_said_is_parked_when_the_robot_is_gone() {
    let (app, company, server) = world().await;
    let admin = company.admin();
    let id = admin.post("/robots", robot("发布群", &server)).await.id();
    server.play([(502, "")]);
    let deferred = test_message(&app, admin, &id).await;
    let _gone = admin.delete(&format!("/robots/{id}")).await.expect(204);
    app.pass(TimeDelta::minutes(1));
    app.work().await;
    let path = format!("/deliveries/{}", deferred["id"].as_str().unwrap());
    let parked = admin.get(&path).await.ok();
    assert_eq!((&parked["state"], server.asked().len()), (&json!("parked"), 1));
    admin.act(&format!("{path}/resend"), json!({})).await.problem(409, "delivery.robot_gone");
}
