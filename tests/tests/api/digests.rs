//! One digest a working day for each person, with what was held, what is late and what is brought to mind.

use crate::sending::{deliveries, preview, set};
use chrono::TimeDelta;
use fabu_domain::{people::role::Role, subjects::release::stage::Stage};
use fabu_testkit::{Actor, Company, TestApp, Voyage};
use serde_json::{Value, json};

const DIGEST: &str = "/reports/schedules/06060000-0000-7000-8000-000000000001";

/// 08:40 on the first working day so many days from now.
async fn morning(app: &TestApp, days: i64) -> chrono::DateTime<chrono::Utc> {
    let calendar = app.app.store.read(|tx| tx.directory()).await.unwrap().calendar.clone();
    let day = fabu_domain::time::clock::company_day(app.app.clock.now() + TimeDelta::days(days));
    calendar.first_working_day_from(day).and_hms_opt(0, 40, 0).unwrap().and_utc()
}

/// A release that has just got its verdict: nobody closes it, and people owe things.
async fn late<'a>(app: &'a TestApp, company: &Company) -> Voyage<'a> {
    let voyage = Voyage::begin(app, company).await;
    voyage.travel(|dossier| dossier.release.verdict.is_some()).await;
    app.work().await;
    voyage
}

#[tokio::test]
async fn everybody_gets_one_digest_a_working_day_with_reminders_and_what_is_late() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = late(&app, &company).await;
    let begin = app.app.clock.now();
    for _ in 0..(14 * 6) {
        app.pass(TimeDelta::hours(4));
        app.work().await;
    }
    let digests = deliveries(&company, "&kind=digest").await;
    let mut keys: Vec<(String, String)> = digests
        .iter()
        .map(|digest| (digest["created_at"].as_str().unwrap()[..10].to_owned(), digest["recipient_id"].to_string()))
        .collect();
    let count = keys.len();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), count, "one a day for each person");
    let calendar = app.app.store.read(|tx| tx.directory()).await.unwrap().calendar.clone();
    for digest in &digests {
        let at = digest["created_at"].as_str().unwrap();
        let at = at.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
        assert!(calendar.is_working_day(fabu_domain::time::clock::company_day(at)) && at > begin, "{at}");
        // Looked for every four hours: the first look from 08:40 on takes it, and no later one.
        let after = at - at.date_naive().and_hms_opt(0, 40, 0).unwrap().and_utc();
        assert!(after >= TimeDelta::zero() && after < TimeDelta::hours(4), "{at}");
        assert_eq!(digest["state"], "sent");
    }
    let implementer = company.of(Role::Implementer);
    let mine: Vec<&Value> = digests.iter().filter(|digest| digest["recipient_id"] == implementer.id.as_str()).collect();
    assert!(mine.len() >= 3, "what is late is told every day: {mine:?}");
    let admin = company.admin().again().await;
    let shown = admin.get(&format!("/deliveries/{}/mail", mine[0]["id"].as_str().unwrap())).await.ok();
    let text = shown["text"].as_str().unwrap();
    assert!(text.contains(&voyage.number) && text.contains("逾期未关闭"), "{text}");
    assert_eq!(deliveries(&company, "&kind=digest&state=parked").await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_preview_of_the_digest_is_what_is_sent() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let _voyage = late(&app, &company).await;
    app.clock.set(morning(&app, 14).await - TimeDelta::minutes(1));
    app.app.flag_overdue_releases().await.unwrap();
    app.app.raise_reminders().await.unwrap();
    app.work().await;
    app.pass(TimeDelta::minutes(1));
    let now = app.app.clock.now();
    let preview = preview(&company, DIGEST).await;
    app.app.send_due_reports().await.unwrap();
    let mut sent = Vec::new();
    let admin = company.admin().again().await;
    for digest in deliveries(&company, "&kind=digest").await {
        if digest["created_at"] == json!(now) {
            let mail = admin.get(&format!("/deliveries/{}/mail", digest["id"].as_str().unwrap())).await.ok();
            sent.push((digest["recipient_id"].as_str().unwrap().to_owned(), mail["subject"].clone()));
        }
    }
    let previewed = preview["items"].as_array().unwrap().iter();
    let mut previewed: Vec<(String, Value)> =
        previewed.map(|m| (m["reader"]["id"].as_str().unwrap().to_owned(), m["subject"].clone())).collect();
    previewed.sort_by(|a, b| a.0.cmp(&b.0));
    sent.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(sent.len() >= 2, "{sent:?}");
    assert_eq!(sent, previewed);
    let auditor = company.of(Role::Auditor).again().await;
    let log = auditor.get(&format!("{DIGEST}/sendings")).await.ok();
    assert_eq!(
        (&log["items"][0]["slot"], log["items"][0]["recipients"].as_array().map(Vec::len)),
        (&json!(now.date_naive()), Some(sent.len()))
    );
}

