//! Reports of quarters: drafted, assessed, sent, approved by another, frozen, restated.

use fabu_app::{
    Caller,
    imports::{Rules, import_ledger, read_ledger},
};
use fabu_domain::{people::role::Role, subjects::release::stage::Verdict};
use fabu_scenario::Journey;
use fabu_testkit::{Actor, Answered, Company, TestApp, Voyage};
use reqwest::Method;
use serde_json::{Value, json};

pub const REPORT: &str = "/reports/quarterly/2026Q1";

pub async fn import(app: &TestApp, rows: &str) {
    let text = format!("编号,标题,类型,系统,客户,结果,完成时间\n{rows}");
    let ledger = read_ledger(text.as_bytes(), "台账.csv", &Rules::default(), app.app.clock.now()).unwrap();
    app.app.write(&Caller::system("import"), move |cx| import_ledger(cx, &ledger, None, &|_| {})).await.unwrap();
}

/// A company on the first working day of April, with ten releases of the first quarter, so many of them successes.
pub async fn company_in_april(app: &TestApp, successes: usize) -> Company {
    let company = app.company().await;
    import_ten(app, successes).await;
    company
}

/// Ten releases of the first quarter, so many of them successes; then it is the first working day of April.
pub async fn import_ten(app: &TestApp, successes: usize) {
    let outcome = |n: usize| if n < successes { "成功" } else { "回退" };
    let rows: String =
        (0..10).map(|n| format!("FB-{n},补丁,一般,核心,示例银行,{},2026-02-0{}\n", outcome(n), n % 9 + 1)).collect();
    import(app, &rows).await;
    app.clock.set("2026-04-01T01:00:00Z".parse().unwrap());
}

pub fn assessment(owner: &Actor) -> Value {
    json!({ "execution": "总体按程序执行", "gap_cause": "缺少演练", "improvements": "演练纳入计划",
        "measures": [{ "text": "补充演练", "owner": owner.id, "due": "2026-05-29" }] })
}

/// The codes of a refusal of the procedure.
fn refused(answer: &Answered) -> Vec<String> {
    assert_eq!(answer.status, 409, "{}", answer.text);
    codes(&answer.json()["blocked_by"]).into_iter().map(str::to_owned).collect()
}

fn codes(blocked: &Value) -> Vec<&str> {
    blocked.as_array().unwrap().iter().map(|b| b["code"].as_str().unwrap()).collect()
}

pub async fn submitted(app: &TestApp, owner: &Actor) {
    app.app.draft_due_reports().await.unwrap();
    owner.put(&format!("{REPORT}/assessment"), assessment(owner)).await.ok();
    owner.act(&format!("{REPORT}/submission"), json!({})).await.ok();
}

