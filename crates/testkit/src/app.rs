//! A server for one test.

use crate::{Actor, Company};
use chrono::{DateTime, TimeDelta, Utc};
use fabu_api::{ServerOptions, limits::LimitOptions, live::Pace, serve};
use fabu_app::{
    App, Settings,
    deliveries::{Message, notify},
    settings::PasswordCost,
    verification::bring_up,
};
use fabu_domain::{
    ids::{IdSource, JobId, TimeOrderedIds, UserId},
    notifications::{
        delivery::Queue,
        notice::{Notice, NoticeKind, Topic, Wanted},
        robot_reach::RobotReach,
    },
    subject::{log::LogEntry, refusal::Text},
    time::clock::{Clock, ManualClock, SystemClock},
};
use fabu_store::{LogFilter, NewJob, Store, StoreError, StoreOptions, testing::TestDatabase};
use fabu_worker::jobs::Context;
use std::{
    net::TcpListener,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// A server on a port of its own, with its own empty database (of the kind that `FABU_TEST_DATABASE` names) and a clock that
/// stands still. Everything goes away with it.
pub struct TestApp {
    /// `http://127.0.0.1:port`.
    pub url: String,
    /// The clock of the server.
    pub clock: Arc<ManualClock>,
    /// The application behind the server.
    pub app: App,
    database: Arc<TestDatabase>,
    smtp: Mutex<Option<String>>,
    context: Context,
    _folder: tempfile::TempDir,
    stop: Box<dyn Fn() + Send + Sync>,
}

/// Live updates without a wait; a beat only as often as a test can count.
const PACE: Pace = Pace { look: Duration::from_millis(20), beat: Duration::from_millis(300) };

/// Monday, 2 March 2026, nine in the morning in Shanghai.
fn monday() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_413_200, 0).unwrap_or_default()
}

impl TestApp {
    /// Starts a server on an empty database.
    ///
    /// # Panics
    /// When the database or the port cannot be had.
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// Starts a server with changed settings.
    ///
    /// # Panics
    /// As [`TestApp::start`].
    pub async fn start_with(change: impl FnOnce(&mut Settings)) -> Self {
        Self::start_limited(LimitOptions::default(), change).await
    }

    /// Starts a server that lets less be under way at once, with changed settings.
    ///
    /// # Panics
    /// As [`TestApp::start`].
    pub async fn start_limited(limits: LimitOptions, change: impl FnOnce(&mut Settings)) -> Self {
        let database = tokio::task::spawn_blocking(TestDatabase::create).await;
        let database = Arc::new(database.expect("the database thread ends").expect("a test database"));
        let clock = Arc::new(ManualClock::new(monday()));
        let store = database.store().clone();
        Self::on(database, store, clock, limits, change)
    }

    /// Starts a server on a database that is there already, migrated as the program does at its start.
    ///
    /// # Panics
    /// When the port cannot be had or a migration fails.
    pub async fn start_on(database: TestDatabase) -> Self {
        let database = Arc::new(database);
        let migrating = Arc::clone(&database);
        let migrated = tokio::task::spawn_blocking(move || bring_up(migrating.store(), &SystemClock, &TimeOrderedIds)).await;
        let _applied = migrated.expect("the migration thread ends").expect("the migrations are applied");
        let store = database.store().clone();
        Self::on(database, store, Arc::new(ManualClock::new(monday())), LimitOptions::default(), |_| {})
    }

    /// A second server on the same database and with the same keys and clock, like another process.
    ///
    /// # Panics
    /// As [`TestApp::start`].
    #[must_use]
    pub fn sibling(&self) -> Self {
        self.beside(self.database.open().expect("the test database opens again"))
    }

    /// The same, reaching the database by another URL.
    ///
    /// # Panics
    /// When the database cannot be reached by it.
    #[must_use]
    pub fn sibling_at(&self, database_url: &str) -> Self {
        self.beside(Store::open(&StoreOptions::new(database_url)).expect("the test database opens by the other URL"))
    }

    fn beside(&self, store: Store) -> Self {
        let settings = self.app.settings.as_ref().clone();
        let (database, clock) = (Arc::clone(&self.database), Arc::clone(&self.clock));
        Self::on(database, store, clock, LimitOptions::default(), |new| *new = settings)
    }

