//! Versions of the procedure (F1-F3, 7b): written, signed by three people, in force from their day.

use fabu_domain::{people::role::Role, time::clock::Clock};
use fabu_testkit::{Actor, Answered, Company, TestApp, Voyage};
use serde_json::{Value, json};

pub const VERSIONS: &str = "/procedure-versions";
pub const VERSION: &str = "/procedure-versions/V1.1";

/// A version that is to hold from this day.
pub fn begun(label: &str, effective_on: &str) -> Value {
    json!({ "label": label, "change_note": "补充紧急发布的补办要求", "effective_on": effective_on })
}

/// The text of the version with one more chapter, and another day if it is given.
pub async fn longer(author: &Actor, effective_on: Option<&str>) -> Value {
    let mut text = author.get(VERSION).await.ok()["text"].clone();
    let chapter = json!({ "heading": "13. 紧急发布", "text": "紧急发布完成后三个工作日内补办评审和测试。" });
    text["chapters"].as_array_mut().unwrap().push(chapter);
    if let Some(day) = effective_on {
        text["effective_on"] = json!(day);
    }
    json!({ "content": text })
}

/// V1.1 as it was sent to its reviewer, to hold from Monday in a week.
pub async fn submitted(author: &Actor, reviewer: &Actor) -> Value {
    submitted_for(author, reviewer, "2026-03-09").await
}

/// V1.1 as it was sent to its reviewer.
pub async fn submitted_for(author: &Actor, reviewer: &Actor, effective_on: &str) -> Value {
    author.post(VERSIONS, begun("V1.1", effective_on)).await.ok();
    author.put(&format!("{VERSION}/text"), longer(author, None).await).await.ok();
    author.act(&format!("{VERSION}/submission"), json!({ "reviewer": reviewer.id })).await.ok()
}

pub struct Cast<'a> {
    pub author: &'a Actor,
    pub reviewer: &'a Actor,
    pub manager: &'a Actor,
}

pub fn cast(company: &Company) -> Cast<'_> {
    let of = |role| company.of(role);
    Cast { author: of(Role::ProcessOwner), reviewer: of(Role::DepartmentHead), manager: of(Role::GeneralManager) }
}

/// The approval that waits for a person about the procedure.
pub async fn waiting(person: &Actor) -> Option<Value> {
    let all = person.get("/approvals").await.ok();
    all["items"].as_array().unwrap().iter().find(|item| item["subject"]["kind"] == "procedure_version").cloned()
}

pub async fn vote(person: &Actor, ballot: Value) -> Answered {
    let open = person.get(VERSION).await.ok()["approval_id"].as_str().unwrap().to_owned();
    person.act(&format!("/approvals/{open}/votes"), ballot).await
}

pub fn pass() -> Value {
    json!({ "decision": "pass" })
}

/// The reasons of a refusal: code and clause.
pub fn reasons(answer: &Answered, code: &str) -> Vec<(String, String)> {
    assert_eq!(answer.status, 409, "{}", answer.text);
    let listed = answer.json()["blocked_by"].as_array().unwrap().clone();
    assert!(listed.iter().any(|reason| reason["code"] == code), "{code} is not among {}", answer.text);
    listed.iter().map(|r| (r["code"].as_str().unwrap().to_owned(), r["clause"].as_str().unwrap().to_owned())).collect()
}

pub fn states(list: &Value) -> Vec<(&str, &str)> {
    let items = list["items"].as_array().unwrap().iter();
    items.map(|item| (item["label"].as_str().unwrap(), item["state"].as_str().unwrap())).collect()
}

fn allowed(version: &Value, name: &str) -> bool {
    version["actions"].as_array().unwrap().iter().find(|action| action["name"] == name).unwrap()["allowed"] == true
}

#[tokio::test]
async fn every_instance_begins_with_the_procedure_as_the_company_signed_it() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let list = company.of(Role::SupportStaff).get(VERSIONS).await.ok();
    assert_eq!(states(&list), [("V1.0", "in_force")]);
    let first = &list["items"][0];
    assert_eq!(
        (&first["number"], &first["effective_on"], &first["change_note"], &first["signed_on_paper"], &first["prepared"]),
        (&json!("YNTD-ITSS-0606"), &json!("2025-01-07"), &json!("首次发布"), &json!(true), &Value::Null)
    );
    let text = company.of(Role::Auditor).get("/procedure-versions/V1.0").await.ok()["text"].clone();
    let headings: Vec<&str> = text["chapters"].as_array().unwrap().iter().map(|c| c["heading"].as_str().unwrap()).collect();
    assert_eq!((headings.len(), headings[0], headings[11]), (12, "1. 目的", "12. 相关记录"));
    let fifth = text["chapters"][4]["text"].as_str().unwrap();
    assert!(fifth.contains("### 5.3. 发布方案评审") && fifth.contains("评审通过后方可进行下一步工作"), "{fifth}");
    company.of(Role::Auditor).get("/procedure-versions/V7.7").await.problem(404, "resource.not_found");
}

