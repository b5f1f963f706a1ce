//! The report of a quarter in the work lists: its approval is an approval, its measures are tasks (3.5, 7a).

use crate::quarterly_reports::{REPORT, company_in_april, import, import_ten, submitted};
use fabu_domain::people::role::Role;
use fabu_testkit::{Actor, OldProgram, PASSWORD, TestApp, TestDatabase};
use serde_json::{Value, json};

/// What waits for a person about quarterly reports.
async fn waiting(person: &Actor, list: &str) -> Vec<Value> {
    let all = person.get(list).await.ok();
    let of_reports = |item: &&Value| item["subject"]["kind"] == "quarterly_report";
    all["items"].as_array().unwrap().iter().filter(of_reports).cloned().collect()
}

async fn vote(person: &Actor, approval: &Value, ballot: Value) -> Value {
    person.act(&format!("/approvals/{}/votes", approval["id"].as_str().unwrap()), ballot).await.ok()
}

#[tokio::test]
async fn the_approval_of_a_report_waits_for_the_general_manager_like_any_other() {
    let app = TestApp::start().await;
    let company = company_in_april(&app, 8).await;
    let [owner, manager] = [company.of(Role::ReleaseOwner).again().await, company.of(Role::GeneralManager).again().await];
    submitted(&app, &owner).await;
    let asked = waiting(&manager, "/approvals").await;
    assert_eq!(asked.len(), 1, "{asked:?}");
    let approval = &asked[0];
    assert_eq!((&approval["kind"], &approval["state"]), (&json!("quarterly_report_approval"), &json!("open")));
    assert_eq!(
        (&approval["release"]["number"], &approval["subject"]["path"]),
        (&json!("2026Q1"), &json!("/reports/quarterly/2026Q1"))
    );
    assert!(waiting(&owner, "/approvals").await.is_empty(), "nobody decides on what they wrote");
    let path = format!("/approvals/{}", approval["id"].as_str().unwrap());
    let viewed = manager.get(&path).await.ok();
    assert_eq!((&viewed["content"]["gap_cause"], &viewed["can_answer_for"][0]["id"]), (&json!("缺少演练"), &json!(manager.id)));
    company.of(Role::CustomerRepresentative).again().await.get(&path).await.problem(404, "resource.not_found");
    manager.act(&format!("{path}/votes"), json!({ "decision": "return" })).await.problem(409, "approval.comment_required");
    let conditions = json!({ "decision": "pass_with_conditions", "comment": "补充", "conditions": [{ "text": "补充" }] });
    manager.act(&format!("{path}/votes"), conditions).await.problem(409, "report.without_conditions");

    let returned = vote(&manager, approval, json!({ "decision": "return", "comment": "请补充原因" })).await;
    assert_eq!((&returned["state"], &returned["members"][0]["vote"]["comment"]), (&json!("returned"), &json!("请补充原因")));
    let report = owner.get(REPORT).await.ok();
    assert_eq!((&report["state"], &report["returned"]["reason"]), (&json!("draft"), &json!("请补充原因")));
    assert!(waiting(&manager, "/approvals").await.is_empty());

    owner.act(&format!("{REPORT}/submission"), json!({})).await.ok();
    let again = waiting(&manager, "/approvals").await;
    let passed = vote(&manager, &again[0], json!({ "decision": "pass" })).await;
    assert_eq!((&passed["state"], &passed["members"][0]["vote"]["reauthenticated"]), (&json!("passed"), &json!(true)));
    let report = owner.get(REPORT).await.ok();
    assert_eq!((&report["state"], &report["intact"], &report["approval_id"]), (&json!("approved"), &json!(true), &Value::Null));
    assert_eq!(waiting(&manager, "/approvals?awaited=false").await.len(), 2, "both answers are on record");
}

#[tokio::test]
async fn a_deputy_answers_for_the_general_manager_unless_the_deputy_wrote_in_the_report() {
    let app = TestApp::start().await;
    let company = company_in_april(&app, 8).await;
    let [owner, manager] = [company.of(Role::ReleaseOwner).again().await, company.of(Role::GeneralManager).again().await];
    let deputy = company.of(Role::ImprovementManager).again().await;
    for person in [&owner, &deputy] {
        let stands_in = json!({ "principal": manager.id, "deputy": person.id, "from": "2026-04-01", "until": "2026-04-30" });
        manager.post("/deputies", stands_in).await.ok();
    }
    submitted(&app, &owner).await;
    assert!(waiting(&owner, "/approvals").await.is_empty());
    owner.act(&format!("{REPORT}/approval"), json!({})).await.not_permitted();
    let asked = waiting(&deputy, "/approvals").await;
    assert_eq!(asked.len(), 1);
    let actions = deputy.get(REPORT).await.ok()["actions"].clone();
    let approve = actions.as_array().unwrap().iter().find(|action| action["name"] == "approve_quarterly_report").unwrap().clone();
    assert_eq!(approve["allowed"], true, "{approve}");
    let signed = deputy.act(&format!("{REPORT}/approval"), json!({})).await.ok();
    assert_eq!((&signed["state"], &signed["approved"]["by"]["id"]), (&json!("approved"), &json!(deputy.id)));
    let approval = deputy.get(&format!("/approvals/{}", asked[0]["id"].as_str().unwrap())).await.ok();
    assert_eq!(
        (&approval["members"][0]["user"]["id"], &approval["members"][0]["vote"]["as_deputy"]),
        (&json!(manager.id), &json!(true))
    );
}

