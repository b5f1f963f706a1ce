//! Reports that go out: once, to whom they are arranged for, the same as the preview, and readable.

use crate::quarterly_reports::{REPORT, assessment, company_in_april, import, submitted};
use chrono::TimeDelta;
use fabu_domain::people::role::Role;
use fabu_testkit::{Actor, Company, SmtpServer, TestApp};
use mail_parser::{MessageParser, MimeHeaders};
use reqwest::{
    Method,
    header::{ACCEPT_LANGUAGE, HeaderValue},
};
use serde_json::{Value, json};

const QUARTERLY: &str = "/reports/schedules/06060000-0000-7000-8000-000000000002";
/// The fifth working day after the first quarter of 2026, 09:05.
const FIFTH_DAY: &str = "2026-04-08T01:05:00Z";

pub fn set(app: &TestApp, at: &str) {
    app.clock.set(at.parse().unwrap());
}

/// Deliveries, the newest first.
pub async fn deliveries(company: &Company, filter: &str) -> Vec<Value> {
    let admin = company.admin().again().await;
    admin.get(&format!("/deliveries?limit=100{filter}")).await.ok()["items"].as_array().unwrap().clone()
}

/// Who got messages of this kind, in the order of ids.
async fn readers(company: &Company, kind: &str) -> Vec<String> {
    let mut all: Vec<String> = deliveries(company, &format!("&kind={kind}"))
        .await
        .iter()
        .map(|delivery| delivery["recipient_id"].as_str().unwrap().to_owned())
        .collect();
    all.sort();
    all
}

fn ids(people: &[&Actor]) -> Vec<String> {
    let mut all: Vec<String> = people.iter().map(|person| person.id.clone()).collect();
    all.sort();
    all
}

/// Those whom the seeded arrangement sends the report of a quarter.
fn managers(company: &Company) -> Vec<String> {
    let people = [
        "release_owner",
        "second_release_owner",
        "process_owner",
        "general_manager",
        "department_head",
        "second_department_head",
        "improvement_manager",
    ];
    ids(&people.map(|login| company.person(login)))
}

/// What an arrangement would send now, in Chinese like the mails.
pub async fn preview(company: &Company, schedule: &str) -> Value {
    let auditor = company.of(Role::Auditor).again().await;
    let request = auditor.request(Method::GET, &format!("{schedule}/preview"));
    let language = [(ACCEPT_LANGUAGE, HeaderValue::from_static("zh-CN"))].into_iter().collect();
    auditor.send(request.headers(language)).await.ok()
}

/// A company whose report of the first quarter is approved on 1 April.
async fn approved(app: &TestApp) -> Company {
    let company = company_in_april(app, 8).await;
    let owner = company.of(Role::ReleaseOwner).again().await;
    submitted(app, &owner).await;
    let manager = company.of(Role::GeneralManager).again().await;
    manager.act(&format!("{REPORT}/approval"), json!({})).await.ok();
    app.work().await;
    company
}

#[tokio::test]
async fn an_approved_report_goes_to_the_managers_on_the_fifth_working_day_once() {
    let app = TestApp::start().await;
    let company = approved(&app).await;
    set(&app, "2026-04-08T01:04:59Z");
    app.work().await;
    assert_eq!(readers(&company, "quarterly_report").await, Vec::<String>::new());
    set(&app, FIFTH_DAY);
    let preview = preview(&company, QUARTERLY).await;
    let mut previewed: Vec<&str> =
        preview["items"].as_array().unwrap().iter().map(|message| message["reader"]["id"].as_str().unwrap()).collect();
    previewed.sort_unstable();
    app.work().await;
    app.work().await;
    app.pass(TimeDelta::days(3));
    app.work().await;
    assert_eq!(readers(&company, "quarterly_report").await, managers(&company));
    assert_eq!(previewed, managers(&company), "the preview is what is sent");
    let sent = company.of(Role::Auditor).again().await.get(&format!("{QUARTERLY}/sendings")).await.ok();
    let rows = sent["items"].as_array().unwrap();
    assert_eq!((rows.len(), &rows[0]["slot"], rows[0]["recipients"].as_array().map(Vec::len)), (1, &json!("2026Q1/1"), Some(7)));
    let admin = company.admin().again().await;
    let all = deliveries(&company, "&kind=quarterly_report").await;
    let shown = admin.get(&format!("/deliveries/{}/mail", all[0]["id"].as_str().unwrap())).await.ok();
    assert_eq!(shown["subject"], preview["items"][0]["subject"], "{shown}");
    let html = shown["html"].as_str().unwrap();
    assert!(html.contains("src=\"data:image/png;base64,") && !html.contains("cid:"), "a browser sees the picture");
    assert!(shown["eml"].as_str().unwrap().contains("Content-ID: <success-rate>"));
}

