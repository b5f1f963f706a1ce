use chrono::TimeDelta;
use fabu_domain::{people::role::Role, subjects::release::stage::Stage};
use fabu_testkit::{Actor, TestApp, Voyage};
use serde_json::{Value, json};

async fn all(admin: &Actor, filter: &str) -> Vec<Value> {
    admin.get(&format!("/deliveries?limit=100{filter}")).await.ok()["items"].as_array().unwrap().clone()
}

fn to(mails: &[Value], person: &Actor, kind: &str) -> usize {
    mails.iter().filter(|mail| mail["recipient_id"] == person.id.as_str() && mail["kind"] == kind).count()
}

#[tokio::test]
async fn a_panel_is_asked_once_by_mail_and_nobody_else_is() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::PlanReview).await;
    app.work().await;
    let admin = company.admin().again().await;
    let mails = all(&admin, "").await;
    for head in ["department_head", "second_department_head"] {
        assert_eq!(to(&mails, company.person(head), "approval_requested"), 1, "{head}");
    }
    let convener = voyage.of(Role::ReleaseAdministrator).await;
    assert_eq!(to(&mails, &convener, "approval_requested"), 0, "who did it hears nothing of it");
    assert_eq!(mails.iter().filter(|mail| mail["recipient_id"] == admin.id.as_str()).count(), 0, "nobody without a task");
    assert!(mails.iter().all(|mail| mail["state"] != "pending" && mail["state"] != "failed"), "{mails:?}");
    // Each event is dispatched once, however often its job runs.
    app.enqueue("dispatch_events", fabu_domain::notifications::delivery::Queue::Events, json!({ "events": events_of(&mails) }))
        .await;
    app.work().await;
    assert_eq!(all(&admin, "").await.len(), mails.len());
    // The mail is a file in the data directory, and the API shows it.
    let asked = mails.iter().find(|mail| mail["kind"] == "approval_requested").unwrap();
    let id = asked["id"].as_str().unwrap();
    let file = app.app.settings.data_dir.join(format!("mail/{id}.eml"));
    assert!(std::fs::read_to_string(file).unwrap().contains(&format!("Message-ID: <{id}@")));
    let shown = admin.get(&format!("/deliveries/{id}/mail")).await.ok();
    assert!(shown["subject"].as_str().unwrap().contains(&voyage.number), "{shown}");
    assert!(shown["html"].as_str().unwrap().contains("/approvals/") && shown["text"].as_str().unwrap().contains("/approvals/"));
    let detail = admin.get(&format!("/deliveries/{id}")).await.ok();
    assert_eq!((&detail["state"], &detail["tries"][0]["outcome"]), (&json!("sent"), &json!("accepted")));
    let release = asked["release_id"].as_str().unwrap();
    assert!(all(&admin, &format!("&release_id={release}&state=sent")).await.len() >= 2);
    voyage.of(Role::ReleaseAdministrator).await.get("/deliveries").await.not_permitted();
}

#[tokio::test]
async fn a_mail_names_the_clause_that_asks_for_this_approval_and_this_task() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    for stage in [Stage::PlanReview, Stage::Acceptance, Stage::GoLiveApproval] {
        voyage.travel_to(stage).await;
        app.work().await;
    }
    let admin = company.admin().again().await;
    let mut named = std::collections::BTreeSet::new();
    for kind in ["approval_requested", "task_assigned"] {
        for mail in all(&admin, &format!("&kind={kind}&channel=mail")).await {
            let shown = admin.get(&format!("/deliveries/{}/mail", mail["id"].as_str().unwrap())).await.ok();
            let text = shown["text"].as_str().unwrap();
            let clause = text.lines().find_map(|line| line.trim().strip_prefix("依据：")).unwrap_or_else(|| panic!("{text}"));
            let subject = shown["subject"].as_str().unwrap();
            named.insert((
                subject.split('：').nth(1).unwrap_or_default().split('（').next().unwrap().to_owned(),
                clause.to_owned(),
            ));
        }
    }
    let names = |what: &str, clause: &str| named.contains(&(what.to_owned(), clause.to_owned()));
    assert!(names("发布方案评审", "5.3") && names("客户验收", "5.4d") && names("上线审批", "5.6"), "{named:?}");
    assert!(names("按方案测试并提交测试报告", "5.4a"), "{named:?}");
}