#[tokio::test]
async fn measures_are_tasks_done_and_handed_over_like_any_other() {
    let app = TestApp::start().await;
    let company = company_in_april(&app, 8).await;
    let [owner, manager] = [company.of(Role::ReleaseOwner).again().await, company.of(Role::GeneralManager).again().await];
    submitted(&app, &owner).await;
    manager.act(&format!("{REPORT}/approval"), json!({})).await.ok();
    let owed = waiting(&owner, "/tasks?open=true").await;
    assert_eq!((owed.len(), &owed[0]["title"], &owed[0]["kind"]), (1, &json!("补充演练"), &json!("improvement_measure")));
    assert_eq!((&owed[0]["due_at"], &owed[0]["clause"]), (&json!("2026-05-29T15:59:59Z"), &json!("7a")));
    let task = format!("/tasks/{}", owed[0]["id"].as_str().unwrap());
    owner.act(&format!("{task}/waiver"), json!({ "reason": "无须" })).await.problem(409, "task.not_waivable");
    owner.act(&format!("{task}/verification"), json!({})).await.problem(409, "task.not_submitted");
    let tester = company.of(Role::ReleaseTester).again().await;
    let hand = |to: &Actor| json!({ "assignee": to.id, "reason": "岗位调整" });
    tester.act(&format!("{task}/assignment"), hand(&tester)).await.not_permitted();
    let representative = company.of(Role::CustomerRepresentative).again().await;
    representative.get(&task).await.problem(404, "resource.not_found");
    assert!(waiting(&representative, "/tasks?everybody=true").await.is_empty());
    owner.act(&format!("{task}/assignment"), hand(&representative)).await.problem(409, "task.assignee_unfit");

    let handed = owner.act(&format!("{task}/assignment"), hand(&tester)).await.ok();
    assert_eq!((&handed["assignee"]["id"], &handed["verification"]["reason"]), (&json!(tester.id), &json!("岗位调整")));
    assert!(waiting(&owner, "/tasks?open=true").await.is_empty());
    app.work().await;
    let told = company.admin().again().await.get("/deliveries?kind=improvement&limit=50").await.ok();
    assert!(told["items"].as_array().unwrap().iter().any(|mail| mail["recipient_id"] == json!(tester.id)), "{told}");
    owner.act(&format!("{task}/completion"), json!({ "text": "已完成" })).await.not_permitted();
    let unknown = json!({ "text": "已完成", "attachments": [owner.id] });
    tester.act(&format!("{task}/completion"), unknown).await.problem(422, "request.invalid_fields");
    let done = tester.act(&format!("{task}/completion"), json!({ "text": "演练记录已归档" })).await.ok();
    assert_eq!(done["state"], "done");
    let report = owner.get(REPORT).await.ok();
    let measure = &report["measures"][0];
    assert_eq!((&measure["state"], &measure["owner"]["id"]), (&json!("done"), &json!(tester.id)));
    assert_eq!((&measure["evidence"]["by"]["id"], &measure["evidence"]["reason"]), (&json!(tester.id), &json!("演练记录已归档")));
    assert_eq!(report["sha256"], manager.get(REPORT).await.ok()["sha256"], "what was signed stays");
}

#[tokio::test]
async fn a_measure_of_somebody_who_leaves_is_named_and_does_not_stay_with_nobody() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let leaver = company.hire("leaver", &[Role::ReleaseOwner]).await;
    import_ten(&app, 8).await;
    let leaver = leaver.again().await;
    let manager = company.of(Role::GeneralManager).again().await;
    submitted(&app, &leaver).await;
    manager.act(&format!("{REPORT}/approval"), json!({})).await.ok();
    let admin = company.admin().again().await;
    let path = format!("/users/{}", leaver.id);
    let changed = admin.put(&path, json!({ "name": "leaver", "language": "zh-CN", "active": false })).await.ok();
    let left = changed["left_waiting"].as_array().unwrap();
    assert_eq!((left.len(), &left[0]["what"], &left[0]["release_number"]), (1, &json!("补充演练"), &json!("2026Q1")), "{left:?}");
    let task = format!("/tasks/{}", left[0]["task_id"].as_str().unwrap());
    manager.act(&format!("{task}/assignment"), json!({ "assignee": manager.id, "reason": "离职" })).await.ok();
    assert_eq!(waiting(&manager, "/tasks?open=true").await.len(), 1);
}

