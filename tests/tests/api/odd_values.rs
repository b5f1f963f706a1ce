//! Values that no record can hold are refused, on both databases, and are no fault of the server (RELIABILITY targets 20, 29).

use fabu_domain::people::role::Role;
use fabu_testkit::{TestApp, openapi};
use reqwest::Method;
use serde_json::{Value, json};

/// Every address with a value in its path, with its methods.
fn addresses() -> Vec<(String, Vec<Method>)> {
    let description: Value = serde_json::from_str(&openapi()).unwrap();
    let paths = description["paths"].as_object().unwrap().clone();
    let methods = |item: &Value| {
        let names = item.as_object().into_iter().flat_map(|operations| operations.keys());
        names.filter_map(|name| name.to_uppercase().parse().ok()).collect()
    };
    paths.iter().filter(|(path, _)| path.contains('{')).map(|(path, item)| (path.clone(), methods(item))).collect()
}

#[tokio::test]
async fn a_control_character_in_a_path_names_nothing() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let admin = company.admin();
    let addresses = addresses();
    assert!(addresses.len() > 50, "{}", addresses.len());
    for (path, methods) in &addresses {
        for odd in ["%00", "a%00b", "%0A", "x%1F", "%7F", "%C2%85", "%FF"] {
            let filled: Vec<&str> = path.split('/').map(|part| if part.starts_with('{') { odd } else { part }).collect();
            let place = filled.join("/");
            for method in methods {
                let request = admin.request(method.clone(), &place).header("If-Match", "\"v1\"");
                let answer = admin.send(request.json(&json!({}))).await;
                answer.problem(404, "resource.not_found");
            }
        }
    }
}

#[tokio::test]
async fn a_date_of_no_office_is_refused_in_bodies_and_queries() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let (admin, manager) = (company.admin(), company.of(Role::ChangeManager));
    for year in ["-9999", "-0001", "0000", "1899", "3000", "9999", "+12345", "+262142"] {
        let (day, at) = (format!("{year}-01-02"), format!("{year}-01-02T03:04:05Z"));
        let customer = json!({ "name": "甲", "representatives": [{ "user_id": company.admin().id, "from": day }] });
        let refused = admin.post("/customers", customer).await.invalid();
        assert_eq!(refused[0].1, "field.invalid", "{year}");
        let deputy = json!({ "user_id": admin.id, "deputy_id": manager.id, "from": "2026-03-02", "until": day });
        assert_eq!(admin.post("/deputies", deputy).await.status, 422, "{year}");
        let encoded = at.replace('+', "%2B");
        for query in ["releases?window_from", "releases?window_to", "tasks?due_before"] {
            let answer = manager.get(&format!("/{query}={encoded}")).await;
            answer.problem(400, "query.invalid");
        }
        let answer = manager.get(&format!("/deputies?on={}", day.replace('+', "%2B"))).await;
        answer.problem(400, "query.invalid");
    }
    for quarter in ["-9999Q1", "0000Q1", "9999Q4", "99999Q1", "2026Q5", "2026Q0", "262142Q1"] {
        for place in
            [format!("/reports/kpi/{quarter}"), format!("/reports/quarterly/{quarter}"), format!("/releases?quarter={quarter}")]
        {
            let answer = manager.get(&place).await;
            assert!(answer.status.as_u16() < 500, "{place}: {}", answer.text);
        }
    }
    for year in ["-9999", "0", "1999", "2101", "999999999999"] {
        let answer = admin.get(&format!("/calendar/years/{year}")).await;
        assert!(matches!(answer.status.as_u16(), 400 | 404), "{year}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_null_character_is_refused_wherever_it_stands_in_a_body() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let admin = company.admin();
    for (path, body, pointer) in [
        ("/departments", json!({ "name": "a\u{0}b" }), "/name"),
        ("/customers", json!({ "name": "甲", "contract": "\u{0}" }), "/contract"),
        ("/users", json!({ "login": "wang\u{0}", "name": "王" }), "/login"),
        ("/users", json!({ "login": "wang.x", "name": "王", "email": "a\u{0}@example.cn" }), "/email"),
        ("/users", json!({ "login": "wang.x", "name": "王", "phone": "1\u{0}2" }), "/phone"),
        ("/auth/login", json!({ "login": "\u{0}", "password": "x" }), "/login"),
        ("/auth/login", json!({ "login": "admin", "password": "\u{0}" }), "/password"),
    ] {
        let refused = admin.post(path, body.clone()).await.invalid();
        assert_eq!(refused[0], (pointer.to_owned(), "field.control_character".to_owned()), "{body}");
    }
    let key = admin.request(Method::POST, "/departments").header("Content-Type", "application/json");
    let answer = admin.send(key.body("{\"name\":\"x\",\"a\\u0000\":1}")).await;
    assert_eq!(answer.status, 422, "{}", answer.text);
}
