use chrono::TimeDelta;
use fabu_domain::people::role::Role;
use fabu_testkit::{Actor, Answered, PASSWORD, TestApp};
use reqwest::Method;
use serde_json::{Value, json};

fn setup(app: &TestApp) -> Value {
    json!({ "login": "admin", "name": "管理员", "password": "tulip-orbit-93-kettle", "language": "zh-CN", "token": app.set_up_token() })
}

fn cookie(answer: &Answered) -> String {
    let text = answer.header("set-cookie").unwrap_or_else(|| panic!("{} sets no cookie", answer.request));
    text.split(';').next().unwrap_or_default().to_owned()
}

async fn login(actor: &Actor, login: &str, password: &str) -> Answered {
    actor.post("/auth/login", json!({ "login": login, "password": password })).await
}

async fn refresh(nobody: &Actor, cookie: &str) -> Answered {
    nobody.send(nobody.request(Method::POST, "/auth/refresh").header("Cookie", cookie)).await
}

fn token(answer: &Answered) -> String {
    answer.ok()["access_token"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn set_up_is_possible_once_and_only_with_a_good_password() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    assert_eq!(nobody.get("/setup").await.ok()["needed"], true);
    let mut weak = setup(&app);
    weak["password"] = json!("admin-admin-admin");
    assert_eq!(nobody.post("/setup", weak).await.invalid(), [("/password".to_owned(), "password.context".to_owned())]);
    let administrator = nobody.post("/setup", setup(&app)).await.expect(201).json();
    assert_eq!(administrator["roles"], json!(["system_administrator"]));
    assert_eq!(nobody.get("/setup").await.ok()["needed"], false);
    nobody.post("/setup", setup(&app)).await.problem(409, "setup.already_done");
}

/// Whoever reaches a new instance first must not become its administrator: the token that the program printed is asked for,
/// and is the same on every process with the same key.
#[tokio::test]
async fn refuses_set_up_without_the_token_that_was_printed() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    for token in ["", "000000-000000-000000-000000", &app.set_up_token()[1..], &format!("{}0", app.set_up_token())] {
        let mut body = setup(&app);
        body["token"] = json!(token);
        nobody.post("/setup", body).await.problem(403, "setup.token_wrong");
    }
    let mut body = setup(&app);
    body.as_object_mut().unwrap().remove("token");
    assert_eq!(nobody.post("/setup", body).await.invalid(), [("/token".to_owned(), "field.missing".to_owned())]);
    assert_eq!(nobody.get("/setup").await.ok()["needed"], true);
    let sibling = app.sibling();
    let body = setup(&app);
    sibling.nobody().post("/setup", body).await.ok();
    nobody.post("/setup", setup(&app)).await.problem(409, "setup.already_done");
}

#[tokio::test]
async fn an_unknown_login_and_a_wrong_password_look_the_same() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    nobody.post("/setup", setup(&app)).await.ok();
    let strip = |answer: &Answered| {
        let mut problem = answer.problem(401, "login.failed");
        problem.request_id.clear();
        problem
    };
    let unknown = login(&nobody, "nobody", "tulip-orbit-93-kettle").await;
    let wrong = login(&nobody, "admin", "tulip-orbit-93-kettlf").await;
    assert_eq!(strip(&unknown), strip(&wrong));
    login(&nobody, "ADMIN ", "tulip-orbit-93-kettle").await.ok();
}