/// A restatement sets the measures out anew: nobody owes the same thing twice, and what is done stays done.
#[tokio::test]
async fn a_restated_report_takes_its_measures_along() {
    let app = TestApp::start().await;
    let company = company_in_april(&app, 8).await;
    let [owner, manager] = [company.of(Role::ReleaseOwner).again().await, company.of(Role::GeneralManager).again().await];
    submitted(&app, &owner).await;
    manager.act(&format!("{REPORT}/approval"), json!({})).await.ok();
    import(&app, "FB-99,补丁,一般,核心,示例银行,成功,2026-02-09\n").await;
    app.app.restate_changed_reports().await.unwrap();
    assert_eq!(waiting(&owner, "/tasks?open=true").await.len(), 1, "what was decided holds until the next revision is approved");
    let draft = owner.get(REPORT).await.ok();
    let measure = &draft["measures"][0];
    assert_eq!(
        (&draft["state"], &measure["can_complete"], &measure["can_hand_over"]),
        (&json!("draft"), &json!(true), &json!(true))
    );
    owner.act(&format!("{REPORT}/submission"), json!({})).await.ok();
    manager.again().await.act(&format!("{REPORT}/approval"), json!({})).await.ok();
    let open = waiting(&owner, "/tasks?open=true").await;
    assert_eq!(open.len(), 1, "{open:?}");
    let earlier = owner.get(&format!("{REPORT}/revisions/1")).await.ok();
    assert_eq!((earlier["measures"].as_array().map(Vec::len), &earlier["intact"]), (Some(0), &json!(true)));
}

/// Whoever does not answer is reminded, and the deputy hears of it (5.6b).
#[tokio::test]
async fn a_report_that_nobody_approves_is_brought_to_mind() {
    let app = TestApp::start().await;
    let company = company_in_april(&app, 8).await;
    let owner = company.of(Role::ReleaseOwner).again().await;
    submitted(&app, &owner).await;
    assert_eq!(app.app.raise_reminders().await.unwrap(), 0);
    app.pass(chrono::TimeDelta::days(1));
    assert_eq!(app.app.raise_reminders().await.unwrap(), 1, "the general manager");
    assert_eq!(app.app.raise_reminders().await.unwrap(), 0, "once");
    app.seal().await;
    let log = company.of(Role::Auditor).again().await.get("/events?kind=reminder.raised&limit=50").await;
    assert!(log.text.contains("reports/quarterly/2026Q1") && log.text.contains("季度报告审批"), "{}", log.text);
}

/// Reports of a program that kept sign-off and measures in the report are carried over, with who did what and when.
#[tokio::test]
async fn reports_of_an_older_program_keep_their_signatures_and_measures() {
    let database = tokio::task::spawn_blocking(|| TestDatabase::filled(OldProgram::V0016).unwrap()).await.unwrap();
    let app = TestApp::start_on(database).await;
    app.clock.set("2026-11-30T18:00:00Z".parse().unwrap());
    let owner = app.nobody().sign_in("release_owner", PASSWORD).await;
    let report = owner.get(REPORT).await.ok();
    assert_eq!((&report["state"], &report["intact"]), (&json!("approved"), &json!(true)));
    assert_eq!(report["returned"]["reason"], "措施缺少期限依据");
    assert!(report["approved"]["at"].as_str() > report["submitted"]["at"].as_str());
    let states: Vec<(&Value, &Value)> =
        report["measures"].as_array().unwrap().iter().map(|measure| (&measure["text"], &measure["state"])).collect();
    assert_eq!(states, [(&json!("补充回退演练"), &json!("done")), (&json!("更新部署脚本"), &json!("open"))]);
    let operations = app.nobody().sign_in("operations", PASSWORD).await;
    assert_eq!(waiting(&operations, "/tasks?open=true").await.len(), 1);
    let manager = app.nobody().sign_in("general_manager", PASSWORD).await;
    let asked = waiting(&manager, "/approvals").await;
    assert_eq!((asked.len(), &asked[0]["release"]["number"]), (1, &json!("2026Q2")));
    vote(&manager, &asked[0], json!({ "decision": "return", "comment": "补充数据" })).await;
    assert_eq!(owner.get("/reports/quarterly/2026Q2").await.ok()["state"], "draft");
    let auditor = app.nobody().sign_in("auditor", PASSWORD).await;
    app.seal().await;
    let log = auditor.get("/events/verification").await.ok();
    assert_eq!((&log["sound"], &log["unsealed"]), (&json!(true), &json!(0)), "{log}");
}