#[tokio::test]
async fn a_quarter_below_the_target_says_so_and_is_signed_with_measures() {
    let app = TestApp::start().await;
    let company = company_in_april(&app, 8).await;
    let drafted = app.app.draft_due_reports().await.unwrap();
    assert_eq!(drafted.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2026Q1"]);
    assert!(app.app.draft_due_reports().await.unwrap().is_empty(), "once");
    let owner = company.of(Role::ReleaseOwner).again().await;
    let draft = owner.get(REPORT).await.ok();
    assert_eq!((&draft["state"], &draft["revision"], &draft["created_by"]), (&json!("draft"), &json!(1), &Value::Null));
    assert_eq!(draft["number"], "YNTD-ITSS-0606-F05-2026Q1");
    let figures = &draft["figures"];
    assert_eq!((&figures["total"], &figures["successes"], &figures["attainment"]), (&json!(10), &json!(8), &json!("missed")));
    assert_eq!(figures["rate"]["text"], "8/10 = 80.00 %");
    assert!(figures["statement"].as_str().unwrap().contains("the target is missed"), "{figures}");
    assert_eq!(figures["rules"].as_array().map(Vec::len), Some(3));
    assert_eq!(figures["previous"].as_array().map(Vec::len), Some(4));
    let submit = draft["actions"].as_array().unwrap().iter().find(|a| a["name"] == "submit_quarterly_report").unwrap();
    assert_eq!((&submit["allowed"], codes(&submit["blocked_by"]).len()), (&json!(false), 4));
    submitted(&app, &owner).await;
    let manager = company.of(Role::GeneralManager).again().await;
    let signed = manager.act(&format!("{REPORT}/approval"), json!({})).await.ok();
    assert_eq!((&signed["state"], &signed["intact"]), (&json!("approved"), &json!(true)));
    assert_eq!(signed["sha256"].as_str().map(str::len), Some(64));
    assert_eq!((&signed["measures"][0]["owner"]["id"], &signed["measures"][0]["state"]), (&json!(owner.id), &json!("open")));
    let done = format!("{REPORT}/measures/1/completion");
    let evidence = json!({ "evidence": "演练记录已归档" });
    manager.act(&done, evidence.clone()).await.not_permitted();
    let done_report = owner.act(&done, evidence.clone()).await.ok();
    assert_eq!((&done_report["measures"][0]["state"], &done_report["sha256"]), (&json!("done"), &signed["sha256"]));
    assert_eq!(refused(&owner.act(&done, evidence).await), ["report.measure_unknown"]);
}

#[tokio::test]
async fn the_list_behind_every_figure_has_as_many_releases_as_the_figure_says() {
    let app = TestApp::start().await;
    let company = company_in_april(&app, 8).await;
    import(&app, "X-1,补丁,重大,办公,外部客户,部分,2026-03-31\n").await;
    app.app.draft_due_reports().await.unwrap();
    let auditor = company.of(Role::Auditor).again().await;
    let report = auditor.get(REPORT).await.ok();
    let mut looked_at = 0;
    for table in ["by_kind", "by_verdict", "by_customer", "by_system"] {
        for figure in report["figures"][table].as_array().unwrap() {
            let list = auditor.get(&format!("{}&limit=100", figure["href"].as_str().unwrap())).await.ok();
            let list = list["items"].as_array().unwrap();
            assert_eq!(Some(list.len() as u64), figure["count"].as_u64(), "{figure}");
            let good = list.iter().filter(|release| release["verdict"] == "successful").count();
            assert_eq!(Some(good as u64), figure["successes"].as_u64(), "{figure}");
            looked_at += 1;
        }
    }
    assert_eq!(looked_at, 3 + 4 + 2 + 2);
}

#[tokio::test]
async fn refuses_a_gap_without_a_measure_and_tells_everything_that_is_missing() {
    let app = TestApp::start().await;
    let company = company_in_april(&app, 8).await;
    app.app.draft_due_reports().await.unwrap();
    let owner = company.of(Role::ReleaseOwner).again().await;
    let all = ["assessment_missing", "improvement_missing", "gap_cause_missing", "gap_without_measure"];
    let all = all.map(|code| format!("report.{code}"));
    assert_eq!(refused(&owner.act(&format!("{REPORT}/submission"), json!({})).await), all);
    let mut said = assessment(&owner);
    said["measures"] = json!([]);
    owner.put(&format!("{REPORT}/assessment"), said).await.ok();
    assert_eq!(refused(&owner.act(&format!("{REPORT}/submission"), json!({})).await), ["report.gap_without_measure"]);
}

#[tokio::test]
async fn refuses_approval_by_a_contributor_and_a_step_by_somebody_else() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let both = company.hire("both", &[Role::ReleaseOwner, Role::GeneralManager]).await;
    import_ten(&app, 10).await;
    let both = both.again().await;
    submitted(&app, &both).await;
    both.act(&format!("{REPORT}/approval"), json!({})).await.problem(403, "approval.contributor");
    let owner = company.of(Role::ReleaseOwner).again().await;
    owner.act(&format!("{REPORT}/approval"), json!({})).await.not_permitted();
    let representative = company.of(Role::CustomerRepresentative).again().await;
    representative.get(REPORT).await.not_permitted();
    representative.get("/reports/quarterly").await.not_permitted();
    let manager = company.of(Role::GeneralManager).again().await;
    manager.put(&format!("{REPORT}/assessment"), json!({})).await.not_permitted();
    manager.act(&format!("{REPORT}/approval"), json!({})).await.ok();
}