#[tokio::test]
async fn a_version_is_written_signed_by_three_and_in_force_from_its_day() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let Cast { author, reviewer, manager } = cast(&company);
    let draft = author.post(VERSIONS, begun("V1.1", "2026-03-09")).await.ok();
    assert_eq!((&draft["state"], &draft["change_note"]), (&json!("draft"), &json!("补充紧急发布的补办要求")));
    assert_eq!(draft["text"]["chapters"].as_array().map(Vec::len), Some(12), "it begins with the text in force");
    let saved = author.put(&format!("{VERSION}/text"), longer(author, None).await).await.ok();
    assert_eq!((&saved["version"], &saved["missing"]), (&json!(2), &json!([])));
    assert!(allowed(&saved, "submit_procedure_version") && !allowed(&saved, "create_procedure_version"));

    let sent = author.act(&format!("{VERSION}/submission"), json!({ "reviewer": reviewer.id })).await.ok();
    assert_eq!((&sent["state"], &sent["prepared"]["by"]["id"]), (&json!("in_review"), &json!(author.id)));
    assert_eq!(sent["revisions"].as_array().map(Vec::len), Some(1));
    assert!(waiting(author).await.is_none());
    let asked = waiting(reviewer).await.unwrap();
    assert_eq!(
        (&asked["kind"], &asked["release"]["title"], &asked["subject"]["path"]),
        (&json!("procedure_approval"), &json!("Release management procedure V1.1"), &json!(VERSION))
    );
    let place = format!("/approvals/{}", asked["id"].as_str().unwrap());
    let viewed = reviewer.get(&place).await.ok();
    let seats: Vec<&str> =
        viewed["members"].as_array().unwrap().iter().map(|member| member["capacity_name"].as_str().unwrap()).collect();
    assert_eq!(seats, ["Reviewer", "General manager"]);
    assert_eq!(viewed["content"]["chapters"][12]["heading"], "13. 紧急发布");

    let reviewed = vote(reviewer, pass()).await.ok();
    assert_eq!((&reviewed["state"], &reviewed["members"][0]["vote"]["reauthenticated"]), (&json!("open"), &json!(true)));
    assert!(waiting(reviewer).await.is_none() && waiting(manager).await.is_some());
    vote(reviewer, pass()).await.problem(409, "approval.repeated");
    let passed = vote(manager, pass()).await.ok();
    assert_eq!(passed["state"], "passed");
    let approved = author.get(VERSION).await.ok();
    assert_eq!((&approved["state"], &approved["effective_on"]), (&json!("approved"), &json!("2026-03-09")));
    assert_eq!(
        (&approved["prepared"]["by"]["id"], &approved["reviewed"]["by"]["id"], &approved["approved"]["by"]["id"]),
        (&json!(author.id), &json!(reviewer.id), &json!(manager.id))
    );
    assert_eq!(states(&author.get(VERSIONS).await.ok()), [("V1.1", "approved"), ("V1.0", "in_force")]);

    // Sunday, one minute to midnight in China; then Monday.
    app.clock.set("2026-03-08T15:59:00Z".parse().unwrap());
    let reader = company.of(Role::SupportStaff).again().await;
    assert_eq!(states(&reader.get(&format!("{VERSIONS}?state=in_force")).await.ok()), [("V1.0", "in_force")]);
    app.clock.set("2026-03-08T16:00:00Z".parse().unwrap());
    assert_eq!(states(&reader.get(VERSIONS).await.ok()), [("V1.1", "in_force"), ("V1.0", "superseded")]);
    assert_eq!(states(&reader.get(&format!("{VERSIONS}?state=in_force")).await.ok()), [("V1.1", "in_force")]);
    let compared = reader.get(&format!("{VERSION}/comparison")).await.ok();
    assert_eq!((&compared["from"], &compared["to"]), (&json!("V1.0"), &json!("V1.1")));
    reader.get("/procedure-versions/V1.0/comparison").await.problem(404, "resource.not_found");
    let pointers: Vec<&str> = compared["changes"].as_array().unwrap().iter().map(|c| c["pointer"].as_str().unwrap()).collect();
    assert_eq!(pointers, ["/change_note", "/chapters/12", "/effective_on"], "{compared}");
    let next = author.again().await.post(VERSIONS, begun("V2.0", "2026-04-01")).await.ok();
    assert_eq!(next["text"]["chapters"].as_array().map(Vec::len), Some(13), "the next one begins with V1.1");
}

