//! Reports, messages and jobs: each step is taken once, whoever else takes it at the same moment.

use crate::arena::{Arena, Log, Outcome, Shot, judge};
use fabu_app::{
    Caller,
    imports::{Rules, import_ledger, read_ledger},
};
use fabu_domain::{notifications::delivery::Queue, people::role::Role};
use fabu_testkit::{Actor, TestApp};
use reqwest::Method;
use serde_json::{Value, json};

/// The operations that this file races.
pub const RACED: [&str; 14] = [
    "create_quarterly_report",
    "assess_quarterly_report",
    "submit_quarterly_report",
    "return_quarterly_report",
    "approve_quarterly_report",
    "complete_measure",
    "restate_quarterly_report",
    "create_procedure_version",
    "save_procedure_draft",
    "submit_procedure_version",
    "withdraw_procedure_version",
    "send_report_schedule",
    "resend_delivery",
    "requeue_job",
];

/// How many quarters go the whole way.
const QUARTERS: u32 = 4;

async fn import(app: &TestApp, rows: &str) {
    let text = format!("编号,标题,类型,系统,客户,结果,完成时间\n{rows}");
    let ledger = read_ledger(text.as_bytes(), "台账.csv", &Rules::default(), app.app.clock.now()).unwrap();
    app.app.write(&Caller::system("import"), move |cx| import_ledger(cx, &ledger, None, &|_| {})).await.unwrap();
}

struct Steps<'a> {
    arena: &'a Arena,
    log: Log,
}

impl Steps<'_> {
    async fn race(&mut self, shot: Shot, name: &str) {
        self.log.read(&self.arena.app).await;
        let answers = self.arena.fire(&shot).await;
        judge(Outcome::One, &answers, &self.log.read(&self.arena.app).await, name);
    }

    /// A step on the report of the quarter, by somebody who has seen it as it is now.
    async fn step(&mut self, actor: &Actor, method: Method, quarter: &str, step: &str, body: Value) {
        let report = format!("/reports/quarterly/{quarter}");
        let shot = Shot::seen(actor, method, format!("{report}/{step}"), &report, body).await;
        self.race(shot, &format!("{step} of {quarter}")).await;
    }
}

/// 6, 7a, 8: the whole way of a report, each step by several at once.
#[tokio::test]
async fn each_step_of_a_quarterly_report_by_several_at_once_is_taken_once() {
    let arena = Arena::open().await;
    let rows: String = (1..=QUARTERS)
        .flat_map(|quarter| (0..5).map(move |n| (quarter, n)))
        .map(|(quarter, n)| {
            let outcome = if n == 0 { "回退" } else { "成功" };
            format!("FB-{quarter}-{n},补丁,一般,核心,示例银行,{outcome},2025-{:02}-1{n}\n", quarter * 3)
        })
        .collect();
    import(&arena.app, &rows).await;
    let owner = arena.company.of(Role::ReleaseOwner);
    let manager = arena.company.of(Role::GeneralManager);
    let mut steps = Steps { arena: &arena, log: Log::begin(&arena.app).await };
    for number in 1..=QUARTERS {
        let quarter = format!("2025Q{number}");
        let create = Shot::plain(owner, Method::POST, "/reports/quarterly", json!({ "quarter": quarter }));
        steps.race(create, &format!("create_quarterly_report of {quarter}")).await;
        let assessment = json!({ "execution": "总体按程序执行", "gap_cause": "缺少演练", "improvements": "演练纳入计划",
            "measures": [{ "text": "补充演练", "owner": owner.id, "due": "2026-05-29" }] });
        steps.step(owner, Method::PUT, &quarter, "assessment", assessment).await;
        steps.step(owner, Method::POST, &quarter, "submission", Value::Null).await;
        steps.step(manager, Method::POST, &quarter, "return", json!({ "reason": "补充说明" })).await;
        steps.step(owner, Method::POST, &quarter, "submission", Value::Null).await;
        steps.step(manager, Method::POST, &quarter, "approval", Value::Null).await;
        steps.step(owner, Method::POST, &quarter, "measures/1/completion", json!({ "evidence": "演练记录" })).await;
        let late = format!("LATE-{number},补丁,一般,核心,示例银行,回退,2025-{:02}-20\n", number * 3);
        import(&arena.app, &late).await;
        steps.step(owner, Method::POST, &quarter, "restatements", json!({ "reason": "补录" })).await;
    }
}