#[tokio::test]
async fn refuses_approval_with_an_unreviewed_failure() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin_with(&app, &company, Journey::new(company.cast(), app.theme(0)).ending(Verdict::RolledBack)).await;
    let failed = voyage.travel(|dossier| dossier.release.verdict.is_some()).await.release.number.clone();
    app.clock.set("2026-04-01T01:00:00Z".parse().unwrap());
    let owner = company.of(Role::ReleaseOwner).again().await;
    submitted(&app, &owner).await;
    let manager = company.of(Role::GeneralManager).again().await;
    let failure = manager.get(REPORT).await.ok()["figures"]["failures"][0].clone();
    assert_eq!((&failure["number"], &failure["review"]), (&json!(failed), &json!("owed")));
    let refused = manager.act(&format!("{REPORT}/approval"), json!({})).await.problem(409, "report.failure_unreviewed");
    let reason = &refused.blocked_by[0];
    assert_eq!((reason.code.as_str(), reason.clause.as_str()), ("report.failure_unreviewed", "3.5"));
    assert!(reason.message.contains(&failed) && reason.who[0].id == owner.id, "{reason:?}");
}

#[tokio::test]
async fn refuses_approval_after_the_count_changed_and_accepts_it_when_sent_again() {
    let app = TestApp::start().await;
    let company = company_in_april(&app, 10).await;
    let owner = company.of(Role::ReleaseOwner).again().await;
    submitted(&app, &owner).await;
    import(&app, "LATE-1,补丁,一般,核心,示例银行,成功,2026-03-31\n").await;
    let manager = company.of(Role::GeneralManager).again().await;
    assert_eq!(refused(&manager.act(&format!("{REPORT}/approval"), json!({})).await), ["report.figures_changed"]);
    let returned = manager.act(&format!("{REPORT}/return"), json!({ "reason": "统计有变" })).await.ok();
    assert_eq!((&returned["state"], &returned["returned"]["reason"]), (&json!("draft"), &json!("统计有变")));
    owner.act(&format!("{REPORT}/submission"), json!({})).await.ok();
    assert_eq!(manager.act(&format!("{REPORT}/approval"), json!({})).await.ok()["figures"]["total"], 11);
}

#[tokio::test]
async fn a_later_change_of_the_count_makes_a_restatement_and_keeps_the_signed_report() {
    let app = TestApp::start().await;
    let company = company_in_april(&app, 10).await;
    let owner = company.of(Role::ReleaseOwner).again().await;
    submitted(&app, &owner).await;
    let manager = company.of(Role::GeneralManager).again().await;
    let signed = manager.act(&format!("{REPORT}/approval"), json!({})).await.ok();
    let restatement = format!("{REPORT}/restatements");
    let reason = json!({ "reason": "补录" });
    assert_eq!(refused(&owner.act(&restatement, reason).await), ["report.nothing_to_restate"]);
    assert!(app.app.restate_changed_reports().await.unwrap().is_empty());
    import(&app, "LATE-1,补丁,一般,核心,示例银行,回退,2026-03-31\n").await;
    let seen = owner.get(REPORT).await.ok();
    assert_eq!((&seen["figures"]["total"], seen["outdated"].as_array().map(Vec::len)), (&json!(10), Some(1)));
    assert_eq!(app.app.restate_changed_reports().await.unwrap().len(), 1);
    assert!(app.app.restate_changed_reports().await.unwrap().is_empty(), "once");
    let next = owner.get(REPORT).await.ok();
    assert_eq!((&next["revision"], &next["state"], &next["figures"]["total"]), (&json!(2), &json!("draft"), &json!(11)));
    assert_eq!(next["restates"]["changes"], json!([{ "number": "HIST-LATE-1", "before": null, "after": "rolled_back" }]));
    let old = owner.get(&format!("{REPORT}/revisions/1")).await.ok();
    assert_eq!((&old["sha256"], &old["figures"]["total"], &old["intact"]), (&signed["sha256"], &json!(10), &json!(true)));
    let list = owner.get("/reports/quarterly").await.ok();
    let rows: Vec<_> = list["items"].as_array().unwrap().iter().map(|r| (r["revision"].as_u64(), r["state"].as_str())).collect();
    assert_eq!(rows, [(Some(2), Some("draft")), (Some(1), Some("approved"))]);
}