#[tokio::test]
async fn refuses_a_label_that_is_not_greater_and_a_version_beside_an_open_one() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let author = company.of(Role::ProcessOwner);
    for label in ["V1.0", "V0.9"] {
        let refused = author.post(VERSIONS, begun(label, "2026-03-09")).await;
        assert_eq!(reasons(&refused, "procedure_version.label_not_greater")[0].1, "F2");
        assert!(refused.text.contains("V1.1"), "it says which label to take: {}", refused.text);
    }
    for label in ["1.1", "V1", "V01.1", "V1.1000"] {
        assert_eq!(author.post(VERSIONS, begun(label, "2026-03-09")).await.invalid()[0].0, "/label", "{label}");
    }
    author.post(VERSIONS, begun("V1.1", "2026-03-09")).await.ok();
    let second = author.post(VERSIONS, begun("V1.2", "2026-03-09")).await;
    assert_eq!(reasons(&second, "procedure_version.another_open")[0].1, "7b");
    author.act(&format!("{VERSION}/withdrawal"), json!({ "reason": "合并到下一版" })).await.ok();
    let reused = author.post(VERSIONS, begun("V1.1", "2026-03-09")).await;
    reasons(&reused, "procedure_version.label_not_greater");
    author.post(VERSIONS, begun("V1.2", "2026-03-09")).await.ok();
    assert_eq!(states(&author.get(VERSIONS).await.ok()), [("V1.2", "draft"), ("V1.1", "withdrawn"), ("V1.0", "in_force")]);
}

#[tokio::test]
async fn refuses_what_is_incomplete_or_has_a_day_that_is_over() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let Cast { author, reviewer, .. } = cast(&company);
    author.post(VERSIONS, begun("V1.1", "2026-03-09")).await.ok();
    let empty = json!({ "content": { "change_note": "", "chapters": [{ "heading": "1. 目的", "text": " " }] } });
    let draft = author.put(&format!("{VERSION}/text"), empty).await.ok();
    let missing: Vec<&str> = draft["missing"].as_array().unwrap().iter().map(|m| m["pointer"].as_str().unwrap()).collect();
    assert_eq!(missing, ["/change_note", "/effective_on", "/chapters/0/text"]);
    let submit = async || author.act(&format!("{VERSION}/submission"), json!({ "reviewer": reviewer.id })).await;
    assert_eq!(
        reasons(&submit().await, "document.incomplete").iter().map(|reason| reason.1.as_str()).collect::<Vec<_>>(),
        ["F2", "F2", "F1"]
    );
    author.put(&format!("{VERSION}/text"), json!({ "content": { "chapters": [] } })).await.ok();
    assert_eq!(reasons(&submit().await, "document.incomplete").len(), 3, "no chapter at all");
    let unknown = json!({ "content": { "title": "x" } });
    assert_eq!(author.put(&format!("{VERSION}/text"), unknown).await.invalid()[0].0, "/content/title");
    let past = json!({ "content": { "change_note": "补充", "effective_on": "2026-03-01", "chapters": [{ "heading": "1", "text": "1" }] } });
    author.put(&format!("{VERSION}/text"), past).await.ok();
    assert_eq!(reasons(&submit().await, "procedure_version.day_past")[0].1, "F2");
    let today = json!({ "content": { "change_note": "补充", "effective_on": "2026-03-02", "chapters": [{ "heading": "1", "text": "1" }] } });
    author.put(&format!("{VERSION}/text"), today).await.ok();
    submit().await.ok();
}

