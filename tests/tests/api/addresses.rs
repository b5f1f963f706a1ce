//! The address that people use: behind a proxy that names another host, and below a path.

use fabu_testkit::{Actor, TestApp};
use reqwest::Method;
use serde_json::json;

async fn at(base: &str) -> TestApp {
    let base = base.parse().unwrap();
    TestApp::start_with(move |settings| settings.base_url = base).await
}

async fn founded(app: &TestApp) -> Actor {
    let token = app.set_up_token();
    let body =
        json!({ "login": "admin", "name": "管理员", "password": "tulip-orbit-93-kettle", "language": "zh-CN", "token": token });
    app.nobody().post("/setup", body).await.ok();
    app.nobody()
}

/// A proxy that passes the name of the program's own socket on as `Host` (nginx does unless told otherwise): the session is
/// renewed, because the page's origin is compared with the address that people use.
#[tokio::test]
async fn a_session_is_renewed_behind_a_proxy_that_names_another_host() {
    for (base, cookie_name) in
        [("http://release.example.com:8080", "fabu_refresh="), ("https://release.example.com", "__Host-fabu_refresh=")]
    {
        let app = at(base).await;
        let nobody = founded(&app).await;
        let body = json!({ "login": "admin", "password": "tulip-orbit-93-kettle" });
        let answer = nobody.post("/auth/login", body).await.expect(200);
        let cookie = answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
        assert!(cookie.starts_with(cookie_name), "{cookie}");
        let renew = |origin: &str| {
            let request = nobody.request(Method::POST, "/auth/refresh").header("Host", "fabu_backend");
            nobody.send(request.header("Cookie", &cookie).header("Origin", origin))
        };
        renew("http://evil.example.com").await.problem(403, "request.cross_site");
        renew("http://fabu_backend.example.com").await.problem(403, "request.cross_site");
        renew(base).await.ok();
    }
}

/// Below a path everything that goes out carries it, and what comes in is understood with it and, because many proxies take
/// it away, without it.
#[tokio::test]
async fn an_address_with_a_path_works_whether_or_not_the_proxy_keeps_it() {
    let app = at("https://intranet.example.com/it/fabu/").await;
    let nobody = founded(&app).await;
    for kept in ["", "/it/fabu"] {
        let get = async |path: &str| nobody.get(&format!("/{kept}{path}")).await;
        assert_eq!(get("/livez").await.expect(200).text, "ok", "{kept}");
        assert_eq!(get("/api/docs").await.header("location").as_deref(), Some("/it/fabu/api/docs/"), "{kept}");
        assert!(
            get("/api/docs/swagger-initializer.js").await.expect(200).text.contains("/it/fabu/api/v1/openapi.json"),
            "{kept}"
        );
        assert_eq!(get("/api/v1/openapi.json").await.ok()["servers"], json!([{ "url": "/it/fabu" }]), "{kept}");
        assert_eq!(get("/api/v1/setup").await.ok()["needed"], false, "{kept}");
    }
    let signed_in = nobody.post("/auth/login", json!({ "login": "admin", "password": "tulip-orbit-93-kettle" })).await;
    let cookie = signed_in.header("set-cookie").unwrap();
    assert!(cookie.starts_with("__Secure-fabu_refresh=") && cookie.contains("Path=/it/fabu/api/v1/auth;"), "{cookie}");
    let admin = nobody.with_token(signed_in.ok()["access_token"].as_str().unwrap());
    for name in ["运维部", "研发部"] {
        let made = admin.post("/departments", json!({ "name": name })).await.expect(201);
        let location = made.header("location").unwrap();
        assert!(location.starts_with("/it/fabu/api/v1/departments/"), "{location}");
        admin.get(&format!("/{location}")).await.ok();
    }
    let link = admin.get("/departments?limit=1").await.header("link").unwrap();
    assert!(link.starts_with("</it/fabu/api/v1/departments?limit=1&cursor="), "{link}");
}