#[tokio::test]
async fn refuses_a_running_quarter_a_second_report_stale_versions_and_unknown_reports() {
    let app = TestApp::start().await;
    let company = company_in_april(&app, 10).await;
    let owner = company.of(Role::ReleaseOwner).again().await;
    assert_eq!(refused(&owner.post("/reports/quarterly", json!({ "quarter": "2026Q2" })).await), ["report.quarter_running"]);
    let created = owner.post("/reports/quarterly", json!({ "quarter": "2025Q4" })).await.expect(201);
    assert_eq!(created.header("location").as_deref(), Some("/api/v1/reports/quarterly/2025Q4"));
    assert_eq!((&created.json()["figures"]["total"], &created.json()["created_by"]["id"]), (&json!(0), &json!(owner.id)));
    owner.post("/reports/quarterly", json!({ "quarter": "2025Q4" })).await.problem(409, "report.exists");
    owner.get(REPORT).await.problem(404, "resource.not_found");
    owner.get("/reports/quarterly/2025Q4/revisions/2").await.problem(404, "resource.not_found");
    let path = "/reports/quarterly/2025Q4/assessment";
    owner.put(path, json!({ "execution": "无发布" })).await.ok();
    let stale = owner.change_if(Method::PUT, path, "\"v1\"", json!({})).await.problem(412, "resource.stale");
    assert_eq!(stale.current_etag.as_deref(), Some("\"v2\""));
}

#[tokio::test]
async fn refuses_to_sign_without_a_password_of_the_last_ten_minutes() {
    let app = TestApp::start().await;
    let company = company_in_april(&app, 10).await;
    let owner = company.of(Role::ReleaseOwner).again().await;
    let manager = company.of(Role::GeneralManager).again().await;
    submitted(&app, &owner).await;
    app.pass(chrono::TimeDelta::minutes(11));
    let token = manager.again().await;
    let seen = token.get(REPORT).await.etag();
    let refused = manager.change_if(Method::POST, &format!("{REPORT}/approval"), &seen, json!({})).await;
    assert!(matches!(refused.status.as_u16(), 401 | 403), "{}", refused.text);
    token.act(&format!("{REPORT}/approval"), json!({})).await.ok();
}

#[tokio::test]
async fn the_workbook_and_the_picture_are_those_of_the_revision() {
    let app = TestApp::start().await;
    let company = company_in_april(&app, 8).await;
    app.app.draft_due_reports().await.unwrap();
    let auditor = company.of(Role::Auditor).again().await;
    let file = async |what: &str| {
        let response = auditor.request(Method::GET, &format!("{REPORT}/{what}")).send().await.unwrap();
        assert_eq!(response.status(), 200);
        let kind = response.headers()["content-type"].to_str().unwrap().to_owned();
        (kind, response.bytes().await.unwrap())
    };
    let (kind, workbook) = file("workbook?revision=1").await;
    assert!(kind.contains("spreadsheetml") && workbook.starts_with(b"PK"), "{kind}");
    let (kind, picture) = file("chart").await;
    assert!(kind == "image/png" && picture.starts_with(b"\x89PNG"), "{kind}");
    auditor.get(&format!("{REPORT}/workbook?revision=2")).await.problem(404, "resource.not_found");
    company.of(Role::CustomerRepresentative).again().await.get(&format!("{REPORT}/workbook")).await.not_permitted();
}