#[tokio::test]
async fn refuses_every_change_after_submission_and_a_withdrawal_after_approval() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let Cast { author, reviewer, manager } = cast(&company);
    let sent = submitted(author, reviewer).await;
    assert!(!allowed(&sent, "save_procedure_draft") && allowed(&sent, "withdraw_procedure_version"));
    let write = longer(author, None).await;
    let refused = author.put(&format!("{VERSION}/text"), write.clone()).await;
    assert_eq!(reasons(&refused, "procedure_version.wrong_state")[0].1, "7b");
    let again = author.act(&format!("{VERSION}/submission"), json!({ "reviewer": reviewer.id })).await;
    reasons(&again, "procedure_version.wrong_state");
    vote(reviewer, json!({ "decision": "return" })).await.problem(409, "approval.comment_required");
    vote(reviewer, pass()).await.ok();
    vote(manager, pass()).await.ok();
    let withdraw = async |path: &str| author.act(&format!("{path}/withdrawal"), json!({ "reason": "不再需要" })).await;
    reasons(&withdraw(VERSION).await, "procedure_version.wrong_state");
    reasons(&withdraw("/procedure-versions/V1.0").await, "procedure_version.wrong_state");
    reasons(&author.put(&format!("{VERSION}/text"), write).await, "procedure_version.wrong_state");
    reasons(&author.post(VERSIONS, begun("V1.2", "2026-03-20")).await, "procedure_version.another_open");
}

#[tokio::test]
async fn only_its_owners_write_it_and_a_customer_sees_nothing_of_it() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let Cast { author, reviewer, .. } = cast(&company);
    for role in [Role::GeneralManager, Role::ReleaseOwner, Role::SystemAdministrator, Role::Auditor] {
        company.of(role).post(VERSIONS, begun("V1.1", "2026-03-09")).await.not_permitted();
    }
    submitted(company.of(Role::ImprovementManager), reviewer).await;
    let customer = company.of(Role::CustomerRepresentative);
    for path in [VERSIONS, VERSION, "/procedure-versions/V1.0", "/procedure-versions/V1.1/comparison?from=V1.0"] {
        customer.get(path).await.not_permitted();
    }
    let approval = author.get(VERSION).await.ok()["approval_id"].as_str().unwrap().to_owned();
    customer.get(&format!("/approvals/{approval}")).await.problem(404, "resource.not_found");
    let ballot = customer.change_if(reqwest::Method::POST, &format!("/approvals/{approval}/votes"), "\"v1\"", pass()).await;
    ballot.problem(404, "resource.not_found");
    assert!(waiting(customer).await.is_none());
    let stale =
        author.change_if(reqwest::Method::POST, &format!("{VERSION}/withdrawal"), "\"v1\"", json!({ "reason": "x" })).await;
    stale.problem(412, "resource.stale");
}

/// §3.2: what is changed with the database's own tools is found, with the version named.
#[tokio::test]
async fn a_version_changed_outside_the_program_is_found() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let Cast { author, reviewer, .. } = cast(&company);
    submitted(author, reviewer).await;
    app.work().await;
    app.seal().await;
    let check = |sql: &str| {
        let found = app.database().tampered(sql, |tx| fabu_app::verification::check_database(tx, &[], |_| {}));
        let found = found.unwrap().unwrap();
        found.faults.iter().map(|fault| format!("{}: {}", fault.record, fault.what)).collect::<Vec<String>>()
    };
    assert_eq!(check("UPDATE procedure_versions SET version = version"), [""; 0]);
    for (sql, named) in [
        (
            "UPDATE procedure_versions SET body = replace(body, '2025-01-07', '2025-01-08') WHERE label = 'V1.0'",
            "procedure version V1.0: is not what the log says",
        ),
        ("DELETE FROM procedure_versions WHERE label = 'V1.0'", "procedure version V1.0: is missing"),
        (
            "UPDATE document_revisions SET content = replace(content, '三个工作日', '三十个工作日') WHERE kind = 'procedure_version'",
            "procedure_version, revision 1",
        ),
        (
            "UPDATE approvals SET state = 'passed' WHERE kind = 'procedure_approval'",
            "approval procedure_approval: is not what the log says",
        ),
    ] {
        let faults = check(sql);
        assert!(faults.iter().any(|fault| fault.contains(named)), "{sql}: {faults:?}");
    }
}