#[tokio::test]
async fn the_mail_has_the_picture_and_the_workbook_of_what_was_signed_and_a_repeat_is_the_same() {
    let (app, server) = (TestApp::start().await, SmtpServer::start().await);
    let company = approved(&app).await;
    app.mail_to(&server.url());
    // What changes later is not in it: the revision that was signed goes out.
    import(&app, "LATE-1,补丁,一般,核心,示例银行,回退,2026-03-31\n").await;
    set(&app, FIFTH_DAY);
    app.work().await;
    let address = "general_manager@example.com";
    let of_manager = || {
        let mails = server.taken().into_iter().filter(|mail| mail.to.contains(address));
        mails.filter(|mail| mail.text.contains("X-Fabu-Kind: quarterly_report\r\n")).collect::<Vec<_>>()
    };
    let [first] = of_manager().try_into().unwrap();
    let mail = MessageParser::default().parse(first.text.as_bytes()).unwrap();
    let picture = mail.parts.iter().find(|part| part.content_id() == Some("success-rate")).unwrap();
    assert!(picture.contents().starts_with(b"\x89PNG"));
    let words = mail.body_text(0).unwrap();
    assert!(words.contains("8/10 = 80.00 %"), "the figures in words: {words}");
    let file = mail.attachments().find(|part| part.attachment_name() == Some("YNTD-ITSS-0606-F05-2026Q1-1.xlsx")).unwrap();
    let mut book = calamine::open_workbook_from_rs::<calamine::Xlsx<_>, _>(std::io::Cursor::new(file.contents())).unwrap();
    let sheets = calamine::Reader::worksheets(&mut book);
    let cells: Vec<String> = sheets.iter().flat_map(|(_, sheet)| sheet.cells().map(|(_, _, cell)| cell.to_string())).collect();
    assert!(cells.iter().any(|cell| cell == "8/10 = 80.00 %") && !cells.iter().any(|cell| cell.contains("LATE-1")), "{cells:?}");
    let manager = company.of(Role::GeneralManager);
    let sent = deliveries(&company, &format!("&kind=quarterly_report&recipient_id={}", manager.id)).await;
    let admin = company.admin().again().await;
    admin.act(&format!("/deliveries/{}/resend", sent[0]["id"].as_str().unwrap()), json!({})).await.ok();
    app.work().await;
    let [_, again] = of_manager().try_into().unwrap();
    assert_eq!(again.message_id, first.message_id);
    let repeated = MessageParser::default().parse(again.text.as_bytes()).unwrap();
    let files = |mail: &mail_parser::Message<'_>| mail.attachments().map(|part| part.contents().to_vec()).collect::<Vec<_>>();
    assert_eq!(files(&repeated), files(&mail), "the same bytes");
}

#[tokio::test]
async fn a_refused_approval_sends_nothing_and_a_returned_report_tells_those_who_write_it() {
    let app = TestApp::start().await;
    let company = company_in_april(&app, 8).await;
    app.app.draft_due_reports().await.unwrap();
    app.work().await;
    let owners = ids(&["release_owner", "second_release_owner"].map(|login| company.person(login)));
    assert_eq!(readers(&company, "quarterly_report_draft").await, owners, "a draft is there");
    let owner = company.of(Role::ReleaseOwner).again().await;
    owner.put(&format!("{REPORT}/assessment"), assessment(&owner)).await.ok();
    owner.act(&format!("{REPORT}/submission"), json!({})).await.ok();
    app.work().await;
    let manager = company.of(Role::GeneralManager).again().await;
    assert_eq!(readers(&company, "quarterly_report_approval").await, ids(&[&manager]));
    import(&app, "LATE-1,补丁,一般,核心,示例银行,回退,2026-03-31\n").await;
    let _refused = manager.act(&format!("{REPORT}/approval"), json!({})).await.expect(409);
    set(&app, FIFTH_DAY);
    app.work().await;
    assert_eq!(readers(&company, "quarterly_report").await, Vec::<String>::new());
    let sent = company.of(Role::Auditor).again().await.get(&format!("{QUARTERLY}/sendings")).await.ok();
    assert_eq!(sent, json!({ "items": [] }));
    let manager = company.of(Role::GeneralManager).again().await;
    manager.act(&format!("{REPORT}/return"), json!({ "reason": "统计有变" })).await.ok();
    app.work().await;
    let drafts = deliveries(&company, "&kind=quarterly_report_draft").await;
    assert_eq!(drafts.len(), 4, "both owners, when drafted and when returned");
    let admin = company.admin().again().await;
    let shown = admin.get(&format!("/deliveries/{}/mail", drafts[0]["id"].as_str().unwrap())).await.ok();
    assert!(shown["text"].as_str().unwrap().contains("统计有变"), "it says why: {shown}");
}

