//! Wrong passwords are counted where they belong (RELIABILITY target 14): a guesser is held off, nobody else.

use chrono::TimeDelta;
use fabu_domain::people::role::Role;
use fabu_testkit::{Actor, Answered, PASSWORD, TestApp};
use reqwest::Method;
use serde_json::{Value, json};

const RIGHT: &str = "tulip-orbit-93-kettle";

async fn set_up(app: &TestApp) -> Actor {
    let nobody = app.nobody();
    let administrator =
        json!({ "login": "admin", "name": "管理员", "password": RIGHT, "language": "zh-CN", "token": app.set_up_token() });
    nobody.post("/setup", administrator).await.ok();
    nobody
}

/// A server behind one proxy: tests choose the address.
async fn behind_proxy() -> TestApp {
    TestApp::start_with(|settings| settings.trusted_proxies = 1).await
}

async fn login_from(actor: &Actor, address: &str, login: &str, password: &str) -> Answered {
    let body = json!({ "login": login, "password": password });
    actor.send(actor.request(Method::POST, "/auth/login").header("X-Forwarded-For", address).json(&body)).await
}

fn token(answer: &Answered) -> String {
    answer.ok()["access_token"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn holds_off_a_guesser_until_time_has_passed() {
    let app = TestApp::start().await;
    let nobody = set_up(&app).await;
    let login = |login: &'static str, password: &'static str| login_from(&nobody, "", login, password);
    for _ in 0..10 {
        login("stranger", "wrong-wrong-wrong").await.problem(401, "login.failed");
    }
    let held = login("admin", RIGHT).await;
    held.problem(429, "login.too_many_attempts");
    assert_eq!(held.header("retry-after").as_deref(), Some("60"));
    app.pass(TimeDelta::seconds(61));
    login("admin", RIGHT).await.ok();
}

#[tokio::test]
async fn an_account_takes_less_than_sixty_guesses_a_day_from_any_number_of_unknown_addresses() {
    let app = behind_proxy().await;
    let nobody = set_up(&app).await;
    let mut guesses = 0;
    for hour in 0..24 {
        for n in 0..40 {
            let answer = login_from(&nobody, &format!("10.{hour}.0.{n}"), "admin", "wrong-wrong-wrong").await;
            guesses += i32::from(answer.status == 401);
        }
        app.pass(TimeDelta::hours(1));
    }
    assert!((40..60).contains(&guesses), "{guesses} guesses");
}

/// RELIABILITY target 14: the lock never blocks a user with a valid session.
#[tokio::test]
async fn guesses_of_strangers_keep_nobody_from_proving_or_changing_the_password() {
    let app = behind_proxy().await;
    let nobody = set_up(&app).await;
    let admin = nobody.with_token(&token(&login_from(&nobody, "192.0.2.1", "admin", RIGHT).await));
    for n in 0..60 {
        login_from(&nobody, &format!("10.0.0.{n}"), "admin", "wrong-wrong-wrong").await;
    }
    login_from(&nobody, "10.0.1.1", "admin", RIGHT).await.problem(429, "login.too_many_attempts");
    admin.post("/auth/reauthenticate", json!({ "password": RIGHT })).await.ok();
    login_from(&nobody, "192.0.2.1", "admin", RIGHT).await.ok();
    let change = json!({ "current_password": RIGHT, "new_password": "marble-comet-58-lantern" });
    let changed = admin.send(admin.request(Method::PUT, "/me/password").json(&change)).await;
    changed.ok();
    // Choosing another password ends the count for the account.
    login_from(&nobody, "10.0.1.1", "admin", "marble-comet-58-lantern").await.ok();
}

#[tokio::test]
async fn a_session_does_not_serve_to_guess_the_password() {
    let app = TestApp::start().await;
    let nobody = set_up(&app).await;
    let (stolen, own) = (nobody.sign_in("admin", RIGHT).await, nobody.sign_in("admin", RIGHT).await);
    let wrong = json!({ "password": "wrong-wrong-wrong" });
    let change = json!({ "current_password": "wrong-wrong-wrong", "new_password": "marble-comet-58-lantern" });
    for n in 0..10 {
        let answer = match n % 2 {
            0 => stolen.post("/auth/reauthenticate", wrong.clone()).await,
            _ => stolen.send(stolen.request(Method::PUT, "/me/password").json(&change)).await,
        };
        assert_eq!(answer.invalid()[0].1, "password.wrong");
    }
    let held = stolen.post("/auth/reauthenticate", json!({ "password": RIGHT })).await;
    held.problem(429, "login.too_many_attempts");
    assert_eq!(held.header("retry-after").as_deref(), Some("900"));
    own.post("/auth/reauthenticate", json!({ "password": RIGHT })).await.ok();
    app.pass(TimeDelta::seconds(900));
    nobody.sign_in("admin", RIGHT).await;
}

/// RELIABILITY target 14: one person's failures do not lock everybody behind the address.
#[tokio::test]
async fn a_colleague_behind_the_same_address_can_go_on() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let (fumbling, colleague) = (company.of(Role::Auditor), company.of(Role::SupportStaff));
    let nobody = app.nobody();
    for n in 0..50 {
        let login = if n % 2 == 0 { fumbling.login.clone() } else { format!("nobody-{n}") };
        let answer = login_from(&nobody, "", &login, "wrong-wrong-wrong").await;
        assert!(matches!(answer.status.as_u16(), 401 | 429), "{}", answer.text);
    }
    login_from(&nobody, "", "nobody", "wrong").await.problem(429, "login.too_many_attempts");
    login_from(&nobody, "", &fumbling.login, PASSWORD).await.problem(429, "login.too_many_attempts");
    login_from(&nobody, "", &colleague.login, PASSWORD).await.ok();
}

#[tokio::test]
async fn a_new_password_from_the_administrator_opens_the_account_again() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let person = company.of(Role::Auditor);
    let nobody = app.nobody();
    for _ in 0..10 {
        login_from(&nobody, "", &person.login, "wrong-wrong-wrong").await.problem(401, "login.failed");
    }
    login_from(&nobody, "", &person.login, PASSWORD).await.problem(429, "login.too_many_attempts");
    let reset = company.admin().act(&format!("/users/{}/password-reset", person.id), json!({})).await.ok();
    let once = reset["one_time_password"].as_str().unwrap_or_default().to_owned();
    login_from(&nobody, "", &person.login, &once).await.ok();
}