#[tokio::test]
async fn quiet_hours_hold_a_digest_and_who_is_in_no_arrangement_still_gets_what_was_held() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let owner = company.of(Role::ProcessOwner);
    let auditors = json!({ "name": "每日摘要", "report": "daily_digest", "roles": ["auditor"], "minute": 520 });
    owner.put(DIGEST, auditors).await.ok();
    let voyage = Voyage::begin(&app, &company).await;
    let (tester, implementer) = (voyage.of(Role::ReleaseTester).await, voyage.of(Role::Implementer).await);
    let choice = json!({ "groups": { "tasks": { "mail": true, "pace": "digest" } } });
    tester.put("/me/notifications", choice.clone()).await.ok();
    let quiet = json!({ "groups": choice["groups"], "quiet_hours": { "from": "22:00:00", "until": "09:30:00" } });
    implementer.put("/me/notifications", quiet).await.ok();
    app.work().await;
    assert_eq!(deliveries(&company, "&state=held").await.len(), 2);
    set(&app, "2026-03-03T00:39:59Z");
    app.work().await;
    assert_eq!(deliveries(&company, "&kind=digest").await.len(), 0, "not before 08:40");
    set(&app, "2026-03-03T00:40:00Z");
    app.work().await;
    app.work().await;
    let state = async |person: &Actor| {
        let mails = deliveries(&company, &format!("&kind=digest&recipient_id={}", person.id)).await;
        mails.iter().map(|mail| mail["state"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!((state(&tester).await, state(&implementer).await), (vec!["sent".to_owned()], vec!["pending".to_owned()]));
    set(&app, "2026-03-03T01:30:00Z");
    app.work().await;
    assert_eq!(state(&implementer).await, ["sent"]);
    assert_eq!(deliveries(&company, "&state=merged").await.len(), 2);
}

#[tokio::test]
async fn what_was_settled_before_the_digest_is_not_asked_for_any_more() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::GoLiveApproval).await;
    app.pass(TimeDelta::days(1));
    app.app.raise_reminders().await.unwrap();
    app.work().await;
    let held = deliveries(&company, "&kind=reminder&state=held").await;
    assert!(!held.is_empty());
    // Everybody answers in time.
    voyage.travel_to(Stage::Readiness).await;
    app.pass(TimeDelta::days(1));
    app.work().await;
    for reminder in held {
        let admin = company.admin().again().await;
        let now = admin.get(&format!("/deliveries/{}", reminder["id"].as_str().unwrap())).await.ok();
        assert_eq!(now["state"], "merged", "taken up");
        let reader = reminder["recipient_id"].as_str().unwrap();
        for digest in deliveries(&company, &format!("&kind=digest&recipient_id={reader}")).await {
            let shown = admin.get(&format!("/deliveries/{}/mail", digest["id"].as_str().unwrap())).await.ok();
            assert!(!shown["text"].as_str().unwrap().contains("处理上线审批"), "{shown}");
        }
    }
}

#[tokio::test]
async fn an_unanswered_approval_is_told_to_member_deputy_owner_and_manager_each_once() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let (head, deputy) = (company.person("department_head"), company.person("support_staff"));
    let stands_in =
        json!({ "principal": head.id, "deputy": deputy.id, "from": "2026-03-01", "until": "2026-12-31", "absent": false });
    let _id = company.admin().post("/deputies", stands_in).await.id();
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::PlanReview).await;
    app.work().await;
    for _ in 0..(10 * 6) {
        app.pass(TimeDelta::hours(4));
        app.work().await;
    }
    let escalated = deliveries(&company, "&kind=escalation").await;
    let of = |person: &Actor| escalated.iter().filter(|mail| mail["recipient_id"] == person.id.as_str()).count();
    assert_eq!(of(deputy), 1, "the deputy of the head, once");
    assert!(of(company.of(Role::ReleaseOwner)) >= 1 && of(company.of(Role::GeneralManager)) >= 1, "{escalated:?}");
    let reminded = deliveries(&company, &format!("&kind=reminder&recipient_id={}", head.id)).await;
    assert_eq!(reminded.len(), 1, "the head, once: {reminded:?}");
    assert_eq!(reminded[0]["state"], "merged", "in the digest");
    let admin = company.admin().again().await;
    let to_deputy = escalated.iter().find(|mail| mail["recipient_id"] == deputy.id.as_str()).unwrap();
    let shown = admin.get(&format!("/deliveries/{}/mail", to_deputy["id"].as_str().unwrap())).await.ok();
    assert!(shown["text"].as_str().unwrap().contains("（代department head）"), "it says for whom: {shown}");
}
