//! Several workers look for what is outstanding at the same moment: every slot is sent once, nobody gets anything twice.

use chrono::TimeDelta;
use fabu_app::{
    Caller,
    imports::{Rules, import_ledger, read_ledger},
};
use fabu_domain::{language::Language, people::role::Role};
use fabu_testkit::{Actor, TestApp, Voyage};
use futures::future::join_all;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const WORKERS: usize = 4;

async fn all(admin: &Actor, kind: &str) -> Vec<Value> {
    let admin = admin.again().await;
    admin.get(&format!("/deliveries?limit=100&kind={kind}")).await.ok()["items"].as_array().unwrap().clone()
}

async fn send(workers: &[&TestApp]) -> usize {
    let all = join_all(workers.iter().map(|worker| worker.app.send_due_reports())).await;
    all.into_iter().map(Result::unwrap).sum()
}

#[tokio::test]
async fn four_workers_send_an_approved_report_once() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let siblings: Vec<TestApp> = (1..WORKERS).map(|_| app.sibling()).collect();
    let workers: Vec<&TestApp> = std::iter::once(&app).chain(&siblings).collect();
    let ledger = "编号,标题,类型,系统,客户,结果,完成时间\nFB-1,补丁,一般,核心,示例银行,成功,2026-02-02\n";
    let ledger = read_ledger(ledger.as_bytes(), "台账.csv", &Rules::default(), app.app.clock.now()).unwrap();
    app.app.write(&Caller::system("import"), move |cx| import_ledger(cx, &ledger, None, &|_| {})).await.unwrap();
    app.clock.set("2026-04-01T01:00:00Z".parse().unwrap());
    app.app.draft_due_reports().await.unwrap();
    let (report, owner) = ("/reports/quarterly/2026Q1", company.of(Role::ReleaseOwner).again().await);
    let said = json!({ "execution": "按程序执行", "improvements": "未发现，原因：次数少" });
    owner.put(&format!("{report}/assessment"), said).await.ok();
    owner.act(&format!("{report}/submission"), json!({})).await.ok();
    company.of(Role::GeneralManager).again().await.act(&format!("{report}/approval"), json!({})).await.ok();
    assert_eq!(send(&workers).await, 0, "before its day");
    app.clock.set("2026-04-08T01:05:00Z".parse().unwrap());
    assert_eq!(send(&workers).await, 7);
    assert_eq!(send(&workers).await, 0);
    let mails = all(company.admin(), "quarterly_report").await;
    let readers: BTreeSet<&str> = mails.iter().map(|mail| mail["recipient_id"].as_str().unwrap()).collect();
    assert_eq!((mails.len(), readers.len()), (7, 7));
    assert!(mails.iter().all(|mail| mail["language"] == Language::Chinese.as_str()));
}

#[tokio::test]
async fn four_workers_send_one_digest_a_day_to_each_person() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let siblings: Vec<TestApp> = (1..WORKERS).map(|_| app.sibling()).collect();
    let workers: Vec<&TestApp> = std::iter::once(&app).chain(&siblings).collect();
    // The seeded arrangement serves nobody here but auditors: the others get what was held for them.
    let digest = "/reports/schedules/06060000-0000-7000-8000-000000000001";
    let auditors = json!({ "name": "每日摘要", "report": "daily_digest", "roles": ["auditor", "implementer"], "minute": 520 });
    company.of(Role::ProcessOwner).put(digest, auditors).await.ok();
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel(|dossier| dossier.release.verdict.is_some()).await;
    app.work().await;
    let mut told: BTreeSet<(String, String)> = BTreeSet::new();
    let begin = app.app.clock.now().date_naive();
    for day in begin.iter_days().skip(1).take(15) {
        // What is due is told, flagged and held by one worker; then all look for what is to be sent.
        app.clock.set(day.and_hms_opt(0, 39, 0).unwrap().and_utc());
        app.work().await;
        app.pass(TimeDelta::minutes(1));
        let sent = send(&workers).await;
        let at = json!(app.app.clock.now());
        let admin = company.admin().again().await;
        let mails = admin.get("/deliveries?limit=100&kind=digest").await.ok();
        let today: Vec<&Value> = mails["items"].as_array().unwrap().iter().filter(|mail| mail["created_at"] == at).collect();
        assert_eq!(today.len(), sent, "{day}");
        for mail in today {
            assert!(told.insert((at.to_string(), mail["recipient_id"].to_string())), "two digests on {day}");
        }
    }
    let readers: BTreeSet<&String> = told.iter().map(|(_, reader)| reader).collect();
    assert!(readers.len() >= 3 && told.len() > readers.len(), "{told:?}");
}
