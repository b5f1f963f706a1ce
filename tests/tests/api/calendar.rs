use fabu_domain::people::role::Role;
use fabu_testkit::TestApp;
use reqwest::Method;
use serde_json::{Value, json};

fn year_2027() -> Value {
    json!({ "$schema": "https://example.org/schema.json", "$id": "https://example.org/2027.json", "year": 2027,
        "papers": ["https://www.gov.cn/example"], "days": [
            { "name": "元旦", "date": "2027-01-01", "isOffDay": true },
            { "name": "元旦", "date": "2026-12-31", "isOffDay": true },
            { "name": "元旦", "date": "2027-01-09", "isOffDay": false }] })
}

#[tokio::test]
async fn a_published_year_is_entered_and_counts_at_once() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let owner = company.of(Role::ProcessOwner);
    let seen = owner.get("/calendar/years/2027").await.ok();
    assert_eq!((&seen["entered"], &seen["version"], &seen["days"]), (&json!(false), &json!(0), &json!([])));
    let entered = owner.put("/calendar/years/2027", year_2027()).await.expect(200);
    assert_eq!(entered.etag(), "\"v1\"");
    let entered = entered.json();
    assert_eq!(entered["source"], "https://www.gov.cn/example");
    assert_eq!(entered["days"][0], json!({ "name": "元旦", "date": "2026-12-31", "isOffDay": true }));
    let calendar = app.app.store.read(|tx| tx.directory()).await.unwrap().calendar.clone();
    assert!(calendar.is_working_day("2027-01-09".parse().unwrap()) && !calendar.is_working_day("2026-12-31".parse().unwrap()));
    let overview = company.of(Role::SupportStaff).get("/calendar").await.ok();
    let years: Vec<_> = overview["years"].as_array().unwrap().iter().map(|y| (y["year"].as_i64(), y["days"].as_i64())).collect();
    assert_eq!(years, [(Some(2026), Some(39)), (Some(2027), Some(3))]);
    let again =
        owner.put("/calendar/years/2027", json!({ "days": [{ "name": "元旦", "date": "2027-01-01", "isOffDay": true }] }));
    assert_eq!(again.await.ok()["days"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn warns_from_the_first_of_november_until_the_next_year_is_entered() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let admin = company.admin();
    app.clock.set("2026-10-31T15:59:59Z".parse().unwrap());
    let admin = admin.again().await;
    assert_eq!(admin.get("/calendar").await.ok()["warning"], Value::Null);
    app.clock.set("2026-10-31T16:00:00Z".parse().unwrap());
    let warning = admin.get("/calendar").await.ok()["warning"].clone();
    assert_eq!(warning["year"], 2027);
    assert!(warning["text"].as_str().unwrap().contains("Monday to Friday"), "{warning}");
    admin.put("/calendar/years/2027", year_2027()).await.ok();
    assert_eq!(admin.get("/calendar").await.ok()["warning"], Value::Null);
}

#[tokio::test]
async fn refuses_strangers_other_years_doubles_no_days_and_stale_versions() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let admin = company.admin();
    let path = "/calendar/years/2027";
    company.of(Role::ReleaseOwner).put(path, year_2027()).await.not_permitted();
    let invalid = |pointer: &str| (pointer.to_owned(), "field.invalid".to_owned());
    let day = |date: &str| json!({ "name": "x", "date": date, "isOffDay": true });
    let days = json!([day("2027-05-01"), day("2027-05-01"), day("2026-11-30"), day("2028-02-01")]);
    let errors = admin.put(path, json!({ "year": 2026, "days": days })).await.invalid();
    assert_eq!(errors, ["/year", "/days/1/date", "/days/2/date", "/days/3/date"].map(invalid));
    assert_eq!(admin.put(path, json!({ "days": [] })).await.invalid(), [("/days".to_owned(), "field.empty".to_owned())]);
    admin.put("/calendar/years/1999", year_2027()).await.problem(404, "resource.not_found");
    admin.get("/calendar/years/soon").await.problem(404, "resource.not_found");
    let stale = admin.change_if(Method::PUT, path, "\"v3\"", year_2027()).await.problem(412, "resource.stale");
    assert_eq!(stale.current_etag.as_deref(), Some("\"v0\""));
    let stale = admin.change_if(Method::PUT, "/calendar/years/2026", "\"v0\"", json!({ "days": [day("2026-05-01")] })).await;
    assert_eq!(stale.problem(412, "resource.stale").current_etag.as_deref(), Some("\"v1\""));
}

