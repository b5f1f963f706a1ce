use fabu_domain::people::role::Role;
use fabu_testkit::TestApp;
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn an_administrator_adds_views_changes_and_lists_departments() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let admin = company.admin();
    let created = admin.post("/departments", json!({ "name": "财务部" })).await.expect(201);
    let path = format!("/departments/{}", created.id());
    assert_eq!(created.header("location"), Some(format!("/api/v1{path}")));
    assert_eq!(created.etag(), "\"v1\"");
    let changed = admin.put(&path, json!({ "name": "财务管理部", "active": false })).await.expect(200);
    assert_eq!(changed.etag(), "\"v2\"");
    let seen = company.of(Role::SupportStaff).get(&path).await.ok();
    assert_eq!((&seen["name"], &seen["active"], &seen["version"]), (&json!("财务管理部"), &json!(false), &json!(2)));
    let inactive = admin.get("/departments?active=false&q=财务").await.ok();
    assert_eq!(inactive["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn refuses_everybody_but_an_administrator() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let department = format!("/departments/{}", company.departments["operations"]);
    for person in company.people().filter(|person| person.login != "admin") {
        let problem = person.post("/departments", json!({ "name": "x" })).await.not_permitted();
        assert_eq!(problem.blocked_by[0].who[0].id, "system_administrator");
        person.put(&department, json!({ "name": "x" })).await.not_permitted();
    }
}

#[tokio::test]
async fn refuses_a_taken_name_unknown_heads_missing_and_stale_versions() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let admin = company.admin();
    admin.post("/departments", json!({ "name": "运维部" })).await.problem(409, "resource.name_taken");
    let nobody = "0192f3c1-7b1e-7000-8000-000000000001";
    let errors = admin.post("/departments", json!({ "name": "x", "head": nobody, "deputy_head": nobody })).await.invalid();
    let unknown = |pointer: &str| (pointer.to_owned(), "field.unknown_reference".to_owned());
    assert_eq!(errors, [unknown("/head"), unknown("/deputy_head")]);
    let path = format!("/departments/{}", company.departments["operations"]);
    admin.send(admin.request(Method::PUT, &path).json(&json!({ "name": "x" }))).await.problem(428, "request.version_required");
    let stale = admin.change_if(Method::PUT, &path, "\"v9\"", json!({ "name": "x" })).await.problem(412, "resource.stale");
    assert_eq!(stale.current_etag.as_deref(), Some("\"v1\""));
    admin.get(&format!("/departments/{nobody}")).await.problem(404, "resource.not_found");
    admin.get("/departments/not-an-id").await.problem(404, "resource.not_found");
}
