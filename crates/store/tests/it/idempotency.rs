//! One key, one effect, one answer.

use crate::support::*;
use fabu_store::{Idempotent, Store, StoreError, StoredAnswer, testing::TestDatabase};
use std::sync::{Arc, Barrier};

fn answer(n: i64) -> StoredAnswer {
    StoredAnswer {
        status: 201,
        headers: vec![("etag".into(), format!("\"{n}\""))],
        body: format!("{{\"n\":{n}}}\u{0}").into_bytes(),
    }
}

/// A request that takes a number; its answer holds the number.
fn request(store: &Store, principal: &'static str, body: u8) -> Result<Option<(bool, StoredAnswer)>, StoreError> {
    store.write_blocking(move |tx| {
        Ok(match tx.idempotency(principal, "key-1", "POST /releases", &[body; 32], at(0))? {
            Idempotent::New => {
                let given = answer(tx.next_number("release", 2026)?);
                tx.append(&[entry("release.created")])?;
                tx.keep_answer(principal, "key-1", &given)?;
                Some((true, given))
            }
            Idempotent::Replay(answer) => Some((false, answer)),
            Idempotent::OtherBody => None,
        })
    })
}

#[test]
fn replays_the_same_bytes_and_refuses_another_body() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    assert_eq!(request(store, "wang", 1).unwrap(), Some((true, answer(1))));
    assert_eq!(request(store, "wang", 1).unwrap(), Some((false, answer(1))));
    assert_eq!(request(store, "wang", 2).unwrap(), None);
    assert_eq!(request(store, "li", 1).unwrap(), Some((true, answer(2))), "the key of another person never matches");
    assert_eq!(write(store, |tx| tx.prune_idempotency(at(0))), 0);
    assert_eq!(write(store, |tx| tx.prune_idempotency(at(1))), 2);
    assert_eq!(request(store, "wang", 2).unwrap(), Some((true, answer(3))));
}

#[test]
fn has_one_effect_when_eight_requests_race() {
    let database = TestDatabase::create().unwrap();
    for round in 1..=10_u8 {
        let start = Arc::new(Barrier::new(8));
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let (store, start) = (database.store().clone(), Arc::clone(&start));
                std::thread::spawn(move || {
                    start.wait();
                    let principal: &'static str = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"][usize::from(round) - 1];
                    request(&store, principal, round)
                })
            })
            .collect();
        let answers: Vec<_> = threads.into_iter().map(|t| t.join().unwrap().unwrap().unwrap()).collect();
        assert_eq!(answers.iter().filter(|(new, _)| *new).count(), 1);
        assert!(answers.iter().all(|(_, given)| *given == answer(i64::from(round))));
    }
}

#[test]
fn reserves_nothing_when_the_request_fails_or_keeps_no_answer() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    let failed: Result<(), StoreError> = store.write_blocking(|tx| {
        assert_eq!(tx.idempotency("wang", "key-1", "POST /releases", &[1; 32], at(0))?, Idempotent::New);
        Err(StoreError::Stale { current: None })
    });
    assert!(failed.is_err());
    let forgot = store.write_blocking(|tx| tx.idempotency("wang", "key-1", "POST /releases", &[1; 32], at(0)));
    assert!(matches!(forgot, Err(StoreError::Unanswered)), "{forgot:?}");
    assert_eq!(request(store, "wang", 2).unwrap(), Some((true, answer(1))));
}
