//! What a mail server may do: nothing is lost, nothing comes twice without need, a repeat has the same Message-ID.

use chrono::TimeDelta;
use fabu_domain::{ids::UserId, people::role::Role};
use fabu_testkit::{Actor, Company, SmtpServer, TestApp, TlsFront, Turn, mailer};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

fn id(person: &Actor) -> UserId {
    person.id.parse().unwrap()
}

async fn world() -> (TestApp, Company, SmtpServer) {
    let (app, server) = (TestApp::start().await, SmtpServer::start().await);
    let company = app.company().await;
    app.mail_to(&server.url());
    (app, company, server)
}

/// Every delivery, the first first.
async fn deliveries(company: &Company) -> Vec<Value> {
    let admin = company.admin().again().await;
    let mut items = admin.get("/deliveries?limit=100").await.ok()["items"].as_array().unwrap().clone();
    items.reverse();
    items
}

async fn states(company: &Company) -> Vec<String> {
    deliveries(company).await.iter().map(|one| one["state"].as_str().unwrap().to_owned()).collect()
}

fn message_ids(server: &SmtpServer) -> Vec<String> {
    server.taken().into_iter().map(|mail| mail.message_id).collect()
}

/// A mail server with a certificate of the company's own authority is trusted with that authority, not without it, and not
/// under another name.
#[tokio::test]
async fn a_mail_server_is_trusted_by_its_own_authority_and_name_only() {
    let server = SmtpServer::start().await;
    let (front, misnamed) =
        (TlsFront::start(server.port(), "127.0.0.1").await, TlsFront::start(server.port(), "mail.example.cn").await);
    let check = async |front: &TlsFront, authority: Option<&TlsFront>| {
        let authority = authority.map(|front| front.authority.clone().into_bytes());
        mailer(&format!("smtps://127.0.0.1:{}", front.port), None, authority).unwrap().check().await
    };
    check(&front, Some(&front)).await.unwrap();
    for (front, authority, reason) in [
        (&front, None, "UnknownIssuer"),
        (&front, Some(&misnamed), "invalid peer certificate"),
        (&misnamed, Some(&misnamed), "not valid for"),
    ] {
        let error = check(front, authority).await.unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
}

#[tokio::test]
async fn a_server_that_is_down_for_an_hour_loses_nothing() {
    let (app, company, server) = world().await;
    server.set_down(true);
    for n in 0..5 {
        app.notify(id(company.of(Role::ReleaseOwner)), n).await;
    }
    let mut latencies = Vec::new();
    for minute in 0..60 {
        if minute % 10 == 0 {
            let (_, took) = tokio::join!(app.work(), timed_calls(&company));
            latencies.extend(took);
        }
        app.work().await;
        app.pass(TimeDelta::minutes(1));
    }
    latencies.sort();
    let median = latencies[latencies.len() / 2];
    assert!(median < Duration::from_millis(200), "the API answers as usual, not after {median:?}");
    assert_eq!(server.taken().len(), 0);
    let tried = deliveries(&company).await;
    assert!(tried.iter().all(|one| (3..=4).contains(&one["attempts"].as_i64().unwrap())), "one try for each step: {tried:?}");
    assert!(tried.iter().all(|one| one["state"] == "pending"), "{tried:?}");
    server.set_down(false);
    let mut minutes = 0;
    while server.taken().len() < 5 && minutes < 10 {
        app.pass(TimeDelta::minutes(1));
        app.work().await;
        minutes += 1;
    }
    assert_eq!(states(&company).await, ["sent"; 5], "all are sent within {minutes} minutes after the return");
    app.pass(TimeDelta::hours(12));
    app.work().await;
    let ids = message_ids(&server);
    assert_eq!((ids.len(), ids.iter().collect::<BTreeSet<_>>().len()), (5, 5), "each once");
}

/// Calls that read and one that writes, as people give them; how long each took.
async fn timed_calls(company: &Company) -> Vec<Duration> {
    let reader = company.of(Role::ReleaseTester).again().await;
    let mut took = Vec::new();
    for path in ["/releases", "/tasks", "/approvals", "/me"] {
        let begin = Instant::now();
        reader.get(path).await.ok();
        took.push(begin.elapsed());
    }
    let begin = Instant::now();
    reader.patch("/me", serde_json::json!({ "language": "en" })).await.ok();
    took.push(begin.elapsed());
    took
}

#[tokio::test]
async fn a_mail_that_never_gets_through_uses_up_no_tries_at_every_look() {
    let (app, company, server) = world().await;
    // The server is there and takes other mails; this one alone breaks the connection every time.
    server.play(vec![Turn::DropBeforeKeeping; 20]);
    app.notify(id(company.of(Role::ReleaseOwner)), 1).await;
    for _ in 0..60 {
        app.work().await;
        app.pass(TimeDelta::minutes(1));
    }
    let tried = deliveries(&company).await;
    assert_eq!(tried[0]["state"], "pending");
    assert!(tried[0]["attempts"].as_i64().unwrap() <= 6, "{tried:?}");
}

#[tokio::test]
async fn a_temporary_refusal_is_tried_again_and_comes_once() {
    let (app, company, server) = world().await;
    server.play([Turn::RefuseRecipient("451 4.2.1 try later"), Turn::RefuseData("452 4.3.1 no room")]);
    app.notify(id(company.of(Role::ReleaseOwner)), 1).await;
    app.work().await;
    let waiting = deliveries(&company).await;
    assert_eq!(
        (&waiting[0]["state"], waiting[0]["last_error"].as_str().unwrap().contains("try later")),
        (&"pending".into(), true)
    );
    for minutes in [1, 10] {
        app.pass(TimeDelta::minutes(minutes));
        app.work().await;
    }
    assert_eq!((states(&company).await, message_ids(&server).len()), (vec!["sent".to_owned()], 1));
}

#[tokio::test]
async fn a_bad_recipient_parks_alone() {
    let (app, company, server) = world().await;
    server.play([Turn::Accept, Turn::RefuseRecipient("550 5.1.1 no such user"), Turn::Accept, Turn::RefuseData("554 5.6.0 no")]);
    for (n, role) in [Role::ReleaseOwner, Role::ReleaseTester, Role::Implementer, Role::Auditor].into_iter().enumerate() {
        app.notify(id(company.of(role)), n).await;
    }
    app.work().await;
    assert_eq!(states(&company).await, ["sent", "parked", "sent", "parked"]);
    app.pass(TimeDelta::days(3));
    app.work().await;
    assert_eq!(server.taken().len(), 2, "a parked mail is not tried again");
}

#[tokio::test]
async fn a_connection_lost_before_the_answer_repeats_the_same_message() {
    let (app, company, server) = world().await;
    server.play([Turn::DropBeforeKeeping]);
    app.notify(id(company.of(Role::ReleaseOwner)), 1).await;
    app.work().await;
    app.pass(TimeDelta::minutes(1));
    app.work().await;
    assert_eq!((states(&company).await, server.taken().len()), (vec!["sent".to_owned()], 1), "nothing was kept, so it came once");
    server.play([Turn::DropAfterKeeping]);
    app.notify(id(company.of(Role::ReleaseOwner)), 2).await;
    app.work().await;
    app.pass(TimeDelta::minutes(1));
    app.work().await;
    let ids = message_ids(&server);
    assert_eq!(states(&company).await, ["sent", "sent"]);
    assert_eq!((ids.len(), &ids[1]), (3, &ids[2]), "one repeat, with the same Message-ID");
}

#[tokio::test]
async fn a_slow_answer_is_waited_for() {
    let (app, company, server) = world().await;
    server.play([Turn::AcceptAfter(Duration::from_secs(2))]);
    app.notify(id(company.of(Role::ReleaseOwner)), 1).await;
    app.work().await;
    assert_eq!((states(&company).await, server.taken().len()), (vec!["sent".to_owned()], 1));
}

#[tokio::test]
async fn a_wrong_password_is_no_loss() {
    let (app, company, server) = world().await;
    server.require_login("fabu", "right");
    app.mail_to(&server.url_for("fabu", "wrong"));
    app.notify(id(company.of(Role::ReleaseOwner)), 1).await;
    app.work().await;
    assert_eq!(states(&company).await, ["pending"]);
    app.mail_to(&server.url_for("fabu", "right"));
    app.pass(TimeDelta::minutes(1));
    app.work().await;
    assert_eq!((states(&company).await, server.taken().len()), (vec!["sent".to_owned()], 1));
}

#[tokio::test]
async fn what_is_never_accepted_has_failed_after_eight_tries() {
    let (app, company, server) = world().await;
    server.set_down(true);
    app.notify(id(company.of(Role::ReleaseOwner)), 1).await;
    for _ in 0..50 {
        app.work().await;
        app.pass(TimeDelta::hours(1));
    }
    let failed = deliveries(&company).await;
    assert_eq!((&failed[0]["state"], &failed[0]["attempts"]), (&"failed".into(), &8.into()));
}

#[tokio::test]
async fn two_workers_send_each_of_many_mails_once_over_few_connections() {
    let (app, company, server) = world().await;
    let sibling = app.sibling();
    sibling.mail_to(&server.url());
    for n in 0..80 {
        app.notify(id(company.of(Role::ReleaseOwner)), n).await;
    }
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let options = fabu_testkit::WorkerOptions { poll: Duration::from_millis(50), ..Default::default() };
    let workers =
        [&app, &sibling].map(|one| tokio::spawn(fabu_testkit::run_worker(one.context(), options.clone(), stopped.clone())));
    server.wait_for(80, Duration::from_secs(60)).await;
    stop.send_replace(true);
    for worker in workers {
        worker.await.unwrap();
    }
    let ids = message_ids(&server);
    assert_eq!((ids.len(), ids.iter().collect::<BTreeSet<_>>().len()), (80, 80));
    assert!(server.most_connections() <= 8, "four for each process, not {}", server.most_connections());
    assert!(states(&company).await.iter().all(|state| state == "sent"), "a stop waits for what is under way");
}
