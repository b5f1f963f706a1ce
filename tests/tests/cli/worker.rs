//! The worker as a process: killed under load, and stopped.

use crate::support::Instance;
use fabu_app::{
    App, Settings,
    database::{Store, StoreOptions},
    deliveries::Delivery,
};
use fabu_domain::{clock::SystemClock, delivery::DeliveryState, ids::TimeOrderedIds, ids::UserId};
use fabu_testkit::{SmtpServer, tell_by_mail};
use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

/// How many mails are put in between two kills.
const MAILS: usize = 40;

/// How often the worker is killed: a few times here, as often as `FABU_TEST_KILLS` says for the whole proof.
fn kills() -> usize {
    std::env::var("FABU_TEST_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(4)
}

/// The application on the instance's database, as another process sees it.
fn beside(instance: &Instance) -> App {
    let store = Store::open(&StoreOptions::new(instance.database().url())).unwrap();
    let settings = Settings::new("https://fabu.example.com", instance.data_dir(), vec![7; 32]);
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

#[tokio::test(flavor = "multi_thread")]
async fn kills_under_load_lose_nothing_and_repeat_at_most_what_was_in_flight() {
    let instance = Instance::migrated().await;
    let (app, reader, server) = (beside(&instance), person(&instance), SmtpServer::start().await);
    let arguments = ["--lease", "2"];
    let mut put_in = 0;
    for round in 0..kills() {
        for _ in 0..MAILS {
            tell_by_mail(&app, reader, put_in).await;
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
    let unsent = loop {
        let unsent: Vec<Delivery> =
            deliveries(&app).await.into_iter().filter(|delivery| delivery.state != DeliveryState::Sent).collect();
        if unsent.is_empty() || back.elapsed() > Duration::from_secs(60) {
            break unsent;
        }
        tokio::task::yield_now().await;
    };
    assert!(unsent.is_empty(), "not sent within 60 s: {unsent:?}");
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
    eprintln!("{put_in} mails, {} kills, {repeated} repeats, all sent {:?} after the last kill", kills(), back.elapsed());
}
