//! The write lane and transactions under load and failure.

use crate::support::*;
use fabu_store::{
    Backend, LogFilter, Store, StoreError, StoreOptions,
    testing::{self, TestDatabase},
};
use std::{
    sync::mpsc,
    time::{Duration, Instant},
};

#[test]
fn leaves_nothing_of_a_failed_transaction() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    let failed: Result<(), StoreError> = store.write_blocking(|tx| {
        tx.insert_user(&user("wang"), None, &entry("user.created"))?;
        Err(StoreError::Stale { current: None })
    });
    assert!(matches!(failed, Err(StoreError::Stale { .. })));
    let panicked: Result<(), StoreError> = store.write_blocking(|tx| {
        tx.insert_user(&user("wang"), None, &entry("user.created"))?;
        panic!("on purpose");
    });
    assert!(matches!(panicked, Err(StoreError::Panicked)), "{panicked:?}");
    let (users, log) = store.read_blocking(|r| Ok::<_, StoreError>((r.directory()?.users.len(), r.verify(1, &[])?))).unwrap();
    assert_eq!((users, log.events, log.unsealed), (0, 0, 0));
    stored_user(store, "wang");
}

#[test]
fn sixteen_writers_take_turns_without_an_error() {
    let database = TestDatabase::create().unwrap();
    let second = database.open().unwrap();
    let end = Instant::now() + Duration::from_secs(3);
    let threads: Vec<_> = (0..16)
        .map(|n| {
            // Two stores, like two processes on one database.
            let store = if n % 2 == 0 { database.store().clone() } else { second.clone() };
            std::thread::spawn(move || {
                let mut done = 0_i64;
                while Instant::now() < end {
                    store
                        .write_blocking(|tx| {
                            let number = tx.next_number("release", 2026)?;
                            let mut noted = entry("release.created");
                            noted.payload = serde_json::json!({ "number": number });
                            tx.append(&[noted])
                        })
                        .unwrap();
                    done += 1;
                }
                done
            })
        })
        .collect();
    let counts: Vec<i64> = threads.into_iter().map(|t| t.join().unwrap()).collect();
    let total: i64 = counts.iter().sum();
    println!("{total} writes by 16 threads in 3 s: {counts:?}");
    assert!(counts.iter().all(|n| *n > 0), "nobody starves: {counts:?}");
    while write(database.store(), |tx| tx.seal(1000)) > 0 {}
    let found = database.store().read_blocking(|r| r.verify(1, &[])).unwrap();
    assert_eq!((found.events, found.seals, found.first_bad), (total, total, None));
    let last = database.store().read_blocking(|r| r.log_after(Some(total - 1), &LogFilter::default(), 9)).unwrap();
    assert_eq!(last.len(), 1);
    let next = write(database.store(), |tx| {
        tx.append(&[entry("release.created")])?;
        tx.next_number("release", 2026)
    });
    assert_eq!(next, total + 1);
}

/// RELIABILITY target 7: the worker is not starved, however many requests write.
#[test]
fn background_work_takes_turns_with_sixty_four_requests_that_write() {
    let database = TestDatabase::create().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let end = Instant::now() + Duration::from_secs(2);
    let write_until_the_end = |store: Store| async move {
        let mut done = 0_usize;
        while Instant::now() < end {
            store.write(|tx| tx.append(&[entry("thing.done")])).await.unwrap();
            done += 1;
        }
        done
    };
    let store = database.store().clone();
    let requests: Vec<_> = (0..64).map(|_| runtime.spawn(write_until_the_end(store.clone()))).collect();
    let background = runtime.block_on(write_until_the_end(store.for_background()));
    let requests: usize = requests.into_iter().map(|task| runtime.block_on(task).unwrap()).sum();
    println!("{background} writes of the background, {requests} of 64 requests");
    match store.backend() {
        Backend::Sqlite => assert!(background * 3 > requests, "every second turn"),
        // A connection of its own against all others.
        Backend::Postgres => assert!(background * 32 > requests, "more than twice the share of a request"),
    }
}