/// An .ics file of these events: date, days, summary.
fn ics(events: &[(&str, &str, &str)]) -> String {
    let event = |(start, end, summary): &(&str, &str, &str)| {
        let end = if end.is_empty() { String::new() } else { format!("DTEND;VALUE=DATE:{end}\r\n") };
        format!("BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{start}\r\n{end}SUMMARY:{summary}\r\nEND:VEVENT\r\n")
    };
    format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", events.iter().map(event).collect::<String>())
}

#[tokio::test]
async fn an_ics_file_is_looked_at_first_and_then_taken() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let owner = company.of(Role::ProcessOwner);
    let path = "/calendar/years/2027/import";
    let file = ics(&[
        ("20261231", "20270103", "元旦（休）"),
        ("20270109", "", "元旦（班）"),
        ("20270109", "", "元旦 补班"),
        ("20280101", "", "元旦（休）"),
    ]);
    let body = |dry_run: bool| json!({ "ics": file, "source": "日历订阅", "dry_run": dry_run });
    let look = owner.act(path, body(true)).await.expect(200).json();
    let days: Vec<_> = look["added"].as_array().unwrap().iter().map(|d| (&d["date"], &d["isOffDay"])).collect();
    let expected = [("2026-12-31", true), ("2027-01-01", true), ("2027-01-02", true), ("2027-01-09", false)];
    let expected: Vec<_> = expected.map(|(date, off)| (json!(date), json!(off))).to_vec();
    assert_eq!(days, expected.iter().map(|(date, off)| (date, off)).collect::<Vec<_>>());
    assert_eq!(look["skipped"], json!([{ "line": 15, "name": "元旦", "date": "2028-01-01", "isOffDay": true }]));
    assert_eq!((&look["dry_run"], &look["year"]["entered"]), (&json!(true), &json!(false)));
    assert_eq!(owner.get("/calendar/years/2027").await.ok()["version"], 0, "nothing is changed");
    let taken = owner.act(path, body(false)).await.expect(200).json();
    assert_eq!((&taken["year"]["version"], &taken["year"]["source"]), (&json!(1), &json!("日历订阅")));
    let calendar = app.app.store.read(|tx| tx.directory()).await.unwrap().calendar.clone();
    assert!(calendar.is_working_day("2027-01-09".parse().unwrap()) && !calendar.is_working_day("2026-12-31".parse().unwrap()));
    let other = json!({ "ics": ics(&[("20270101", "", "元旦（休）")]), "dry_run": true });
    let look = owner.act(path, other).await.expect(200).json();
    assert_eq!((&look["added"], look["removed"].as_array().unwrap().len()), (&json!([]), 3));
}

