//! The worker as a process: killed under load, and stopped.

use crate::support::Instance;
use fabu_app::{
    App, Settings,
    database::{Store, StoreOptions},
    deliveries::Delivery,
    secrets::random_bytes,
};
use fabu_domain::{
    ids::{TimeOrderedIds, UserId},
    notifications::delivery::DeliveryState,
    time::clock::SystemClock,
};
use fabu_testkit::{SmtpServer, TlsFront, Turn, notify_by_mail, proof};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, mpsc},
    time::{Duration, Instant},
};

/// How many mails are put in between two kills.
const MAILS: usize = 40;

/// How often the worker is killed.
fn kills() -> usize {
    proof("FABU_TEST_KILLS", 4)
}

/// How long a slow mail server takes to answer.
fn slow_reply() -> Duration {
    Duration::from_secs(proof("FABU_TEST_REPLY_SECONDS", 6))
}

/// The application on the instance's database, as another process sees it.
fn beside(instance: &Instance) -> App {
    let store = Store::open(&StoreOptions::new(instance.database().url())).unwrap();
    let settings = Settings::new("https://fabu.example.com".parse().unwrap(), instance.data_dir(), random_bytes().to_vec());
    App::new(store, Arc::new(SystemClock), Arc::new(TimeOrderedIds), settings)
}

/// Somebody with a mail address.
fn person(instance: &Instance) -> UserId {
    let id = "0192f3c1-7b1e-7000-8000-000000000001";
    let (row, bump) = (
        format!(
            "INSERT INTO users (id, login, name, email, language, active, session_version, version) \
             VALUES ('{id}', 'li.na', '李娜', 'li.na@example.com', 'zh-CN', {}, 1, 1);",
            if instance.database().url().starts_with("postgres") { "TRUE" } else { "1" }
        ),
        "UPDATE directory_state SET version = version + 1;",
    );
    instance.database().execute(&(row + bump)).unwrap();
    id.parse().unwrap()
}

async fn deliveries(app: &App) -> Vec<Delivery> {
    let all = app.store.read(|tx| {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let page = tx.list_deliveries(&Default::default(), after.as_ref(), 100)?;
            all.extend(page.items);
            after = page.next;
            if after.is_none() {
                return Ok::<_, fabu_app::AppError>(all);
            }
        }
    });
    all.await.unwrap()
}

/// Waits until every message is sent, for a minute.
async fn all_sent(app: &App) -> Vec<Delivery> {
    all_sent_within(app, Duration::from_secs(60)).await
}

async fn all_sent_within(app: &App, patience: Duration) -> Vec<Delivery> {
    let begin = Instant::now();
    loop {
        let found = deliveries(app).await;
        let unsent = found.iter().filter(|delivery| delivery.state != DeliveryState::Sent);
        let unsent: Vec<_> = unsent.map(|delivery| (delivery.id, delivery.state, &delivery.last_error)).collect();
        if unsent.is_empty() {
            return found;
        }
        assert!(begin.elapsed() < patience, "{} not sent within {patience:?}: {unsent:?}", unsent.len());
        tokio::task::yield_now().await;
    }
}