fn events_of(mails: &[Value]) -> Vec<&Value> {
    mails.iter().map(|mail| &mail["event_id"]).collect()
}

#[tokio::test]
async fn a_deputy_is_asked_while_the_head_is_away() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let (head, deputy) = (company.person("department_head"), company.person("process_owner"));
    let away = json!({ "principal": head.id, "deputy": deputy.id, "from": "2026-03-01", "until": "2026-12-31", "absent": true });
    let _id = company.admin().post("/deputies", away).await.id();
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::PlanReview).await;
    app.work().await;
    let admin = company.admin().again().await;
    let mails = all(&admin, "").await;
    assert_eq!((to(&mails, head, "approval_requested"), to(&mails, deputy, "approval_requested")), (0, 1));
    let asked = mails.iter().find(|mail| mail["recipient_id"] == deputy.id.as_str() && mail["kind"] == "approval_requested");
    let shown = admin.get(&format!("/deliveries/{}/mail", asked.unwrap()["id"].as_str().unwrap())).await.ok();
    assert!(shown["text"].as_str().unwrap().contains("department head"), "it says for whom: {shown}");
}

#[tokio::test]
async fn a_test_mail_goes_the_way_of_all_mails_and_can_be_sent_again() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let admin = company.admin();
    admin.post("/deliveries/test-mail", json!({})).await.problem(409, "delivery.no_address");
    let address = json!({ "name": "管理员", "email": "admin@example.cn", "language": "zh-CN" });
    admin.put(&format!("/users/{}", admin.id), address).await.ok();
    let id = admin.post("/deliveries/test-mail", json!({})).await.id();
    let path = format!("/deliveries/{id}");
    admin.act(&format!("{path}/resend"), json!({})).await.problem(409, "delivery.under_way");
    app.work().await;
    assert_eq!(admin.get(&path).await.ok()["state"], "sent");
    admin.act(&format!("{path}/resend"), json!({})).await.ok();
    app.work().await;
    let again = admin.get(&path).await.ok();
    assert_eq!((&again["state"], &again["attempts"]), (&json!("sent"), &json!(2)));
}

#[tokio::test]
async fn a_person_chooses_what_comes_and_the_digest_brings_the_rest() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let tester = voyage.of(Role::ReleaseTester).await;
    let usual = tester.get("/me/notifications").await.ok();
    assert_eq!((&usual["groups"][0]["mail"], &usual["version"]), (&json!(true), &json!(0)));
    let choice = json!({ "groups": { "tasks": { "mail": true, "pace": "digest" } } });
    tester.put("/me/notifications", choice).await.ok();
    let wrong = json!({ "groups": {}, "quiet_hours": { "from": "07:00:00", "until": "07:00:00" } });
    tester.put("/me/notifications", wrong).await.problem(422, "request.invalid_fields");
    app.work().await;
    let admin = company.admin().again().await;
    let held = all(&admin, &format!("&recipient_id={}&state=held", tester.id)).await;
    assert_eq!(held.len(), 1, "named in the team: {held:?}");
    app.pass(TimeDelta::hours(24));
    app.work().await;
    let admin = company.admin().again().await;
    let mails = all(&admin, &format!("&recipient_id={}", tester.id)).await;
    let digest = mails.iter().find(|mail| mail["kind"] == "digest").unwrap();
    assert_eq!(digest["state"], "sent");
    assert_eq!(mails.iter().filter(|mail| mail["state"] == "merged").count(), 1);
    let shown = admin.get(&format!("/deliveries/{}/mail", digest["id"].as_str().unwrap())).await.ok();
    assert!(shown["text"].as_str().unwrap().contains(&voyage.number), "{shown}");
}