#[tokio::test]
async fn a_one_time_password_serves_only_to_choose_another_and_only_for_a_day() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let created = company.admin().post("/users", json!({ "login": "wang.fang", "name": "王芳" })).await.expect(201).json();
    let once = created["one_time_password"].as_str().unwrap_or_default().to_owned();
    let nobody = app.nobody();
    let first = login(&nobody, "wang.fang", &once).await;
    assert_eq!(first.ok()["must_change_password"], true);
    let newcomer = nobody.with_token(&token(&first));
    newcomer.get("/me").await.ok();
    newcomer.get("/departments").await.problem(403, "password.change_required");
    let change = |new: &str| json!({ "current_password": once, "new_password": new });
    let put = |body: Value| newcomer.send(newcomer.request(Method::PUT, "/me/password").json(&body));
    assert_eq!(put(change("wang.fang-orbit-93")).await.invalid()[0].1, "password.context");
    assert_eq!(put(change(&once)).await.invalid()[0].1, "password.weak");
    let changed = put(change(PASSWORD)).await;
    assert_eq!(changed.ok()["must_change_password"], false);
    nobody.with_token(&token(&changed)).get("/me").await.ok();
    newcomer.get("/me").await.problem(401, "session.ended");

    let late = company.admin().post("/users", json!({ "login": "li.na", "name": "李娜" })).await.ok();
    app.pass(TimeDelta::hours(24));
    login(&nobody, "li.na", late["one_time_password"].as_str().unwrap_or_default()).await.problem(401, "login.failed");
}

#[tokio::test]
async fn a_refresh_cookie_is_replaced_at_each_use_and_its_reuse_ends_the_session() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    nobody.post("/setup", setup(&app)).await.ok();
    let signed_in = login(&nobody, "admin", "tulip-orbit-93-kettle").await;
    let header = signed_in.header("set-cookie").unwrap_or_default();
    for part in ["__Host-fabu_refresh=", "HttpOnly", "SameSite=Strict", "Path=/;", "Secure", "Max-Age=7200"] {
        assert!(header.contains(part), "{header}");
    }
    let first = cookie(&signed_in);
    let second = refresh(&nobody, &first).await;
    let again = refresh(&nobody, &first).await;
    assert_eq!(cookie(&second), cookie(&again), "two tabs at once get the same successor");
    assert_ne!(cookie(&second), first);
    app.pass(TimeDelta::seconds(11));
    let third = refresh(&nobody, &cookie(&second)).await;
    refresh(&nobody, &first).await.problem(401, "session.ended");
    refresh(&nobody, &cookie(&third)).await.problem(401, "session.ended");
    nobody.with_token(&token(&third)).get("/me").await.problem(401, "session.ended");
}

#[tokio::test]
async fn a_session_ends_without_use_and_at_the_latest_after_twelve_hours() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    nobody.post("/setup", setup(&app)).await.ok();
    let idle = cookie(&login(&nobody, "admin", "tulip-orbit-93-kettle").await);
    let mut kept = idle.clone();
    for _ in 0..11 {
        app.pass(TimeDelta::minutes(65));
        kept = cookie(&refresh(&nobody, &kept).await.expect(200));
    }
    refresh(&nobody, &idle).await.problem(401, "session.ended");
    let kept = cookie(&login(&nobody, "admin", "tulip-orbit-93-kettle").await);
    app.pass(TimeDelta::hours(2));
    refresh(&nobody, &kept).await.problem(401, "session.ended");
}

#[tokio::test]
async fn revocation_counts_from_the_next_request_on_every_process() {
    let app = TestApp::start().await;
    let other = app.sibling();
    let company = app.company().await;
    let admin = company.admin();
    let works = |actor: &Actor| {
        let there = actor.at(&other.url);
        async move { there.get("/me").await.status == 200 }
    };

    let person = company.person("nobody_special");
    let signed_in = login(&app.nobody(), &person.login, PASSWORD).await;
    let second = app.nobody().with_token(&token(&signed_in));
    assert!(works(&second).await);
    let logout = app.nobody().request(Method::POST, "/auth/logout").header("Cookie", cookie(&signed_in));
    let _left = app.nobody().send(logout).await.expect(204);
    assert!(!works(&second).await, "logout");
    assert!(works(person).await, "the other session of the person goes on");

    admin.put(&format!("/users/{}/roles", person.id), json!({ "roles": ["auditor"] })).await.ok();
    assert!(!works(person).await, "roles");
    let person = person.again().await;
    admin.act(&format!("/users/{}/password-reset", person.id), json!({})).await.ok();
    assert!(!works(&person).await, "password reset");

    let person = company.of(Role::SupportStaff);
    let body = json!({ "current_password": PASSWORD, "new_password": "marble-comet-58-lantern" });
    person.send(person.request(Method::PUT, "/me/password").json(&body)).await.ok();
    assert!(!works(person).await, "password change");

    let person = company.of(Role::Auditor);
    assert!(works(person).await);
    admin.put(&format!("/users/{}", person.id), json!({ "name": "x", "language": "en", "active": false })).await.ok();
    assert!(!works(person).await, "deactivation");
    login(&app.nobody(), &person.login, PASSWORD).await.problem(401, "login.failed");
}