/// `--smtp-ca-file` names the company's own authority for the process that sends.
#[tokio::test(flavor = "multi_thread")]
async fn a_mail_goes_to_a_server_with_a_certificate_of_the_companys_own_authority() {
    let instance = Instance::migrated().await;
    let (app, reader, server) = (beside(&instance), person(&instance), SmtpServer::start().await);
    let front = TlsFront::start(server.port(), "127.0.0.1").await;
    let authority = instance.file("authority.pem", &front.authority);
    notify_by_mail(&app, reader, 1).await;
    let mut worker = instance.work(&format!("smtps://127.0.0.1:{}", front.port), &["--smtp-ca-file", &authority]);
    server.wait_for(1, Duration::from_secs(60)).await;
    worker.start_kill().unwrap();
    worker.wait().await.unwrap();
    let other = instance.file("other.pem", "no certificate");
    for (file, reason) in [(other.as_str(), "holds no certificate"), ("/no/such/file", "/no/such/file")] {
        let serve = ["serve", "--listen", "127.0.0.1:0", "--smtp-url", "smtps://mail.example.cn", "--mail-from", "a@example.cn"];
        let refused = instance.run(&[serve.as_slice(), &["--smtp-ca-file", file]].concat()).await.refused();
        assert!(refused.contains(reason), "{refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_comes_long_after_the_lease_would_have_ended_is_waited_for_by_one_worker() {
    let instance = Instance::migrated().await;
    let (app, reader, server) = (beside(&instance), person(&instance), SmtpServer::start().await);
    let (lease, reply) = (Duration::from_secs(1), slow_reply());
    server.play([Turn::AcceptAfter(reply)]);
    notify_by_mail(&app, reader, 1).await;
    let workers = [(), ()].map(|()| instance.work(&server.url(), &["--lease", "1"]));
    let begin = Instant::now();
    let sent = all_sent_within(&app, reply + Duration::from_secs(60)).await;
    assert!(begin.elapsed() > lease * 5, "the reply was slow");
    assert_eq!((server.taken().len(), sent[0].attempts), (1, 1), "the lease was renewed: nobody else took the mail up");
    for mut worker in workers {
        worker.start_kill().unwrap();
        worker.wait().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_between_the_reply_and_the_commit_repeats_the_mail_once_under_its_message_id() {
    let instance = Instance::migrated().await;
    let (app, reader, server) = (beside(&instance), person(&instance), SmtpServer::start().await);
    let patience = Duration::from_secs(30);
    server.hold_replies(true);
    notify_by_mail(&app, reader, 1).await;
    let mut worker = instance.work(&server.url(), &["--lease", "2"]);
    server.wait_for(1, patience).await;
    // The server has the mail and has not said so. Now nobody can write the row of the delivery.
    let id = deliveries(&app).await[0].id;
    let (locked, is_locked) = mpsc::channel();
    let (release, released) = mpsc::channel::<()>();
    let released = Mutex::new(released);
    let holder = app.clone();
    let holder = tokio::spawn(async move {
        let held = holder.store.write(move |tx| {
            let found = tx.delivery_for_update(id)?;
            locked.send(()).unwrap();
            released.lock().unwrap().recv().unwrap();
            Ok::<_, fabu_app::AppError>(found.is_some())
        });
        held.await.unwrap()
    });
    let waited = tokio::task::spawn_blocking(move || is_locked.recv_timeout(patience)).await.unwrap();
    waited.unwrap();
    server.hold_replies(false);
    server.wait_for_replies(1, patience).await;
    worker.start_kill().unwrap();
    worker.wait().await.unwrap();
    release.send(()).unwrap();
    assert!(holder.await.unwrap());
    assert_eq!(deliveries(&app).await[0].state, DeliveryState::Pending, "the 250 was never written down");
    let mut worker = instance.work(&server.url(), &["--lease", "2"]);
    let sent = all_sent(&app).await;
    worker.start_kill().unwrap();
    worker.wait().await.unwrap();
    let taken = server.taken();
    assert_eq!((taken.len(), sent[0].attempts), (2, 1), "it came twice, and not once more");
    assert_eq!(taken[0].message_id, taken[1].message_id);
    assert!(taken[0].message_id.contains(&id.to_string()), "{}", taken[0].message_id);
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_under_load_lose_nothing_and_repeat_at_most_what_was_in_flight() {
    let instance = Instance::migrated().await;
    let (app, reader, server) = (beside(&instance), person(&instance), SmtpServer::start().await);
    let arguments = ["--lease", "2"];
    let mut put_in = 0;
    for round in 0..kills() {
        for _ in 0..MAILS {
            notify_by_mail(&app, reader, put_in).await;
            put_in += 1;
        }
        let before = server.taken().len();
        let mut worker = instance.work(&server.url(), &arguments);
        // Killed in the middle of its work: after some mails of this round, not after all of them.
        server.wait_for(before + 3 + round * 5 % 20, Duration::from_secs(30)).await;
        worker.start_kill().unwrap();
        worker.wait().await.unwrap();
    }
    let back = Instant::now();
    let mut worker = instance.work(&server.url(), &arguments);
    all_sent(&app).await;
    let resumed = back.elapsed();
    worker.start_kill().unwrap();
    worker.wait().await.unwrap();
    let mut copies: BTreeMap<String, usize> = BTreeMap::new();
    for mail in server.taken() {
        *copies.entry(mail.message_id).or_default() += 1;
    }
    assert_eq!(copies.len(), put_in, "every message reached the server");
    // A worker sends four at a time; what it had sent and not written down when it was killed comes again, under its Message-ID.
    let repeated: usize = copies.values().map(|copies| copies - 1).sum();
    assert!(repeated <= 4 * kills(), "{repeated} repeats after {} kills", kills());
    eprintln!("{put_in} mails, {} kills, {repeated} repeats, all sent {resumed:?} after the last kill", kills());
}
