//! Sessions: two windows renew at once and stay signed in; a password is changed once; a logout ends all of a login.

use crate::arena::{AT_ONCE, Arena, Log, Outcome, Shot, judge};
use chrono::TimeDelta;
use fabu_domain::people::role::Role;
use fabu_testkit::{Actor, Answered, PASSWORD};
use futures::future::{join, join_all};
use reqwest::Method;
use serde_json::json;
use std::collections::BTreeSet;

/// How often each race is run.
const ROUNDS: usize = 50;

fn cookie(answer: &Answered) -> String {
    let text = answer.header("set-cookie").unwrap_or_else(|| panic!("{} sets no cookie: {}", answer.request, answer.text));
    text.split(';').next().unwrap_or_default().to_owned()
}

/// A request of a browser that has only the cookie, to the process with this number.
async fn with_cookie(arena: &Arena, process: usize, path: &str, cookie: &str) -> Answered {
    let nobody = Actor::nobody(arena.url(process));
    nobody.send(nobody.request(Method::POST, path).header("Cookie", cookie)).await
}

async fn refresh(arena: &Arena, process: usize, cookie: &str) -> Answered {
    with_cookie(arena, process, "/auth/refresh", cookie).await
}

async fn signed_in(arena: &Arena) -> Answered {
    let person = arena.company.of(Role::Auditor);
    arena.app.nobody().post("/auth/login", json!({ "login": person.login, "password": person.password })).await.expect(200)
}

/// The page is open in several windows, and the requests reach two processes.
#[tokio::test]
async fn windows_that_renew_at_once_all_get_the_same_successor_and_stay_signed_in() {
    let arena = Arena::open().await;
    let mut token = cookie(&signed_in(&arena).await);
    for round in 0..ROUNDS {
        let renewed = join_all((0..AT_ONCE).map(|window| refresh(&arena, window, &token))).await;
        let successors: BTreeSet<String> = renewed.into_iter().map(|answer| cookie(&answer.expect(200))).collect();
        assert_eq!(successors.len(), 1, "round {round}");
        let successor = successors.into_iter().next().unwrap();
        assert_ne!(successor, token, "round {round}");
        token = successor;
        arena.app.pass(TimeDelta::seconds(11));
    }
}

/// A window that was slow gets the token that is in use now, not one that another window has already replaced.
#[tokio::test]
async fn a_window_that_comes_late_gets_the_newest_token_within_the_grace_and_none_after_it() {
    let arena = Arena::open().await;
    let first = cookie(&signed_in(&arena).await);
    let second = cookie(&refresh(&arena, 0, &first).await);
    let third = cookie(&refresh(&arena, 1, &second).await);
    assert_eq!(cookie(&refresh(&arena, 1, &first).await), third);
    arena.app.pass(TimeDelta::seconds(11));
    let fourth = cookie(&refresh(&arena, 0, &third).await);
    // Now it is a copy in other hands: the whole login ends, and the log says so once.
    let mut log = Log::begin(&arena.app).await;
    let copies = join_all((0..AT_ONCE).map(|window| refresh(&arena, window, &first))).await;
    copies.iter().for_each(|answer| drop(answer.problem(401, "session.ended")));
    let effects = log.read(&arena.app).await;
    assert_eq!(effects.iter().map(|entry| entry.kind.as_str()).collect::<Vec<_>>(), ["session.reuse_detected"]);
    refresh(&arena, 0, &fourth).await.problem(401, "session.ended");
}

/// A logout that meets a renewal of another window leaves no token of the login behind.
#[tokio::test]
async fn after_a_logout_no_renewal_at_the_same_moment_keeps_the_login_alive() {
    let arena = Arena::open().await;
    for round in 0..ROUNDS {
        let token = cookie(&signed_in(&arena).await);
        let leave = with_cookie(&arena, round, "/auth/logout", &token);
        let (renewed, left) = join(refresh(&arena, round + 1, &token), leave).await;
        let _left = left.expect(204);
        if renewed.status.is_success() {
            refresh(&arena, round, &cookie(&renewed)).await.problem(401, "session.ended");
        }
        refresh(&arena, round, &token).await.problem(401, "session.ended");
    }
}

#[tokio::test]
async fn several_logouts_of_one_login_are_one_event() {
    let arena = Arena::open().await;
    let mut log = Log::begin(&arena.app).await;
    for round in 0..8 {
        let token = cookie(&signed_in(&arena).await);
        log.read(&arena.app).await;
        let answers = join_all((0..AT_ONCE).map(|window| with_cookie(&arena, window, "/auth/logout", &token))).await;
        judge(Outcome::Same, &answers, &log.read(&arena.app).await, &format!("log_out in round {round}"));
    }
}

#[tokio::test]
async fn a_password_is_changed_once_and_every_login_and_confirmation_is_one_of_its_own() {
    let arena = Arena::open().await;
    let mut log = Log::begin(&arena.app).await;
    let mut person = arena.company.of(Role::Auditor).again().await;
    for round in 0..8 {
        log.read(&arena.app).await;
        let new = format!("{PASSWORD}-{round}");
        let body = json!({ "current_password": person.password, "new_password": new });
        let answers = arena.fire(&Shot::plain(&person, Method::PUT, "/me/password", body)).await;
        judge(Outcome::One, &answers, &log.read(&arena.app).await, &format!("change_password in round {round}"));
        person.password = new;
        person = person.again().await;

        log.read(&arena.app).await;
        let confirm = Shot::plain(&person, Method::POST, "/auth/reauthenticate", json!({ "password": person.password }));
        judge(Outcome::Each, &arena.fire(&confirm).await, &log.read(&arena.app).await, "reauthenticate");
        let body = json!({ "login": person.login, "password": person.password });
        let enter = Shot::plain(&arena.app.nobody(), Method::POST, "/auth/login", body);
        judge(Outcome::Each, &arena.fire(&enter).await, &log.read(&arena.app).await, "log_in");
    }
}

/// RELIABILITY 4.7: what ended long ago is forgotten, what lives or ended today is not.
#[tokio::test]
async fn sessions_are_forgotten_a_day_after_their_end() {
    let arena = Arena::open().await;
    let auditor = arena.company.of(Role::Auditor).id.parse().unwrap();
    let count = async || {
        let sessions = arena.app.app.store.read(move |tx| tx.sessions_of(auditor)).await;
        sessions.unwrap_or_else(|error: fabu_app::database::StoreError| panic!("{error}")).len()
    };
    arena.app.work().await;
    let before = count().await;
    assert_eq!(before, 1, "the one in which the company was made");
    arena.app.pass(TimeDelta::hours(20));
    let token = cookie(&signed_in(&arena).await);
    arena.app.work().await;
    assert_eq!(count().await, before + 1, "their end is not long ago");
    arena.app.pass(TimeDelta::hours(17));
    arena.app.work().await;
    assert_eq!(count().await, 1, "only the login of today is left");
    drop(token);
}
