//! Limits on attempts: counted one by one, however many ask at once.

use crate::support::*;
use chrono::TimeDelta;
use fabu_store::{Limit, testing::TestDatabase};
use std::sync::{Arc, Barrier};

const LIMIT: Limit = Limit { burst: 3, refill: TimeDelta::minutes(10) };

#[test]
fn refuses_after_the_burst_and_refills_with_time() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    let take = |minute: i64| write(store, move |tx| tx.take_attempt("a", LIMIT, at(minute)));
    let wait = |minute: i64| {
        let found = store.read_blocking(|r| r.attempt_limits(&["a".to_owned()], at(minute))).unwrap();
        // Kept to the millisecond.
        let wait = found.get("a").and_then(|full_at| LIMIT.wait(*full_at, at(minute)));
        wait.map(|wait| (wait + TimeDelta::milliseconds(1)).num_minutes())
    };
    assert_eq!((take(0), take(0), wait(0), take(0)), (true, true, None, true));
    assert_eq!((take(0), wait(0), wait(4)), (false, Some(10), Some(6)));
    assert!(write(store, |tx| tx.take_attempt("b", LIMIT, at(0))), "another key has a bucket of its own");
    assert_eq!((take(9), take(10), take(10)), (false, true, false));
    write(store, |tx| tx.give_attempt_back("a", LIMIT));
    assert_eq!((take(10), take(10)), (true, false));
    write(store, |tx| tx.forget_attempts("a"));
    assert_eq!((take(10), take(10), take(10), take(10)), (true, true, true, false));
}

#[test]
fn forgets_what_no_longer_counts() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    write(store, |tx| tx.count_until("known", at(60)));
    write(store, |tx| tx.count_until("known", at(30)));
    let known = |minute: i64| store.read_blocking(|r| r.attempt_limits(&["known".to_owned()], at(minute))).unwrap().len();
    assert_eq!((known(29), known(30)), (1, 0));
    assert_eq!(write(store, |tx| tx.prune_attempt_limits(at(29))), 0);
    assert_eq!(write(store, |tx| tx.prune_attempt_limits(at(30))), 1);
}

#[test]
fn gives_no_more_tokens_than_there_are_when_eight_ask_at_once_in_two_processes() {
    let database = TestDatabase::create().unwrap();
    let second = database.open().unwrap();
    let barrier = Arc::new(Barrier::new(8));
    let threads: Vec<_> = (0..8)
        .map(|n| {
            let (store, barrier) = (if n % 2 == 0 { database.store().clone() } else { second.clone() }, Arc::clone(&barrier));
            std::thread::spawn(move || {
                barrier.wait();
                write(&store, |tx| tx.take_attempt("a", LIMIT, at(0)))
            })
        })
        .collect();
    let taken = threads.into_iter().map(|t| t.join().unwrap()).filter(|taken| *taken).count();
    assert_eq!(taken, 3);
}
