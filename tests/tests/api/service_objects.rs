use fabu_domain::people::role::Role;
use fabu_testkit::TestApp;
use serde_json::json;

#[tokio::test]
async fn registrars_keep_the_objects_under_service() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let owner = company.of(Role::ProcessOwner);
    let body = |active: bool| json!({ "code": "HR", "name": "人事系统", "customer_id": company.customer, "active": active });
    let path = format!("/service-objects/{}", owner.post("/service-objects", body(true)).await.expect(201).id());
    owner.put(&path, body(false)).await.expect(200).ok();
    assert_eq!(owner.get(&path).await.ok()["active"], false);
    let listed = owner.get(&format!("/service-objects?customer_id={}&q=核心", company.customer)).await.ok();
    assert_eq!((listed["items"].as_array().map(Vec::len), &listed["items"][0]["code"]), (Some(1), &json!("CBS")));
}

#[tokio::test]
async fn refuses_unknown_customers_and_departments_taken_codes_and_those_who_do_not_register() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let (admin, nobody) = (company.admin(), "0192f3c1-7b1e-7000-8000-000000000001");
    let operations = &company.departments["operations"];
    let body = json!({ "code": "HR", "name": "x", "customer_id": nobody, "departments": [operations, nobody, operations] });
    let expected = [
        ("/customer_id", "field.unknown_reference"),
        ("/departments/1", "field.unknown_reference"),
        ("/departments/2", "field.duplicate"),
    ];
    assert_eq!(admin.post("/service-objects", body).await.invalid(), expected.map(|(p, c)| (p.to_owned(), c.to_owned())));
    let taken = json!({ "code": "CBS", "name": "x", "customer_id": company.customer });
    admin.post("/service-objects", taken.clone()).await.problem(409, "resource.code_taken");
    for person in company.people().filter(|p| !["admin", "process_owner"].contains(&p.login.as_str())) {
        person.post("/service-objects", taken.clone()).await.not_permitted();
        person.put(&format!("/service-objects/{}", company.service_objects[0]), taken.clone()).await.not_permitted();
    }
}

/// RX: who sees a change follows from the customer of what it touches, so an object with changes stays where it is.
#[tokio::test]
async fn an_object_with_changes_stays_with_its_customer() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let owner = company.of(Role::ProcessOwner);
    let other = owner.post("/customers", json!({ "name": "另一客户" })).await.expect(201).id();
    let object = |code: &str, customer: &str| json!({ "code": code, "name": code, "customer_id": customer });
    let path =
        format!("/service-objects/{}", owner.post("/service-objects", object("HR", &company.customer)).await.expect(201).id());
    owner.put(&path, object("HR", &other)).await.expect(200).ok();
    owner.put(&path, object("HR", &company.customer)).await.expect(200).ok();
    let id = path.rsplit('/').next();
    let change = json!({
        "number": "CHG-HR-1", "title": "升级", "kind": "normal", "service_objects": [id],
        "requested_by": "李娜", "requested_at": "2026-03-02T01:00:00Z",
    });
    company.of(Role::ChangeManager).post("/changes", change).await.expect(201).ok();
    owner.put(&path, object("HR", &other)).await.problem(409, "service_object.in_use");
    owner.put(&path, object("HR-1", &company.customer)).await.expect(200).ok();
}
