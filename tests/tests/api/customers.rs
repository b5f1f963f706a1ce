use fabu_domain::people::role::Role;
use fabu_testkit::TestApp;
use serde_json::json;

#[tokio::test]
async fn registrars_keep_customers_and_their_representatives() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let owner = company.of(Role::ProcessOwner);
    let person = &company.of(Role::CustomerRepresentative).id;
    let body =
        json!({ "name": "烟台商行", "representatives": [{ "user_id": person, "from": "2026-01-01", "until": "2026-12-31" }] });
    let created = owner.post("/customers", body).await.expect(201);
    let path = format!("/customers/{}", created.id());
    let changed = owner.put(&path, json!({ "name": "烟台商行", "contract": "HT-9", "active": false })).await.expect(200).json();
    assert_eq!((&changed["contract"], &changed["representatives"]), (&json!("HT-9"), &json!([])));
    assert_eq!(owner.get("/customers?active=false").await.ok()["items"][0]["name"], "烟台商行");
}

#[tokio::test]
async fn refuses_unfit_representatives_taken_names_and_those_who_do_not_register() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let admin = company.admin();
    let internal = &company.of(Role::ReleaseOwner).id;
    let representatives = json!([
        { "user_id": "0192f3c1-7b1e-7000-8000-000000000001", "from": "2026-01-01" },
        { "user_id": company.of(Role::CustomerRepresentative).id, "from": "2026-02-01", "until": "2026-01-01" },
        { "user_id": internal, "from": "2026-01-01" },
        { "user_id": internal, "from": "2026-01-01", "internal_reason": " " },
    ]);
    let errors = admin.post("/customers", json!({ "name": "x", "representatives": representatives })).await.invalid();
    let expected = [
        ("/representatives/0/user_id", "field.unknown_reference"),
        ("/representatives/1/until", "field.dates"),
        ("/representatives/2/internal_reason", "representative.internal_reason"),
        ("/representatives/3/internal_reason", "field.empty"),
    ];
    assert_eq!(errors, expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
    let reasoned = json!([{ "user_id": internal, "from": "2026-01-01", "internal_reason": "内部业务" }]);
    admin.post("/customers", json!({ "name": "内部", "representatives": reasoned })).await.expect(201).ok();
    admin.post("/customers", json!({ "name": "示例银行" })).await.problem(409, "resource.name_taken");
    for person in company.people().filter(|p| !["admin", "process_owner"].contains(&p.login.as_str())) {
        person.post("/customers", json!({ "name": "y" })).await.not_permitted();
        person.put(&format!("/customers/{}", company.customer), json!({ "name": "y" })).await.not_permitted();
    }
}