/// V1.1 with these numbers, signed by all three and in force from this day.
pub async fn signed_with(company: &Company, effective_on: &str, parameters: Value) {
    let Cast { author, reviewer, manager } = cast(company);
    let [author, reviewer, manager] = [author.again().await, reviewer.again().await, manager.again().await];
    author.post(VERSIONS, begun("V1.1", effective_on)).await.ok();
    let mut text = longer(&author, None).await;
    for (name, value) in parameters.as_object().unwrap() {
        text["content"]["parameters"][name] = value.clone();
    }
    author.put(&format!("{VERSION}/text"), text).await.ok();
    author.act(&format!("{VERSION}/submission"), json!({ "reviewer": reviewer.id })).await.ok();
    vote(&reviewer, pass()).await.ok();
    assert_eq!(vote(&manager, pass()).await.ok()["state"], "passed");
}

/// F1: a release follows the version in force when it was created; the next one follows the next version.
#[tokio::test]
async fn a_release_keeps_to_the_version_it_began_with_and_the_next_one_follows_the_next_version() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let before = Voyage::begin(&app, &company).await;
    signed_with(&company, "2026-03-03", json!({ "opinion_due_working_days": 9 })).await;
    let same_day = Voyage::begin(&app, &company).await;
    app.clock.set("2026-03-03T01:00:00Z".parse().unwrap());
    let after = Voyage::begin(&app, &company).await;
    let mut found = Vec::new();
    for voyage in [&before, &same_day, &after] {
        let administrator = voyage.of(Role::ReleaseAdministrator).await;
        administrator.act(&voyage.path("/actions/request_opinions"), json!({ "question": "？" })).await.ok();
        let label = administrator.get(&voyage.path("")).await.ok()["procedure_version"].as_str().unwrap().to_owned();
        let tasks =
            company.of(Role::Auditor).again().await.get("/tasks?kind=opinion_request&everybody=true&limit=100").await.ok();
        let task = tasks["items"].as_array().unwrap().iter().find(|task| task["release"]["number"] == voyage.number.as_str());
        let due = task.unwrap_or_else(|| panic!("{tasks}"))["due_at"].as_str().unwrap()[..10].to_owned();
        found.push((label, due));
    }
    // From Tuesday the third: two working days, nine working days.
    let expected = [("V1.0", "2026-03-05"), ("V1.0", "2026-03-05"), ("V1.1", "2026-03-16")];
    assert_eq!(found, expected.map(|(label, due)| (label.to_owned(), due.to_owned())));
}

/// 10b: the target changes with a signed version, from the next quarter on.
#[tokio::test]
async fn a_quarter_keeps_the_target_that_it_began_with() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let target = async |quarter: &str| {
        let kpi = company.of(Role::Auditor).again().await.get(&format!("/reports/kpi/{quarter}")).await.ok();
        kpi["target"].clone()
    };
    let ninety = target("2026Q1").await;
    signed_with(&company, "2026-03-09", json!({ "success_target_percent": 95 })).await;
    assert_eq!(target("2026Q1").await, ninety);
    app.clock.set("2026-03-09T01:00:00Z".parse().unwrap());
    assert_eq!(target("2026Q1").await, ninety, "nobody moves the target of the quarter");
    assert_ne!(target("2026Q2").await, ninety);
}

/// A process that knows the directory as it was looks it up anew when a version is signed.
#[tokio::test]
async fn another_process_knows_the_numbers_from_the_signature_on() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let other = app.database().open().unwrap();
    let days = || {
        let directory = other.read_blocking(|tx| tx.directory()).unwrap();
        directory.procedures.at(app.clock.now()).report_due_working_days
    };
    assert_eq!(days(), 5);
    signed_with(&company, "2026-03-02", json!({ "report_due_working_days": 3 })).await;
    assert_eq!(days(), 3);
}

/// 10b: numbers outside their bounds are not submitted.
#[tokio::test]
async fn refuses_a_target_above_a_hundred() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let Cast { author, reviewer, .. } = cast(&company);
    author.post(VERSIONS, begun("V1.1", "2026-03-09")).await.ok();
    let mut text = longer(author, None).await;
    text["content"]["parameters"]["success_target_percent"] = json!(101);
    let draft = author.put(&format!("{VERSION}/text"), text).await.ok();
    assert_eq!(draft["missing"][0]["code"], "out_of_bounds");
    let refused = author.act(&format!("{VERSION}/submission"), json!({ "reviewer": reviewer.id })).await;
    assert_eq!(reasons(&refused, "document.incomplete"), [("document.incomplete".to_owned(), "10b".to_owned())]);
}