#[tokio::test]
async fn the_count_is_shared_by_all_processes_and_outlives_them() {
    let app = TestApp::start().await;
    let nobody = set_up(&app).await;
    for n in 0..10 {
        let process = app.sibling();
        let answer = login_from(&nobody.at(&process.url), "", &format!("nobody-{n}"), "wrong-wrong-wrong").await;
        answer.problem(401, "login.failed");
    }
    login_from(&nobody, "", "nobody", "wrong").await.problem(429, "login.too_many_attempts");
}

#[tokio::test]
async fn guesses_sent_all_at_once_are_counted_one_by_one() {
    let app = TestApp::start().await;
    let other = app.sibling();
    let nobody = set_up(&app).await;
    let guess = |n: usize| {
        let actor = nobody.at(if n.is_multiple_of(2) { &app.url } else { &other.url });
        async move { login_from(&actor, "", "admin", "wrong-wrong-wrong").await.status.as_u16() }
    };
    let answers = futures::future::join_all((0..60).map(guess)).await;
    let looked_at = answers.iter().filter(|status| **status == 401).count();
    assert!((1..=10).contains(&looked_at), "{answers:?}");
    assert!(answers.iter().all(|status| matches!(status, 401 | 429 | 503)), "{answers:?}");
}

#[tokio::test]
async fn an_office_signs_in_at_once_from_one_address() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let logins: Vec<String> = (0..30).map(|_| company.of(Role::Auditor).login.clone()).collect();
    let nobody = app.nobody();
    let sign_in = |login: &String| {
        let (nobody, login) = (nobody.clone(), login.clone());
        async move { login_from(&nobody, "", &login, PASSWORD).await.status.as_u16() }
    };
    let answers = futures::future::join_all(logins.iter().map(sign_in)).await;
    assert!(answers.iter().all(|status| *status == 200), "{answers:?}");
}

#[tokio::test]
async fn a_login_that_is_none_is_refused_before_anything_is_kept() {
    let app = TestApp::start().await;
    let nobody = set_up(&app).await;
    let answer = login_from(&nobody, "", &"x".repeat(129), "wrong").await;
    assert_eq!(answer.invalid(), [("/login".to_owned(), "user.login_format".to_owned())]);
    for _ in 0..20 {
        login_from(&nobody, "", &"x".repeat(4000), "wrong").await;
    }
    // Nothing of it was counted.
    login_from(&nobody, "", &"x".repeat(128), "wrong").await.problem(401, "login.failed");
}

#[tokio::test]
async fn what_no_longer_counts_is_forgotten_by_a_job() {
    let app = TestApp::start().await;
    let nobody = set_up(&app).await;
    let rows = || async { app.app.prune_attempt_limits().await.unwrap() };
    login_from(&nobody, "", "nobody", "wrong").await.problem(401, "login.failed");
    assert_eq!(rows().await, 0);
    let _done = app.work().await;
    app.pass(TimeDelta::hours(2));
    assert!(app.work().await > 0);
    assert_eq!(rows().await, 0, "the job has forgotten them");
}

#[tokio::test]
async fn an_unknown_and_a_known_login_are_held_off_alike() {
    let app = TestApp::start().await;
    let nobody = set_up(&app).await;
    login_from(&nobody, "", "admin", RIGHT).await.ok();
    for n in 0..10 {
        login_from(&nobody, "", &format!("nobody-{n}"), "wrong").await.problem(401, "login.failed");
    }
    let strip = |answer: &Answered| -> Value {
        let mut body = answer.json();
        body["request_id"] = Value::Null;
        body
    };
    let unknown = login_from(&nobody, "", "nobody", "wrong").await;
    let wrong = login_from(&nobody, "", "admin", "wrong").await;
    assert_eq!((unknown.status.as_u16(), strip(&unknown)), (429, strip(&wrong)));
    assert_eq!(unknown.header("retry-after"), wrong.header("retry-after"));
}
