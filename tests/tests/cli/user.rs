use crate::support::{Instance, one_time_password};
use fabu_testkit::Actor;
use serde_json::json;

#[tokio::test]
async fn an_added_person_signs_in_and_must_choose_a_password() {
    let instance = Instance::empty();
    let server = instance.serve(&[]).await;
    let admin = instance.administrator(&server).await;
    assert_eq!(admin.get("/setup").await.ok()["needed"], false);
    let arguments = ["user", "add", "zhang.wei", "--name", "张伟", "--role", "release_owner", "--role", "support_staff"];
    let once = one_time_password(&instance.run(&arguments).await.ok());
    let nobody = Actor::nobody(&server.url);
    let login = nobody.post("/auth/login", json!({ "login": "zhang.wei", "password": once })).await.ok();
    let person = nobody.with_token(login["access_token"].as_str().unwrap());
    person.get("/users").await.problem(403, "password.change_required");
    let listed = instance.run(&["user", "list"]).await.ok();
    assert!(listed.contains("zhang.wei\t张伟\t\trelease_owner,support_staff"), "{listed}");
    let users: serde_json::Value = serde_json::from_str(&instance.run(&["user", "list", "--json"]).await.ok()).unwrap();
    assert_eq!(users.as_array().map(Vec::len), Some(2));
    assert!(!users.to_string().contains("argon2"), "no hash is shown");
    drop(server.stop("TERM").await.ok());
}

#[tokio::test]
async fn the_first_person_must_be_an_administrator() {
    let instance = Instance::migrated().await;
    let refused = instance.run(&["user", "add", "anna", "--name", "Anna", "--role", "auditor"]).await.refused();
    assert!(refused.contains("at least one active system administrator"), "{refused}");
    assert_eq!(instance.run(&["user", "list", "--all"]).await.ok(), "");
}

#[tokio::test]
async fn refuses_a_login_that_is_taken_and_every_invalid_field_at_once() {
    let instance = Instance::migrated().await;
    let add = ["user", "add", "admin", "--name", "A", "--role", "system_administrator"];
    drop(instance.run(&add).await.ok());
    assert!(instance.run(&add).await.refused().contains("the login is taken: admin"));
    let refused = instance.run(&["user", "add", "Anna!", "--name", "A", "--email", "nowhere", "--phone", "12"]).await.refused();
    for part in ["--login:", "--email:", "--phone:"] {
        assert!(refused.contains(part), "{refused}");
    }
    let unknown = instance.run(&["user", "add", "anna", "--name", "A", "--role", "king"]).await;
    assert_eq!(unknown.code, Some(2), "{}", unknown.err);
    assert!(unknown.err.contains("release_owner"), "{}", unknown.err);
}

#[tokio::test]
async fn a_given_password_is_checked_and_a_reset_ends_every_session() {
    let instance = Instance::empty();
    let server = instance.serve(&[]).await;
    let admin = instance.administrator(&server).await;
    let reset = ["user", "reset-password", "admin", "--ask-password"];
    let weak = instance.run_with_input(&reset, "password1234").await.refused();
    assert!(weak.contains("easy to guess"), "{weak}");
    drop(admin.get("/me").await.ok());
    let told = instance.run_with_input(&reset, "maple-window-61-lantern").await.ok();
    assert!(!told.contains("maple"), "a password that was typed is not printed: {told}");
    admin.get("/me").await.problem(401, "session.ended");
    let nobody = Actor::nobody(&server.url);
    let login = json!({ "login": "admin", "password": "maple-window-61-lantern" });
    drop(nobody.post("/auth/login", login).await.ok());
    drop(server.stop("TERM").await.ok());
}

#[tokio::test]
async fn a_disabled_account_is_signed_out_and_the_last_administrator_stays() {
    let instance = Instance::empty();
    let server = instance.serve(&[]).await;
    let admin = instance.administrator(&server).await;
    let refused = instance.run(&["user", "disable", "admin"]).await.refused();
    assert!(refused.contains("at least one active system administrator"), "{refused}");
    drop(instance.run(&["user", "add", "second", "--name", "B", "--role", "system_administrator"]).await.ok());
    drop(instance.run(&["user", "disable", "admin"]).await.ok());
    admin.get("/me").await.problem(401, "session.ended");
    assert!(!instance.run(&["user", "list"]).await.ok().contains("admin\t"));
    assert!(instance.run(&["user", "list", "--all"]).await.ok().contains("out of use"));
    drop(instance.run(&["user", "enable", "admin"]).await.ok());
    assert!(instance.run(&["user", "disable", "nobody"]).await.refused().contains("fabu user list"));
    drop(server.stop("TERM").await.ok());
}

/// A command whose database is reached over TLS ends as it should: nothing still opens a connection while the program ends.
#[tokio::test]
async fn commands_over_tls_end_well() {
    let instance = Instance::migrated().await;
    let url = instance.database().url();
    if !url.starts_with("postgres") {
        return; // a file has no TLS
    }
    let authority = std::env::var("FABU_TEST_POSTGRES_AUTHORITY").expect("set by `cargo xtask postgres`");
    let named = url.replace("@127.0.0.1:", "@localhost:");
    let over_tls = format!("{named}?sslmode=verify-full&sslrootcert={authority}");
    for n in 0..60 {
        let listed = instance.run(&["user", "list", "--all", "--database", &over_tls]).await;
        assert_eq!((listed.code, listed.err.as_str()), (Some(0), ""), "run {n}");
    }
}