#[tokio::test]
async fn a_restatement_is_told_to_those_who_got_the_report_and_goes_out_when_it_is_approved() {
    let app = TestApp::start().await;
    let company = approved(&app).await;
    set(&app, FIFTH_DAY);
    app.work().await;
    import(&app, "LATE-1,补丁,一般,核心,示例银行,成功,2026-03-31\n").await;
    app.app.restate_changed_reports().await.unwrap();
    app.work().await;
    let owners = ids(&["release_owner", "second_release_owner"].map(|login| company.person(login)));
    let mut told = readers(&company, "restatement").await;
    assert!(owners.iter().all(|owner| !told.contains(owner)), "the owners are asked to assess it instead");
    told.extend(owners);
    told.sort();
    assert_eq!(told, managers(&company));
    let owner = company.of(Role::ReleaseOwner).again().await;
    owner.act(&format!("{REPORT}/submission"), json!({})).await.ok();
    let manager = company.of(Role::GeneralManager).again().await;
    manager.act(&format!("{REPORT}/approval"), json!({})).await.ok();
    app.pass(TimeDelta::minutes(5));
    app.work().await;
    let admin = company.admin().again().await;
    let newest = &deliveries(&company, &format!("&kind=restatement&recipient_id={}", manager.id)).await[0];
    let shown = admin.get(&format!("/deliveries/{}/mail", newest["id"].as_str().unwrap())).await.ok();
    let text = shown["text"].as_str().unwrap();
    assert!(text.contains("9/11 = 81.82 %") && text.contains("HIST-LATE-1"), "{text}");
    assert!(shown["eml"].as_str().unwrap().contains("YNTD-ITSS-0606-F05-2026Q1-2.xlsx"));
    assert_eq!(readers(&company, "quarterly_report").await, managers(&company), "the first one went once");
}

#[tokio::test]
async fn a_report_is_sent_by_hand_at_once_and_written_down() {
    let app = TestApp::start().await;
    let company = company_in_april(&app, 8).await;
    let owner = company.of(Role::ProcessOwner).again().await;
    let sendings = format!("{QUARTERLY}/sendings");
    owner.post(&sendings, json!({})).await.problem(409, "schedule.nothing_to_send");
    company.of(Role::ReleaseOwner).again().await.post(&sendings, json!({})).await.not_permitted();
    let writer = company.of(Role::ReleaseOwner).again().await;
    submitted(&app, &writer).await;
    let manager = company.of(Role::GeneralManager).again().await;
    manager.act(&format!("{REPORT}/approval"), json!({})).await.ok();
    let sent = owner.post(&sendings, json!({})).await.expect(201);
    assert_eq!(sent.json()["recipients"].as_array().map(Vec::len), Some(7));
    assert!(sent.json()["slot"].as_str().unwrap().starts_with("2026Q1/1/2026-04-01T01:00"), "{}", sent.text);
    assert_eq!(owner.get(&sendings).await.ok()["items"][0], sent.json());
    app.work().await;
    assert_eq!(readers(&company, "quarterly_report").await, managers(&company));
    owner
        .post("/reports/schedules/0192f3c1-7b1e-7000-8000-000000000001/sendings", json!({}))
        .await
        .problem(404, "resource.not_found");
}

#[tokio::test]
async fn a_worker_that_starts_three_days_late_sends_what_was_missed_once() {
    let app = TestApp::start().await;
    let company = approved(&app).await;
    // Saturday: the report of Wednesday goes, digests wait for a working day.
    set(&app, "2026-04-11T06:00:00Z");
    let siblings = [app.sibling(), app.sibling()];
    for worker in std::iter::once(&app).chain(&siblings) {
        worker.work().await;
    }
    assert_eq!(readers(&company, "quarterly_report").await, managers(&company));
    let days =
        |mails: &[Value]| mails.iter().map(|mail| mail["created_at"].as_str().unwrap()[..10].to_owned()).collect::<Vec<_>>();
    assert!(!days(&deliveries(&company, "&kind=digest").await).contains(&"2026-04-11".to_owned()));
}

#[tokio::test]
async fn a_measure_that_is_not_carried_out_is_brought_to_mind() {
    let app = TestApp::start().await;
    let company = approved(&app).await;
    let owner = company.of(Role::ReleaseOwner);
    // The owner set it out itself, but was notified of it by the approval of somebody else.
    assert_eq!(readers(&company, "improvement").await, ids(&[owner]));
    // Due on Friday, 29 May.
    set(&app, "2026-05-29T15:59:58Z");
    assert_eq!(app.app.raise_reminders().await.unwrap(), 0);
    // A night counts from the next morning: two working days later is Wednesday at nine. Thursday, before the digest.
    set(&app, "2026-06-04T00:30:00Z");
    assert_eq!(app.app.raise_reminders().await.unwrap(), 2);
    assert_eq!(app.app.raise_reminders().await.unwrap(), 0, "each once");
    app.work().await;
    let held = deliveries(&company, "&kind=reminder&state=held").await;
    assert_eq!(held.iter().map(|mail| mail["recipient_id"].as_str().unwrap()).collect::<Vec<_>>(), [owner.id.as_str()]);
    assert_eq!(readers(&company, "escalation").await, ids(&[company.person("second_release_owner")]));
    let owner = owner.again().await;
    owner.act(&format!("{REPORT}/measures/1/completion"), json!({ "evidence": "演练记录已归档" })).await.ok();
    app.pass(TimeDelta::days(30));
    assert_eq!(app.app.raise_reminders().await.unwrap(), 0);
}