#[tokio::test]
async fn refuses_ics_files_with_the_line_of_every_event_that_cannot_be_taken() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let admin = company.admin();
    let path = "/calendar/years/2027/import";
    let import = async |ics: String| admin.act(path, json!({ "ics": ics, "dry_run": true })).await;
    let file = ics(&[("20270101", "", "元旦（休）"), ("20270308", "", "妇女节"), ("2027", "", "春节（休）")]);
    assert_eq!(import(file).await.invalid(), [("/ics/10".to_owned(), "calendar.dates".to_owned())]);
    let zone = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Office:20270101T000000\r\nSUMMARY:元旦（休）\r\nEND:VEVENT\r\n";
    let answer = import(zone.to_owned()).await;
    assert_eq!(answer.invalid(), [("/ics/2".to_owned(), "calendar.zone".to_owned())]);
    assert!(answer.text.contains("Asia/Shanghai"), "{}", answer.text);
    let cut = zone.replace("END:VEVENT\r\n", "");
    assert_eq!(import(cut).await.invalid(), [("/ics/2".to_owned(), "calendar.unfinished".to_owned())]);
    let twice = import(ics(&[("20270101", "", "元旦（休）"), ("20270101", "", "元旦（班）")])).await.invalid();
    assert_eq!(twice, [("/ics/6".to_owned(), "calendar.contradiction".to_owned())]);
    assert_eq!(import("{}".to_owned()).await.invalid(), [("/ics".to_owned(), "calendar.format".to_owned())]);
    let other_year = import(ics(&[("20260101", "", "元旦（休）")])).await.invalid();
    assert_eq!(other_year, [("/ics".to_owned(), "field.empty".to_owned())]);
    let body = json!({ "ics": ics(&[("20270101", "", "元旦（休）")]) });
    company.of(Role::ReleaseOwner).act(path, body.clone()).await.not_permitted();
    admin.change_if(Method::POST, path, "\"v3\"", body.clone()).await.problem(412, "resource.stale");
    admin.act("/calendar/years/1999/import", body).await.problem(404, "resource.not_found");
}

/// A meaning is never guessed: an event without a mark sets no day, one that may mean either waits for a decision.
#[tokio::test]
async fn events_without_a_mark_are_listed_with_their_line_and_decided_by_a_person() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let owner = company.of(Role::ProcessOwner);
    let path = "/calendar/years/2027/import";
    let observance = "妇女节\r\nCATEGORIES:节假日\r\nDESCRIPTION:女职工放假半天";
    let file = ics(&[("20270101", "", "元旦（休）"), ("20270308", "", observance), ("20270109", "", "元旦调休")]);
    let body = |dry_run: bool, decisions: Value| json!({ "ics": file, "dry_run": dry_run, "decisions": decisions });
    let look = owner.act(path, body(true, json!([]))).await.expect(200).json();
    assert_eq!(look["added"].as_array().map(Vec::len), Some(1), "{look}");
    let listed = json!([
        { "line": 6, "name": "妇女节", "dates": ["2027-03-08"], "reason": "unmarked" },
        { "line": 12, "name": "元旦调休", "dates": ["2027-01-09"], "reason": "unclear" },
    ]);
    assert_eq!(look["left_out"], listed);
    let undecided = owner.act(path, body(false, json!([]))).await.invalid();
    assert_eq!(undecided, [("/ics/12".to_owned(), "calendar.unclear".to_owned())]);
    let nowhere =
        owner.act(path, body(true, json!([{ "line": 2, "kind": "off" }, { "line": 7, "kind": "off" }]))).await.invalid();
    assert_eq!(nowhere, [("/decisions/1/line".to_owned(), "field.invalid".to_owned())]);
    let decided = json!([{ "line": 12, "kind": "working" }]);
    let taken = owner.act(path, body(false, decided)).await.expect(200).json();
    let days: Vec<_> = taken["year"]["days"].as_array().unwrap().iter().map(|d| (&d["date"], &d["isOffDay"])).collect();
    assert_eq!(days, [(&json!("2027-01-01"), &json!(true)), (&json!("2027-01-09"), &json!(false))]);
    let plain = ics(&[("20270308", "", "妇女节")]);
    let look = owner.act(path, json!({ "ics": plain, "dry_run": true })).await.expect(200).json();
    assert_eq!((&look["added"], &look["removed"]), (&json!([]), &json!([])), "nothing is marked, nothing is taken away");
    let refused = owner.act(path, json!({ "ics": plain })).await.invalid();
    assert_eq!(refused.iter().map(|(place, _)| place.as_str()).collect::<Vec<_>>(), ["/ics", "/ics/2"]);
}