#[test]
fn says_busy_and_never_runs_what_was_given_up() {
    let database = TestDatabase::create().unwrap();
    let mut options = StoreOptions::new(database.url());
    options.wait = Duration::from_millis(100);
    options.connections = 1;
    let store = Store::open(&options).unwrap();
    // The lane of SQLite; on PostgreSQL the connection for requests and the one for background work.
    let taken = if store.backend() == Backend::Sqlite { 1 } else { 2 };
    let (started, has_started) = mpsc::channel();
    let (release, released) = mpsc::channel::<()>();
    let released = std::sync::Arc::new(std::sync::Mutex::new(released));
    let hold = |_| {
        let (slow, started, released) = (store.clone(), started.clone(), std::sync::Arc::clone(&released));
        std::thread::spawn(move || {
            slow.write_blocking(move |_| {
                started.send(()).unwrap();
                released.lock().unwrap().recv().unwrap();
                Ok::<(), StoreError>(())
            })
        })
    };
    let threads: Vec<_> = (0..taken).map(hold).collect();
    threads.iter().for_each(|_| has_started.recv().unwrap());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let late = runtime.block_on(store.write(|tx| tx.insert_user(&user("late"), None, &entry("user.created"))));
    assert!(matches!(late, Err(StoreError::Busy(_))), "{late:?}");
    let late = store.write_blocking(|tx| tx.insert_user(&user("late"), None, &entry("user.created")));
    assert!(matches!(late, Err(StoreError::Busy(_))), "{late:?}");
    threads.iter().for_each(|_| release.send(()).unwrap());
    threads.into_iter().for_each(|thread| thread.join().unwrap().unwrap());
    write(&store, |tx| tx.append(&[entry("x")]));
    assert_eq!(store.read_blocking(|r| r.user_by_login("late")).unwrap(), None);
}

/// RELIABILITY 4.1: a 503 comes within two seconds, also when another process holds the database.
#[test]
fn says_busy_within_two_seconds_while_another_process_holds_the_lock() {
    let database = TestDatabase::create().unwrap();
    let store = database.store().clone();
    if store.backend() != Backend::Sqlite {
        return;
    }
    let (held, has_held) = mpsc::channel();
    let (release, released) = mpsc::channel::<()>();
    let path = database.url().trim_start_matches("sqlite://").to_owned();
    let holder = std::thread::spawn(move || {
        testing::hold_sqlite(&path, || {
            held.send(()).unwrap();
            released.recv().unwrap();
        })
        .unwrap();
    });
    has_held.recv().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let begin = Instant::now();
    let late = runtime.block_on(store.write(|tx| tx.append(&[entry("late")])));
    assert!(matches!(late, Err(StoreError::Busy(_))), "{late:?}");
    assert!(begin.elapsed() < Duration::from_secs(2), "{:?}", begin.elapsed());
    release.send(()).unwrap();
    holder.join().unwrap();
    write(&store, |tx| tx.append(&[entry("again")]));
    while write(&store, |tx| tx.seal(100)) > 0 {}
    let kinds = store.read_blocking(|r| r.log_after(None, &LogFilter::default(), 9)).unwrap();
    let kinds: Vec<&str> = kinds.iter().map(|record| record.entry.kind.as_str()).collect();
    assert_eq!(kinds, ["again"], "what was given up is never run");
}

#[test]
fn reads_and_writes_from_asynchronous_code() {
    let database = TestDatabase::create().unwrap();
    let store = database.store().clone();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        store.write(|tx| tx.insert_user(&user("wang"), None, &entry("user.created"))).await.unwrap();
        let found = store.read(|r| r.user_by_login("wang")).await.unwrap();
        assert_eq!(found.map(|user| user.login), Some("wang".into()));
    });
}

#[test]
fn says_unavailable_or_setup_when_there_is_no_database() {
    let missing = Store::open(&StoreOptions::new("sqlite:///no/such/folder/fabu.sqlite"));
    assert!(matches!(missing.err(), Some(StoreError::Setup(_))));
    let down = Store::open(&StoreOptions::new("postgres://fabu@127.0.0.1:1/fabu"));
    assert!(matches!(down.err(), Some(StoreError::Unavailable(_))));
}

#[test]
fn takes_a_new_connection_when_the_server_has_cut_all() {
    let database = TestDatabase::create().unwrap();
    if database.store().backend() != Backend::Postgres {
        return;
    }
    let cut =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    stored_user(database.store(), "before");
    database.execute(cut).unwrap();
    assert!(database.store().read_blocking(|r| r.user_by_login("before")).unwrap().is_some());
    database.execute(cut).unwrap();
    stored_user(database.store(), "after");
}

#[test]
fn runs_a_transaction_again_that_lost_in_a_deadlock() {
    let database = TestDatabase::create().unwrap();
    let (a, b) = (stored_user(database.store(), "a").id, stored_user(database.store(), "b").id);
    let threads: Vec<_> = [(a, b), (b, a)]
        .into_iter()
        .map(|(first, second)| {
            let store = database.store().clone();
            std::thread::spawn(move || {
                for _ in 0..5 {
                    let counted = store.write_blocking(move |tx| {
                        for id in [first, second] {
                            let mut found = tx.credentials_for_update(id)?.unwrap();
                            found.failed_attempts += 1;
                            tx.set_credentials(id, &found, &[])?;
                        }
                        Ok::<(), StoreError>(())
                    });
                    counted.unwrap();
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    for id in [a, b] {
        let found = database.store().read_blocking(|r| r.credentials(id)).unwrap().unwrap();
        assert_eq!(found.failed_attempts, 10, "no attempt is lost");
    }
}