/// The same steps by the lists of work: an answer counts once, and people with different measures do not hold each other up.
#[tokio::test]
async fn answers_and_measures_of_a_report_are_taken_once_each_and_side_by_side() {
    let arena = Arena::open().await;
    let rows: String = (0..5).map(|n| format!("FB-{n},补丁,一般,核心,示例银行,成功,2025-12-1{n}\n")).collect();
    import(&arena.app, &rows).await;
    let [owner, tester] = [Role::ReleaseOwner, Role::ReleaseTester].map(|role| arena.company.of(role));
    let manager = arena.company.of(Role::GeneralManager);
    owner.post("/reports/quarterly", json!({ "quarter": "2025Q4" })).await.ok();
    let report = "/reports/quarterly/2025Q4";
    let measure = |person: &Actor, n: u32| json!({ "text": format!("措施 {n}"), "owner": person.id, "due": "2026-05-29" });
    let measures: Vec<Value> = (0..8).map(|n| measure(if n % 2 == 0 { owner } else { tester }, n)).collect();
    let said = json!({ "execution": "按程序执行", "improvements": "演练纳入计划", "measures": measures });
    owner.put(&format!("{report}/assessment"), said).await.ok();
    owner.act(&format!("{report}/submission"), json!({})).await.ok();
    let mut steps = Steps { arena: &arena, log: Log::begin(&arena.app).await };
    for decision in ["return", "pass"] {
        let id = manager.get(report).await.ok()["approval_id"].as_str().unwrap().to_owned();
        let (place, ballot) = (format!("/approvals/{id}"), json!({ "decision": decision, "comment": "补充" }));
        let vote = Shot::seen(manager, Method::POST, format!("{place}/votes"), &place, ballot).await;
        steps.race(vote, &format!("cast_vote on a report: {decision}")).await;
        if decision == "return" {
            owner.act(&format!("{report}/submission"), json!({})).await.ok();
        }
    }
    let tasks = owner.get("/tasks?everybody=true&kind=improvement_measure&limit=100").await.ok();
    let done = tasks["items"].as_array().unwrap().iter().enumerate().map(|(n, task)| {
        let owed = if task["assignee"]["id"] == json!(owner.id) { owner } else { tester };
        let path = format!("/tasks/{}/completion", task["id"].as_str().unwrap());
        let owed = owed.at(arena.url(n));
        async move { owed.change_if(Method::POST, &path, "\"v1\"", json!({ "text": "已完成" })).await.ok() }
    });
    let done = futures::future::join_all(done).await;
    assert_eq!(done.iter().filter(|task| task["state"] == "done").count(), 8);
    assert_eq!(owner.get(report).await.ok()["measures"].as_array().unwrap().iter().filter(|m| m["state"] == "done").count(), 8);
}

