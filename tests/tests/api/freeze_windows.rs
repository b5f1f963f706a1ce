use fabu_domain::people::role::Role;
use fabu_testkit::{Actor, TestApp};
use serde_json::{Value, json};

fn freeze(name: &str, more: &Value) -> Value {
    let mut freeze = json!({ "name": name, "kind": "freeze", "reason": "年终结账", "starts": "2026-12-30T16:00:00Z",
        "ends": "2026-12-31T16:00:00Z", "authority": "general_manager" });
    freeze.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    freeze
}

/// 5.5.4: what cannot be is refused with the field and the reason; whoever runs releases keeps no freezes.
#[tokio::test]
async fn refuses_freezes_that_cannot_be_and_keepers_who_are_controlled_by_them() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let keeper = company.of(Role::ChangeManager);
    for role in [Role::ReleaseAdministrator, Role::Implementer, Role::ReleaseOwner, Role::GeneralManager, Role::Auditor] {
        company.of(role).post("/freeze-windows", freeze("封网", &json!({}))).await.not_permitted();
    }
    let refused = async |more: Value| keeper.post("/freeze-windows", freeze("封网", &more)).await.invalid();
    let at = |pointer: &str, code: &str| vec![(pointer.to_owned(), code.to_owned())];
    assert_eq!(refused(json!({ "ends": "2026-12-30T16:00:00Z" })).await, at("/ends", "field.invalid"));
    assert_eq!(refused(json!({ "ends": "2028-01-01T16:00:00Z" })).await, at("/ends", "field.invalid"));
    for rule in ["hourly", "FREQ=HOURLY", "FREQ=MONTHLY;BYMONTHDAY=1", "FREQ=DAILY;UNTIL=20271231"] {
        assert_eq!(refused(json!({ "recurrence": rule })).await, at("/recurrence", "field.invalid"), "{rule}");
    }
    let day = json!({ "ends": "2027-01-01T16:00:00Z", "recurrence": "FREQ=DAILY" });
    assert_eq!(refused(day).await, at("/recurrence", "field.invalid"), "occurrences that overlap");
    let nobody = "0192f3c1-7b1e-7000-8000-0000000000ff";
    assert_eq!(refused(json!({ "customers": [nobody] })).await, at("/customers/0", "field.unknown_reference"));
    assert_eq!(refused(json!({ "service_objects": [nobody] })).await, at("/service_objects/0", "field.unknown_reference"));
    assert_eq!(refused(json!({ "configuration_items": ["A", "A"] })).await, at("/configuration_items/1", "field.duplicate"));
    let made = keeper.post("/freeze-windows", freeze("月末", &json!({ "recurrence": "FREQ=MONTHLY;BYMONTHDAY=-1" }))).await;
    let made = made.expect(201).json();
    assert_eq!(made["recurrence"], "FREQ=MONTHLY;BYMONTHDAY=-1");
    assert_eq!((&made["allowed"], &made["active"]), (&json!([]), &json!(true)));
    company.of(Role::CustomerRepresentative).get("/freeze-windows").await.not_permitted();
    assert_eq!(company.of(Role::Auditor).get("/freeze-windows?kind=freeze").await.ok()["items"][0]["id"], made["id"]);
}

/// The working calendar proposes the freezes of a year; where it lacks the year, it says so and proposes nothing.
#[tokio::test]
async fn the_working_calendar_proposes_the_freezes_of_a_year() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let reader: &Actor = company.of(Role::ProcessOwner);
    let year = reader.get("/freeze-windows/proposals/2026").await.ok();
    let names: Vec<_> = year["proposals"].as_array().unwrap().iter().map(|p| p["template"].as_str().unwrap()).collect();
    assert_eq!(names, ["spring_festival", "quarter_end", "quarter_end", "quarter_end", "national_day", "year_end"]);
    let spring = &year["proposals"][0];
    assert_eq!((&spring["starts"], &spring["ends"]), (&json!("2026-02-11T16:00:00Z"), &json!("2026-02-24T16:00:00Z")));
    let unknown = reader.get("/freeze-windows/proposals/2031").await.ok();
    assert_eq!((unknown["proposals"].as_array().map(Vec::len), unknown["missing"].as_array().map(Vec::len)), (Some(0), Some(4)));
    // What is proposed can be entered as it is.
    let mut body = spring.clone();
    body.as_object_mut().unwrap().remove("template");
    body["authority"] = json!("general_manager");
    let entered = reader.post("/freeze-windows", body).await.expect(201).json();
    assert_eq!(entered["starts"], "2026-02-11T16:00:00Z");
}
