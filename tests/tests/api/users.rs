use fabu_domain::people::role::Role;
use fabu_testkit::TestApp;
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn an_administrator_adds_changes_and_finds_people() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let admin = company.admin();
    let department = &company.departments["operations"];
    let body = json!({ "login": "wang.fang", "name": "王芳", "email": "wang.fang@example.com", "phone": "+86 535 1234567",
        "department_id": department, "position": "工程师", "roles": ["implementer"] });
    let created = admin.post("/users", body).await.expect(201);
    let user = &created.json()["user"];
    let path = format!("/users/{}", user["id"].as_str().unwrap());
    assert_eq!(created.header("location"), Some(format!("/api/v1{path}")));
    assert_eq!((&user["language"], &user["active"], &user["roles"]), (&json!("zh-CN"), &json!(true), &json!(["implementer"])));
    let changed = admin.put(&path, json!({ "name": "王芳芳", "language": "en" })).await.expect(200).json();
    assert_eq!((&changed["name"], &changed["email"], &changed["version"]), (&json!("王芳芳"), &json!(null), &json!(2)));
    let roles = json!({ "roles": ["release_owner", "implementer"] });
    admin.put(&format!("{path}/roles"), roles).await.expect(200).ok();
    let found = company.of(Role::SupportStaff).get("/users?role=release_owner,auditor&limit=100").await.ok();
    let logins: Vec<&str> = found["items"].as_array().unwrap().iter().map(|u| u["login"].as_str().unwrap()).collect();
    assert_eq!(logins, ["auditor", "release_owner", "second_release_owner", "wang.fang"]);
    assert!(!company.of(Role::SupportStaff).get(&path).await.text.contains("session_version"));
}

#[tokio::test]
async fn the_list_is_read_in_pages_that_link_to_each_other() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let (mut path, mut seen) = ("/users?limit=7&active=true".to_owned(), Vec::new());
    loop {
        let page = company.admin().get(&path).await;
        seen.extend(page.ok()["items"].as_array().unwrap().iter().map(|u| u["login"].as_str().unwrap().to_owned()));
        let Some(link) = page.header("link") else { break };
        assert!(link.ends_with("; rel=\"next\"") && link.contains("limit=7") && link.contains("active=true"), "{link}");
        path = link[1..link.find('>').unwrap()].to_owned();
    }
    let mut all: Vec<String> = company.people().map(|person| person.login.clone()).collect();
    all.push("admin".to_owned());
    all.sort();
    all.dedup();
    assert_eq!(seen, all);
    company.admin().get("/users?limit=0").await.problem(400, "query.invalid");
    company.admin().get("/users?limit=101").await.problem(400, "query.invalid");
    company.admin().get("/users?cursor=!!").await.problem(400, "query.cursor");
    company.admin().get("/users?role=king").await.problem(400, "query.invalid");
}

#[tokio::test]
async fn refuses_every_invalid_field_at_once() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let nobody = "0192f3c1-7b1e-7000-8000-000000000001";
    let body = json!({ "login": "Wang Fang", "name": "x", "email": "a\r\nBcc: b@c", "phone": "call", "department_id": nobody });
    let mut errors = company.admin().post("/users", body).await.invalid();
    errors.sort();
    let expected = [
        ("/department_id", "field.unknown_reference"),
        ("/email", "user.email_format"),
        ("/login", "user.login_format"),
        ("/phone", "user.phone_format"),
    ];
    assert_eq!(errors, expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
    company.admin().post("/users", json!({ "login": "auditor", "name": "x" })).await.problem(409, "user.login_taken");
}

#[tokio::test]
async fn the_last_administrator_can_neither_leave_nor_lose_the_role() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let admin = company.admin();
    let path = format!("/users/{}", admin.id);
    let leave = json!({ "name": "x", "language": "en", "active": false });
    admin.put(&path, leave.clone()).await.problem(409, "user.last_administrator");
    admin.put(&format!("{path}/roles"), json!({ "roles": [] })).await.problem(409, "user.last_administrator");
    let _second = company.hire("second_admin", &[Role::SystemAdministrator]).await;
    admin.put(&path, leave).await.ok();
}

#[tokio::test]
async fn refuses_everybody_but_an_administrator_and_logs_the_attempt() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let auditor = company.of(Role::Auditor);
    let target = format!("/users/{}", company.person("nobody_special").id);
    for person in company.people().filter(|person| person.login != "admin") {
        person.post("/users", json!({ "login": "abc", "name": "x" })).await.not_permitted();
        person.put(&target, json!({ "name": "x", "language": "en" })).await.not_permitted();
        person.put(&format!("{target}/roles"), json!({ "roles": ["auditor"] })).await.not_permitted();
        person.act(&format!("{target}/password-reset"), json!({})).await.not_permitted();
    }
    app.seal().await;
    let feed = auditor.get(&format!("/events?kind=attempt.refused&actor={}&limit=100", auditor.id)).await.ok();
    let entries = feed["items"].as_array().unwrap();
    assert_eq!(entries.len(), 4);
    assert_eq!(entries[1]["subject"], target.trim_start_matches('/'));
    assert_eq!(entries[1]["payload"]["codes"], json!(["role.not_permitted"]));
}

#[tokio::test]
async fn a_repeated_creation_does_not_show_the_password_again() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let admin = company.admin();
    let send =
        || admin.request(Method::POST, "/users").header("Idempotency-Key", "k1").json(&json!({ "login": "abc", "name": "x" }));
    let first = admin.send(send()).await.expect(201);
    let again = admin.send(send()).await.expect(201);
    assert_eq!(again.header("idempotent-replayed").as_deref(), Some("true"));
    assert_eq!(first.json()["user"], again.json()["user"]);
    assert!(first.json()["one_time_password"].is_string() && again.json()["one_time_password"].is_null());
}