    fn on(
        database: Arc<TestDatabase>,
        store: Store,
        clock: Arc<ManualClock>,
        limits: LimitOptions,
        change: impl FnOnce(&mut Settings),
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("a bound port"));
        let folder = tempfile::tempdir().expect("a temporary folder");
        let key = fabu_app::secrets::digest(b"the key of the tests").to_vec();
        let mut settings = Settings::new("https://fabu.example.com".parse().expect("an address"), folder.path(), key);
        settings.password_cost = PasswordCost::QUICK;
        // The server in place of the providers' listens there, without TLS.
        settings.robot_reach = RobotReach::parse(["http://127.0.0.1"]).expect("an address");
        change(&mut settings);
        let app = App::new(store, Arc::clone(&clock) as Arc<dyn Clock>, Arc::new(TimeOrderedIds), settings);
        let options = ServerOptions { workers: 2, shutdown: Duration::from_secs(1), signals: false, pace: PACE, limits };
        let (running, server) = serve(app.clone(), listener, options, None).expect("the server starts");
        tokio::spawn(server);
        let stop = Box::new(move || drop(running.stop(false)));
        let context = Context::new(app.clone()).expect("the background work can be prepared");
        Self { url, clock, app, database, smtp: Mutex::default(), context, _folder: folder, stop }
    }

    /// Moves the server's clock.
    pub fn pass(&self, by: TimeDelta) {
        self.clock.advance(by);
    }

    /// The database, to look at or to harm.
    #[must_use]
    pub fn database(&self) -> &TestDatabase {
        &self.database
    }

    /// Seals every event, as the worker does.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn seal(&self) {
        let sealed = self.app.store.write(|tx| tx.seal(100_000)).await;
        let _count: usize = sealed.expect("the log is sealed");
    }

    /// The log after this sequence number, whole, everything sealed.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn log_after(&self, after: i64) -> Vec<(i64, LogEntry)> {
        self.seal().await;
        let read = self.app.store.read(move |tx| tx.log_after(Some(after), &LogFilter::default(), 100_000));
        let records: Result<_, StoreError> = read.await;
        let records = records.expect("the log is read");
        records.into_iter().filter_map(|record| Some((record.seq?, record.entry))).collect()
    }

    /// Does all background work that is due at the clock's time, what follows from it included; the number of jobs done.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn work(&self) -> usize {
        fabu_worker::run_due(&self.context()).await.expect("the due work is done")
    }

    /// What the background work of this server works with: mails become files unless a mail server is set.
    ///
    /// # Panics
    /// When the address of the mail server is none.
    #[must_use]
    pub fn context(&self) -> Context {
        let mut context = self.context.clone();
        if let Some(url) = self.smtp.lock().unwrap_or_else(PoisonError::into_inner).as_deref() {
            context.mailer = fabu_worker::mailer(url, None, None).expect("the address of a mail server");
        }
        context
    }

    /// Sends mails to this server from now on.
    pub fn mail_to(&self, url: &str) {
        *self.smtp.lock().unwrap_or_else(PoisonError::into_inner) = Some(url.to_owned());
    }

    /// Puts in a mail to this person; the number makes it one of its own.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn notify(&self, reader: UserId, number: usize) {
        notify_by_mail(&self.app, reader, number).await;
    }

    /// Puts in a job of any kind.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn enqueue(&self, kind: &'static str, queue: Queue, payload: serde_json::Value) -> JobId {
        let (id, now) = (JobId(TimeOrderedIds.next()), self.clock.now());
        let job = NewJob {
            id,
            kind: kind.to_owned(),
            queue: queue.as_str().to_owned(),
            payload,
            unique_key: None,
            run_at: now,
            max_attempts: 3,
            created_at: now,
        };
        let added = self.app.store.write(move |tx| tx.enqueue(job.clone())).await;
        let _added: bool = added.expect("the job is put in");
        id
    }

    /// Somebody who has not signed in.
    #[must_use]
    pub fn nobody(&self) -> Actor {
        Actor::nobody(&self.url)
    }

    /// What the operator proves to be the operator with, as the program prints it.
    ///
    /// # Panics
    /// Never: a test has a key.
    #[must_use]
    pub fn set_up_token(&self) -> String {
        self.app.settings.set_up_token().expect("a key").expose().clone()
    }

    /// A company with somebody for every role, made through the API.
    ///
    /// # Panics
    /// When a call fails.
    pub async fn company(&self) -> Company {
        Company::found(self).await
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        (self.stop)();
    }
}

/// Puts in a mail to a person; the number makes it one of its own.
///
/// # Panics
/// When the database fails, or the number is not new.
pub async fn notify_by_mail(app: &App, reader: UserId, number: usize) {
    let teller = app.clone();
    let told = app.store.write(move |tx| {
        let (directory, now) = (tx.directory()?, teller.clock.now());
        let what = Text::same(format!("No. {number}"));
        let topic = Topic::Other { name: what.clone() };
        let notice = Notice::new(NoticeKind::Test, topic, Wanted::Know { what });
        let message = Message { reader, notice, cause: format!("test/{number}"), event_id: None };
        notify(tx, teller.ids.as_ref(), &directory, now, message)
    });
    assert!(told.await.expect("the mail is put in"), "No. {number} is new");
}
