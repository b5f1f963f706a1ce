//! What `cargo xtask bench worker` runs: mails per second out of a backlog, and the time from a commit to the mail at the
//! server, with the worker and a mail server in this process, on the database that `FABU_TEST_DATABASE` names.
//! Prints one JSON object. `bench_worker MAILS SAMPLES`.
#![expect(clippy::expect_used, reason = "a bench that cannot be prepared has failed")]

use fabu_app::{App, Settings, secrets::random_bytes};
use fabu_domain::{
    ids::{TimeOrderedIds, UserId},
    time::clock::SystemClock,
};
use fabu_testkit::{SmtpServer, TestDatabase, WorkerContext, WorkerOptions, mailer, notify_by_mail, run_worker};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

const READER: &str = "0192f3c1-7b1e-7000-8000-000000000001";
const PATIENCE: Duration = Duration::from_secs(600);

#[tokio::main]
async fn main() {
    let mut numbers = std::env::args().skip(1).map(|text| text.parse::<usize>().expect("a number"));
    let (mails, samples) = (numbers.next().unwrap_or(2000), numbers.next().unwrap_or(100));
    let database = TestDatabase::create().expect("a database");
    let truth = if database.url().starts_with("postgres") { "TRUE" } else { "1" };
    let person = format!(
        "INSERT INTO users (id, login, name, email, language, active, session_version, version) \
         VALUES ('{READER}', 'li.na', '李娜', 'li.na@example.com', 'zh-CN', {truth}, 1, 1)"
    );
    database.execute(&person).expect("a person");
    let folder = tempfile::tempdir().expect("a folder");
    let settings = Settings::new("https://fabu.example.com".parse().expect("an address"), folder.path(), random_bytes().to_vec());
    let app = App::new(database.store().clone(), Arc::new(SystemClock), Arc::new(TimeOrderedIds), settings);
    let (server, reader): (SmtpServer, UserId) = (SmtpServer::start().await, READER.parse().expect("an id"));
    for number in 0..mails {
        notify_by_mail(&app, reader, number).await;
    }
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let mut context = WorkerContext::new(app.clone()).expect("the background work can be prepared");
    context.mailer = mailer(&server.url(), None, None).expect("a way to the server");
    let begin = Instant::now();
    let worker = tokio::spawn(run_worker(context, WorkerOptions::default(), stopped));
    server.wait_for(mails, PATIENCE).await;
    let per_second = mails as f64 / begin.elapsed().as_secs_f64();
    let mut times = Vec::new();
    for number in 0..samples {
        let begin = Instant::now();
        notify_by_mail(&app, reader, mails + number).await;
        server.wait_for(mails + number + 1, PATIENCE).await;
        times.push(begin.elapsed().as_secs_f64() * 1000.0);
    }
    stop.send_replace(true);
    worker.await.expect("the worker stops");
    times.sort_by(f64::total_cmp);
    let at = |part: f64| times.get((times.len() as f64 * part) as usize).copied().unwrap_or_default();
    let figures = serde_json::json!({
        "mails": mails, "mails_per_second": per_second.round(), "samples": samples, "connections": server.most_connections(),
        "commit_to_mail_ms": { "median": at(0.5), "p99": at(0.99), "max": at(1.0 - f64::EPSILON) },
    });
    println!("{figures}");
}
