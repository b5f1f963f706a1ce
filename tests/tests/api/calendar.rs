use fabu_domain::role::Role;
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
    let overview = company.person("nobody_special").get("/calendar").await.ok();
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
