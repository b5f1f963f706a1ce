use fabu_testkit::TestApp;
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn every_answer_has_the_security_headers_and_a_request_id() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    for path in ["/setup", "/me", "/nowhere", "//livez", "//readyz", "//", "/openapi.json", "//api/docs/"] {
        let answer = nobody.get(path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ] {
            assert_eq!(answer.header(name).as_deref(), Some(value), "{path} {name}");
        }
        assert!(answer.header("content-security-policy").is_some_and(|csp| csp.contains("default-src 'none'")), "{path}");
        assert!(answer.header("x-request-id").is_some_and(|id| id.len() >= 8), "{path}");
        let stored = answer.header("cache-control");
        let expected = match path {
            "//" => Some("no-cache"),
            "//api/docs/" => None,
            _ => Some("no-store"),
        };
        assert_eq!(stored.as_deref(), expected, "{path}");
    }
}

#[tokio::test]
async fn a_page_is_given_at_every_address_outside_the_api_and_may_run_no_script_of_others() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    for path in ["//", "//login", "//releases/REL-2026-0001/plan"] {
        let page = nobody.get(path).await.expect(200);
        assert_eq!(page.header("content-type").as_deref(), Some("text/html; charset=utf-8"), "{path}");
        let policy = page.header("content-security-policy").unwrap_or_default();
        assert!(policy.contains("script-src 'self';") && policy.contains("connect-src 'self';"), "{policy}");
        assert!(!page.text.contains("<script>"), "{path}");
    }
    nobody.get("//nothing.js").await.problem(404, "resource.not_found");
    nobody.send(nobody.request(Method::POST, "//login")).await.problem(404, "resource.not_found");
}

#[tokio::test]
async fn a_sane_request_id_is_kept_and_another_is_replaced() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let send = |id: &str| nobody.send(nobody.request(Method::GET, "/me").header("X-Request-Id", id));
    assert_eq!(send("trace-0123456789").await.problem(401, "token.missing").request_id, "trace-0123456789");
    for id in ["short", "with space and more", &"x".repeat(129), "<script>alert(1)</script>"] {
        assert_ne!(send(id).await.problem(401, "token.missing").request_id, id);
    }
}

#[tokio::test]
async fn a_known_etag_is_answered_with_304_and_wrong_ones_are_refused() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let admin = company.admin();
    let path = format!("/departments/{}", company.departments["operations"]);
    // What a department shows depends on the reader; a year of the calendar is the same for everybody.
    let get = |etag: &str| admin.send(admin.request(Method::GET, "/calendar/years/2026").header("If-None-Match", etag));
    for etag in ["\"v1\"", "W/\"v1\"", "\"v0\", \"v1\"", "*"] {
        let answer = get(etag).await.expect(304);
        assert_eq!((answer.text.as_str(), answer.etag().as_str()), ("", "\"v1\""));
    }
    assert_eq!(get("\"v2\"").await.expect(200).json()["version"], 1);
    for etag in ["v1", "\"1\"", "\"v-1\"", "W/\"v1\"", "*", "\"v1\", \"v2\"", "\"v99999999999999999999\"", ""] {
        admin.change_if(Method::PUT, &path, etag, json!({ "name": "x" })).await.problem(400, "header.invalid");
    }
}

#[tokio::test]
async fn readiness_names_its_checks_and_unknown_addresses_and_methods_are_problems() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    assert_eq!(nobody.get("//livez").await.expect(200).text, "ok");
    assert_eq!(nobody.get("//readyz").await.expect(200).text, "ready");
    let checks = nobody.get("//readyz?verbose").await.expect(200).json();
    assert_eq!(checks["checks"][1]["name"], "database.write");
    nobody.get("/nowhere").await.problem(404, "resource.not_found");
    nobody.get("//nowhere.txt").await.problem(404, "resource.not_found");
    let wrong = nobody.send(nobody.request(Method::DELETE, "/departments")).await;
    wrong.problem(405, "request.method_not_allowed");
    assert_eq!(wrong.header("allow").as_deref(), Some("GET, POST"));
}
