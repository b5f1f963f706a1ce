use fabu_testkit::TestApp;
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn everybody_sees_and_sets_their_own_preferences_and_nothing_else() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let person = company.person("nobody_special");
    let changed = person.patch("/me", json!({ "language": "en", "phone": "0535-1234567" })).await.expect(200).json();
    assert_eq!((&changed["language"], &changed["phone"]), (&json!("en"), &json!("0535-1234567")));
    let kept = person.patch("/me", json!({ "language": "zh-CN" })).await.expect(200).json();
    assert_eq!(kept["phone"], "0535-1234567");
    let removed = person.patch("/me", json!({ "phone": null })).await.expect(200).json();
    assert_eq!(removed["phone"], json!(null));
    for field in ["id", "login", "roles", "active", "version", "session_version", "name", "email"] {
        let errors = person.patch("/me", json!({ field: "x" })).await.invalid();
        assert_eq!(errors, [(format!("/{field}"), "field.unknown".to_owned())]);
    }
    assert_eq!(person.patch("/me", json!({ "phone": "call me" })).await.invalid()[0].1, "user.phone_format");
    person.send(person.request(Method::PATCH, "/me").json(&json!({}))).await.problem(428, "request.version_required");
    person.change_if(Method::PATCH, "/me", "\"v1\"", json!({})).await.problem(412, "resource.stale");
}

#[tokio::test]
async fn everybody_learns_what_they_may_do() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let permissions = async |login: &str| {
        let me = company.person(login).get("/me").await.ok();
        me["permissions"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let (nobody, manager) = (permissions("support_staff").await, permissions("change_manager").await);
    assert!(["view_me", "create_deputy", "list_changes"].iter().all(|name| nobody.iter().any(|may| may == name)));
    assert!(!nobody.iter().any(|may| may == "approve_change") && manager.iter().any(|may| may == "approve_change"));
    assert!(!manager.iter().any(|may| may == "create_user"), "{manager:?}");
    let own = ["view_me", "update_me", "change_password", "reauthenticate", "view_notifications", "update_notifications"];
    assert_eq!(permissions("nobody_special").await, own, "without a role there is only the own account (RX)");
}

#[tokio::test]
async fn texts_follow_accept_language_and_else_the_person() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let person = company.person("support_staff");
    let title = |language: Option<&'static str>| async move {
        let mut request = person.request(Method::GET, "/events").build().unwrap();
        request.headers_mut().remove("accept-language");
        if let Some(language) = language {
            request.headers_mut().insert("accept-language", language.parse().unwrap());
        }
        let text = fabu_scenario::http::client_builder().build().unwrap().execute(request).await.unwrap().text().await.unwrap();
        let problem: serde_json::Value = serde_json::from_str(&text).unwrap();
        problem["title"].as_str().unwrap().to_owned()
    };
    let (zh, en) =
        ("这一步由系统管理员、流程负责人、审计员办理", "This step belongs to system administrator, process owner, auditor");
    assert_eq!(title(None).await, zh);
    assert_eq!(title(Some("en-US,en;q=0.9,zh;q=0.8")).await, en);
    assert_eq!(title(Some("fr, zh-CN")).await, zh);
}
