//! Deliveries: one row for a key, every try written down, lists, what is due.

use crate::support::{at, entry, id, write};
use fabu_domain::{
    language::Language,
    notifications::delivery::{AttemptOutcome, Channel, DeliveryState},
};
use fabu_store::{Delivery, DeliveryFilter, DeliveryOutcome, Store, StoreError, testing::TestDatabase};

fn delivery(key: &str, minutes: i64) -> Delivery {
    Delivery {
        id: id(),
        dedupe_key: key.into(),
        channel: Channel::Mail,
        recipient_id: Some(id()),
        address: "fang@example.cn".into(),
        kind: "decision_asked".into(),
        release_id: Some(id()),
        event_id: Some(id()),
        language: Language::Chinese,
        notice: serde_json::json!({ "kind": "decision_asked" }),
        state: DeliveryState::Pending,
        attempts: 0,
        next_at: Some(at(minutes)),
        sent_at: None,
        last_error: None,
        created_at: at(minutes),
        version: 1,
    }
}

fn insert(store: &Store, delivery: &Delivery) -> bool {
    let delivery = delivery.clone();
    write(store, move |tx| tx.insert_delivery(&delivery))
}

fn stored(store: &Store, delivery: &Delivery) -> Delivery {
    store.read_blocking(|tx| tx.delivery(delivery.id)).unwrap().unwrap()
}

fn outcome(outcome: AttemptOutcome, detail: &str, state: DeliveryState) -> DeliveryOutcome {
    let next_at = (state == DeliveryState::Pending).then(|| at(20));
    DeliveryOutcome { outcome, detail: detail.into(), state, next_at }
}

#[test]
fn keeps_one_message_for_a_key_and_every_try() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    let first = delivery("event/mail/fang", 0);
    assert!(insert(store, &first));
    assert!(!insert(store, &delivery("event/mail/fang", 1)));
    assert_eq!(stored(store, &first), first);
    assert_eq!(store.read_blocking(|tx| tx.oldest_due_delivery(at(5))).unwrap(), Some(at(0)));
    let deferred = outcome(AttemptOutcome::Deferred, "451 try later", DeliveryState::Pending);
    let accepted = outcome(AttemptOutcome::Accepted, "250 ok", DeliveryState::Sent);
    for (end, minutes, counted) in [(deferred, 1, true), (accepted.clone(), 20, true), (accepted, 21, false)] {
        assert_eq!(write(store, move |tx| tx.record_attempt(first.id, &end, at(minutes))), counted);
    }
    let sent = stored(store, &first);
    assert_eq!((sent.state, sent.attempts, sent.sent_at, sent.next_at), (DeliveryState::Sent, 2, Some(at(20)), None));
    let tries = store.read_blocking(|tx| tx.delivery_attempts(first.id)).unwrap();
    let tries: Vec<_> = tries.iter().map(|t| (t.number, t.outcome, t.detail.as_str())).collect();
    assert_eq!(tries, [(1, AttemptOutcome::Deferred, "451 try later"), (2, AttemptOutcome::Accepted, "250 ok")]);
    assert_eq!(store.read_blocking(|tx| tx.oldest_due_delivery(at(50))).unwrap(), None);
}

#[test]
fn takes_up_a_parked_message_as_it_was_seen_and_refuses_a_stale_one() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    let parked = Delivery { state: DeliveryState::Parked, next_at: None, ..delivery("a", 0) };
    assert!(insert(store, &parked));
    let again = move |seen| {
        let result: Result<(), StoreError> = store
            .write_blocking(move |tx| tx.resend_delivery(parked.id, seen, "li@example.cn", at(3), &entry("delivery.resent")));
        result
    };
    assert!(matches!(again(7), Err(StoreError::Stale { current: Some(1) })));
    again(1).unwrap();
    let now = store.read_blocking(|tx| tx.delivery(parked.id)).unwrap().unwrap();
    assert_eq!((now.state, now.address.as_str(), now.version), (DeliveryState::Pending, "li@example.cn", 2));
}

#[test]
fn lists_by_state_recipient_and_release_in_pages() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    let all: Vec<Delivery> = (0..5).map(|n| delivery(&n.to_string(), n)).collect();
    assert!(all.iter().all(|one| insert(store, one)));
    let first = DeliveryFilter::default();
    let page = store.read_blocking(|tx| tx.list_deliveries(&first, None, 3)).unwrap();
    let rest = store.read_blocking(|tx| tx.list_deliveries(&first, page.next.as_ref(), 3)).unwrap();
    let ids: Vec<_> = page.items.iter().chain(&rest.items).map(|one| one.id).collect();
    assert_eq!(ids, all.iter().rev().map(|one| one.id).collect::<Vec<_>>());
    let of = |filter: DeliveryFilter| store.read_blocking(|tx| tx.list_deliveries(&filter, None, 9)).unwrap().items.len();
    assert_eq!(of(DeliveryFilter { recipient_id: all[1].recipient_id, ..Default::default() }), 1);
    assert_eq!(of(DeliveryFilter { release_id: all[2].release_id, ..Default::default() }), 1);
    assert_eq!(of(DeliveryFilter { state: Some(DeliveryState::Sent), ..Default::default() }), 0);
    assert_eq!(of(DeliveryFilter { channel: Some(Channel::Robot), ..Default::default() }), 0);
}

#[test]
fn merges_what_a_digest_took() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    let held = Delivery { state: DeliveryState::Held, ..delivery("a", 0) };
    assert!(insert(store, &held) && insert(store, &delivery("b", 0)));
    let waiting = store.read_blocking(|tx| tx.held_deliveries()).unwrap();
    assert_eq!(waiting.iter().map(|one| one.id).collect::<Vec<_>>(), [held.id]);
    let ids = vec![held.id];
    assert_eq!(write(store, move |tx| tx.merge_deliveries(&ids)), 1);
    assert_eq!(stored(store, &held).state, DeliveryState::Merged);
}