#[tokio::test]
async fn a_sensitive_step_needs_the_password_of_the_last_ten_minutes() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let (admin, person) = (company.admin(), company.person("nobody_special"));
    let roles = format!("/users/{}/roles", person.id);
    app.pass(TimeDelta::minutes(11));
    admin.put(&roles, json!({ "roles": ["auditor"] })).await.problem(403, "login.reauthentication_required");
    let wrong = admin.post("/auth/reauthenticate", json!({ "password": "wrong" })).await;
    assert_eq!(wrong.invalid(), [("/password".to_owned(), "password.wrong".to_owned())]);
    let fresh = admin.post("/auth/reauthenticate", json!({ "password": admin.password })).await;
    admin.with_token(&token(&fresh)).put(&roles, json!({ "roles": ["auditor"] })).await.ok();
}

#[tokio::test]
async fn refuses_requests_that_another_site_makes_with_the_cookie() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    nobody.post("/setup", setup(&app)).await.ok();
    let cookie = cookie(&login(&nobody, "admin", "tulip-orbit-93-kettle").await);
    let send = |path: &'static str, name: &'static str, value: String| {
        let request = nobody.request(Method::POST, path).header("Cookie", &cookie).header(name, value);
        nobody.send(request)
    };
    for path in ["/auth/refresh", "/auth/logout"] {
        for site in ["cross-site", "same-site", "anything"] {
            send(path, "Sec-Fetch-Site", site.to_owned()).await.problem(403, "request.cross_site");
        }
        // Neither the host that the proxy named nor the unencrypted address is the one that people use.
        let own = app.url.clone();
        for origin in ["https://evil.example.com", "null", "http://fabu.example.com", &own, "https://fabu.example.com:8443"] {
            send(path, "Origin", origin.to_owned()).await.problem(403, "request.cross_site");
        }
    }
    send("/auth/refresh", "Sec-Fetch-Site", "same-origin".to_owned()).await.ok();
    send("/auth/refresh", "Origin", "https://fabu.example.com".to_owned()).await.ok();
}

#[tokio::test]
async fn logins_and_failures_are_in_the_log_without_what_was_typed() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let nobody = app.nobody();
    login(&nobody, "my-password-in-the-wrong-field", "x").await.problem(401, "login.failed");
    login(&nobody, "auditor", "wrong-canary-4711").await.problem(401, "login.failed");
    app.seal().await;
    let auditor = company.of(Role::Auditor);
    let refused = auditor.get("/events?kind=session.refused").await.ok();
    let subjects: Vec<&str> = refused["items"].as_array().into_iter().flatten().filter_map(|e| e["subject"].as_str()).collect();
    assert_eq!(subjects, ["users/unknown".to_owned(), format!("users/{}", auditor.id)]);
    let mut after = 0;
    loop {
        let page = auditor.get(&format!("/events?limit=100&after={after}")).await;
        for secret in ["canary-4711", "wrong-field", PASSWORD, "argon2"] {
            assert!(!page.text.contains(secret), "{secret}");
        }
        let next = page.ok()["next_after"].as_i64().unwrap_or_default();
        if next == after {
            break;
        }
        after = next;
    }
}