/// F1-F3, 7b: versions of the procedure, each step by several at once; two with different labels are never open together.
#[tokio::test]
async fn each_step_of_a_version_of_the_procedure_is_taken_once() {
    let arena = Arena::open().await;
    let [author, other] = [Role::ProcessOwner, Role::ImprovementManager].map(|role| arena.company.of(role));
    let [reviewer, manager] = [Role::DepartmentHead, Role::GeneralManager].map(|role| arena.company.of(role));
    let mut steps = Steps { arena: &arena, log: Log::begin(&arena.app).await };
    for minor in 1..=8 {
        let version = format!("/procedure-versions/V1.{minor}");
        let begun = |label: String| json!({ "label": label, "change_note": "补充", "effective_on": "2026-03-02" });
        let create = Shot::plain(author, Method::POST, "/procedure-versions", begun(format!("V1.{minor}")));
        steps.race(create, &format!("create_procedure_version in round {minor}")).await;
        let chapters = json!([{ "heading": "1. 目的", "text": format!("第{minor}次修改") }]);
        let text = json!({ "content": { "change_note": "补充", "effective_on": "2026-03-02", "chapters": chapters } });
        let mut step = async |actor: &Actor, method: Method, part: &str, body: Value| {
            let shot = Shot::seen(actor, method, format!("{version}/{part}"), &version, body).await;
            steps.race(shot, &format!("{part} in round {minor}")).await;
        };
        step(author, Method::PUT, "text", text).await;
        step(author, Method::POST, "submission", json!({ "reviewer": reviewer.id })).await;
        if minor % 2 == 1 {
            step(author, Method::POST, "withdrawal", json!({ "reason": "推迟" })).await;
            continue;
        }
        for voter in [reviewer, manager] {
            let id = voter.get(&version).await.ok()["approval_id"].as_str().unwrap().to_owned();
            let (place, ballot) = (format!("/approvals/{id}"), json!({ "decision": "pass" }));
            let vote = Shot::seen(voter, Method::POST, format!("{place}/votes"), &place, ballot).await;
            steps.race(vote, &format!("cast_vote on version {minor}")).await;
        }
        assert_eq!(author.get(&version).await.ok()["state"], "in_force");
    }
    for major in 2..=4 {
        let begun =
            |minor: usize| json!({ "label": format!("V{major}.{minor}"), "change_note": "并行", "effective_on": "2026-04-01" });
        let all = (0..8).map(|n| {
            let actor = if n % 2 == 0 { author } else { other }.at(arena.url(n / 2));
            async move { actor.post("/procedure-versions", begun(n)).await }
        });
        let answers = futures::future::join_all(all).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1, "round {major}");
        assert!(answers.iter().all(|answer| [201, 409].contains(&answer.status.as_u16())), "round {major}");
        let open = author.get("/procedure-versions?state=draft").await.ok();
        let label = open["items"][0]["label"].as_str().unwrap();
        author.act(&format!("/procedure-versions/{label}/withdrawal"), json!({ "reason": "收尾" })).await.ok();
    }
}

#[tokio::test]
async fn a_schedule_sends_once_a_message_is_sent_again_once_and_a_job_gets_its_tries_back_once() {
    let arena = Arena::open().await;
    let admin = arena.company.admin();
    let fields = json!({ "name": "管理员", "language": "en", "email": "admin@example.com" });
    admin.put(&format!("/users/{}", admin.id), fields).await.ok();
    import(&arena.app, "FB-1,补丁,一般,核心,示例银行,成功,2025-12-11\n").await;
    let owner = arena.company.of(Role::ReleaseOwner);
    owner.post("/reports/quarterly", json!({ "quarter": "2025Q4" })).await.ok();
    let report = "/reports/quarterly/2025Q4";
    let said = json!({ "execution": "按程序执行", "improvements": "未发现，原因：次数少" });
    owner.put(&format!("{report}/assessment"), said).await.ok();
    owner.act(&format!("{report}/submission"), json!({})).await.ok();
    arena.company.of(Role::GeneralManager).act(&format!("{report}/approval"), json!({})).await.ok();
    let mut steps = Steps { arena: &arena, log: Log::begin(&arena.app).await };
    let schedule = json!({ "name": "报告", "report": "quarterly_report", "roles": ["auditor"], "minute": 545, "working_day": 5 });
    let schedule = format!("/reports/schedules/{}", admin.post("/reports/schedules", schedule).await.id());
    for round in 0..8 {
        let send = Shot::plain(admin, Method::POST, format!("{schedule}/sendings"), Value::Null);
        steps.race(send, &format!("send_report_schedule in round {round}")).await;
        arena.app.pass(chrono::TimeDelta::minutes(1));

        let mail = admin.post("/deliveries/test-mail", json!({})).await.id();
        arena.app.work().await;
        let place = format!("/deliveries/{mail}");
        let again = Shot::seen(admin, Method::POST, format!("{place}/resend"), &place, Value::Null).await;
        steps.race(again, &format!("resend_delivery in round {round}")).await;

        let job = arena.app.enqueue("from_another_version", Queue::General, json!({})).await;
        arena.app.work().await;
        let place = format!("/jobs/{job}");
        let requeue = Shot::seen(admin, Method::POST, format!("{place}/requeue"), &place, Value::Null).await;
        steps.race(requeue, &format!("requeue_job in round {round}")).await;
        arena.app.work().await;
    }
}
