//! Append-only, sealed, and every tampering found.

use crate::support::*;
use fabu_store::{Backend, Cursor, LogFilter, LogOrder, Seal, StoreError, Verification, testing::TestDatabase};

fn sealed(entries: usize) -> TestDatabase {
    let database = TestDatabase::create().unwrap();
    let all: Vec<_> = (0..entries).map(|n| entry(&format!("thing.done_{n}"))).collect();
    write(database.store(), move |tx| tx.append(&all));
    while write(database.store(), |tx| tx.seal(4)) > 0 {}
    database
}

fn verify(database: &TestDatabase, kept: &[Seal]) -> Verification {
    database.store().read_blocking(|r| r.verify(1, kept)).unwrap()
}

fn head(database: &TestDatabase) -> Seal {
    database.store().read_blocking(|r| r.head()).unwrap().unwrap()
}

/// Runs SQL as somebody who first removes the protection.
fn tamper(database: &TestDatabase, sql: &str) {
    let (before, after) = match database.store().backend() {
        Backend::Postgres => ("SET session_replication_role = replica;", ""),
        Backend::Sqlite => (
            "PRAGMA foreign_keys=OFF; DROP TRIGGER events_refuse_update; DROP TRIGGER events_refuse_delete; \
             DROP TRIGGER seals_refuse_update; DROP TRIGGER seals_refuse_delete; DROP TRIGGER seals_refuse_replace;",
            "",
        ),
    };
    database.execute(&format!("{before} {sql}; {after}")).unwrap();
}

fn assert_found(database: &TestDatabase, kept: &[Seal], seq: i64, what: &str) {
    let fault = verify(database, kept).first_bad.expect("a fault is found");
    assert_eq!(fault.seq, seq, "{}", fault.what);
    assert!(fault.what.contains(what), "{}", fault.what);
}

#[test]
fn refuses_to_change_or_remove_entries_and_seals() {
    let database = sealed(2);
    for sql in ["UPDATE events SET kind = 'x'", "DELETE FROM events", "UPDATE seals SET seq = seq + 10", "DELETE FROM seals"] {
        let result = database.execute(sql);
        assert!(matches!(result, Err(StoreError::AppendOnly)), "{sql}: {result:?}");
    }
    let replace = match database.store().backend() {
        Backend::Sqlite => {
            ["INSERT OR REPLACE INTO events SELECT * FROM events", "INSERT OR REPLACE INTO seals SELECT * FROM seals"]
        }
        Backend::Postgres => ["TRUNCATE events CASCADE", "TRUNCATE seals"],
    };
    for sql in replace {
        assert!(matches!(database.execute(sql), Err(StoreError::AppendOnly)), "{sql}");
    }
    assert_eq!(verify(&database, &[]).first_bad, None);
}

#[test]
fn seals_in_order_without_gap_and_verifies() {
    let database = sealed(10);
    let waiting = entry("thing.waits");
    let id = waiting.id;
    write(database.store(), move |tx| tx.append(std::slice::from_ref(&waiting)));
    let found = verify(&database, &[head(&database)]);
    assert_eq!((found.events, found.seals, found.unsealed, found.first_bad.clone()), (11, 10, 1, None));
    assert_eq!(found.head, Some(head(&database)));
    let feed = database.store().read_blocking(|r| r.log_after(None, &LogFilter::default(), 100)).unwrap();
    assert_eq!(feed.iter().map(|record| record.seq).collect::<Vec<_>>(), (1..=10).map(Some).collect::<Vec<_>>());
    assert_eq!(feed[9].entry.kind, "thing.done_9");
    assert_eq!(feed[3].entry.payload, entry("x").payload);
    assert_eq!(feed[9].hash, Some(head(&database).hash));
    assert_eq!(write(database.store(), |tx| tx.seal(100)), 1);
    let last = database.store().read_blocking(|r| r.log_after(Some(10), &LogFilter::default(), 100)).unwrap();
    assert_eq!(last.iter().map(|record| record.entry.id).collect::<Vec<_>>(), [id]);
    let part = database.store().read_blocking(|r| r.verify(6, &[])).unwrap();
    assert_eq!((part.seals, part.first_bad), (6, None));
}

#[test]
fn filters_the_feed_and_pages_the_events_of_a_release() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    let (release, actor) = (id(), id());
    let mut entries: Vec<_> = (0..5).map(|n| of_release(release, n / 2)).collect();
    entries[4].actor = Some(actor);
    entries[4].kind = "approval.given".into();
    entries.push(entry("user.created"));
    let all = entries.clone();
    write(store, move |tx| tx.append(&all));
    while write(store, |tx| tx.seal(3)) > 0 {}
    let count = |filter: LogFilter| store.read_blocking(|r| r.log_after(None, &filter, 100)).unwrap().len();
    assert_eq!(count(LogFilter { release_id: Some(release), ..LogFilter::default() }), 5);
    assert_eq!(count(LogFilter { kind_prefix: Some("release.".into()), ..LogFilter::default() }), 4);
    assert_eq!(count(LogFilter { kind_prefix: Some("release_".into()), ..LogFilter::default() }), 0);
    assert_eq!(count(LogFilter { actor: Some(actor), ..LogFilter::default() }), 1);
    assert_eq!(count(LogFilter { subject: Some("tests/1".into()), ..LogFilter::default() }), 6);
    for order in [LogOrder::OldestFirst, LogOrder::NewestFirst] {
        let (mut seen, mut after) = (vec![], None);
        loop {
            let page = store.read_blocking(|r| r.events_of_release(release, order, after.as_ref(), 2)).unwrap();
            seen.extend(page.items.into_iter().map(|record| record.entry));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        if order == LogOrder::NewestFirst {
            seen.reverse();
        }
        assert_eq!(seen, entries[..5]);
    }
    let about = store.read_blocking(|r| r.events_of_subject("tests/1", LogOrder::OldestFirst, None, 9)).unwrap();
    assert_eq!(about.items.len(), 1, "entries of releases are found by their release");
}

/// RELIABILITY target 10: the order is that of the log, whatever the clock said.
#[test]
fn lists_the_events_of_a_release_as_they_happened_though_the_clock_stepped_back() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    let release = id();
    // The hour from 30 to 90 minutes comes twice; the later entries wait for their seal.
    let entries: Vec<_> = [30, 90, 30, 60, 10].into_iter().map(|minute| of_release(release, minute)).collect();
    let (sealed, waiting) = (entries[..3].to_vec(), entries[3..].to_vec());
    write(store, move |tx| tx.append(&sealed));
    while write(store, |tx| tx.seal(100)) > 0 {}
    write(store, move |tx| tx.append(&waiting));
    let page = |order, after: Option<&Cursor>| store.read_blocking(|r| r.events_of_release(release, order, after, 1)).unwrap();
    for order in [LogOrder::OldestFirst, LogOrder::NewestFirst] {
        let (mut seen, mut after) = (vec![], None);
        for n in 0..entries.len() {
            let found = page(order, after.as_ref());
            seen.extend(found.items.into_iter().map(|record| record.entry));
            after = found.next;
            if n == 3 && order == LogOrder::OldestFirst {
                // What a cursor names may be sealed before the next page is asked for.
                while write(store, |tx| tx.seal(100)) > 0 {}
            }
        }
        if order == LogOrder::NewestFirst {
            seen.reverse();
        }
        assert_eq!(seen, entries);
    }
}

#[test]
fn finds_a_changed_entry() {
    let all = ["kind = 'x'", "subject = 'x'", "request_id = 'x'", "version = 2", "release_version = 1", "payload = '{\"z\":1}'"];
    for set in all {
        let database = sealed(5);
        tamper(&database, &format!("UPDATE events SET {set} WHERE kind = 'thing.done_2'"));
        assert_found(&database, &[], 3, "is not what was sealed");
    }
}

#[test]
fn finds_a_clock_edit_and_a_changed_actor() {
    for column in ["occurred_at", "recorded_at"] {
        let database = sealed(3);
        tamper(&database, &format!("UPDATE events SET {column} = '2020-01-01 00:00:00.000000' WHERE kind = 'thing.done_1'"));
        assert_found(&database, &[], 2, "is not what was sealed");
    }
    let database = sealed(3);
    tamper(&database, "UPDATE events SET actor = id WHERE kind = 'thing.done_1'");
    assert_found(&database, &[], 2, "is not what was sealed");
}

/// An instant that is none is named, and stops no check of anything else. SQLite keeps any text in any column.
#[test]
fn finds_an_entry_that_cannot_be_read() {
    let database = sealed(5);
    let none = match database.store().backend() {
        Backend::Sqlite => "garbage",
        Backend::Postgres => "infinity",
    };
    tamper(&database, &format!("UPDATE events SET occurred_at = '{none}' WHERE kind = 'thing.done_2'"));
    assert_found(&database, &[], 3, "cannot be read");
    let earlier = format!("UPDATE events SET recorded_at = '{none}' WHERE kind = 'thing.done_0'");
    match database.store().backend() {
        Backend::Sqlite => database.execute(&earlier).unwrap(), // its triggers are gone
        Backend::Postgres => tamper(&database, &earlier),
    }
    assert_found(&database, &[], 1, "cannot be read");
    let mut faults = Vec::new();
    let coverage = database.store().read_blocking(|r| {
        r.check_database(&mut faults)?;
        r.check_records(&mut faults, |_| ())
    });
    assert!(coverage.is_ok(), "{coverage:?}");
    assert!(faults.iter().any(|fault| fault.record == "log" && fault.what.contains("cannot be read")), "{faults:?}");
}

/// The first fault hides no other: each seal is held against the stored hash of the one before.
#[test]
fn finds_every_changed_entry() {
    let database = sealed(6);
    tamper(&database, "UPDATE events SET kind = 'x' WHERE kind IN ('thing.done_1', 'thing.done_4')");
    let found = verify(&database, &[]);
    let numbers: Vec<i64> = found.first_bad.iter().chain(&found.more_bad).map(|fault| fault.seq).collect();
    assert_eq!((numbers, found.seals), (vec![2, 5], 6));
    assert_eq!(found.head.map(|seal| seal.seq), Some(1), "the last one before the first fault");
}

#[test]
fn finds_a_deleted_entry_and_a_deleted_seal() {
    let database = sealed(5);
    tamper(&database, "DELETE FROM events WHERE kind = 'thing.done_2'");
    assert_found(&database, &[], 3, "is missing");
    let database = sealed(5);
    tamper(&database, "DELETE FROM seals WHERE seq = 3");
    assert_found(&database, &[], 3, "is missing");
}

#[test]
fn finds_an_inserted_entry() {
    let database = sealed(3);
    let id = entry("x").id;
    tamper(
        &database,
        &format!(
            "INSERT INTO events SELECT '{id}', kind, version, subject, release_id, release_version, actor, on_behalf_of, request_id, \
             occurred_at, recorded_at, payload FROM events LIMIT 1"
        ),
    );
    assert_found(&database, &[], 4, "has no seal");
}

#[test]
fn finds_swapped_entries() {
    let database = sealed(5);
    tamper(
        &database,
        "UPDATE seals SET seq = 100 WHERE seq = 2; UPDATE seals SET seq = 2 WHERE seq = 4; UPDATE seals SET seq = 4 WHERE seq = 100",
    );
    assert_found(&database, &[], 2, "does not follow");
    let database = sealed(2);
    tamper(
        &database,
        "UPDATE events SET kind = 'thing.x' WHERE kind = 'thing.done_0'; UPDATE events SET kind = 'thing.done_0' WHERE kind = \
         'thing.done_1'; UPDATE events SET kind = 'thing.done_1' WHERE kind = 'thing.x'",
    );
    assert_found(&database, &[], 1, "is not what was sealed");
}

#[test]
fn finds_a_truncated_end_only_against_a_kept_seal() {
    let database = sealed(5);
    let kept = head(&database);
    tamper(&database, "DELETE FROM events WHERE kind IN ('thing.done_3', 'thing.done_4'); DELETE FROM seals WHERE seq > 3");
    assert_eq!(verify(&database, &[]).first_bad, None, "self-consistent");
    assert_found(&database, &[kept], 4, "cut off");
    // Growing over it does not hide it.
    let more: Vec<_> = (0..4).map(|_| entry("thing.more")).collect();
    write(database.store(), move |tx| tx.append(&more));
    assert_eq!(write(database.store(), |tx| tx.seal(9)), 4);
    assert_found(&database, &[kept], 5, "computed anew");
}

#[test]
fn finds_a_chain_computed_anew_only_against_a_kept_seal() {
    let database = sealed(5);
    let kept = head(&database);
    tamper(
        &database,
        "UPDATE events SET kind = 'thing.forged' WHERE kind = 'thing.done_1'; DELETE FROM seals WHERE seq > 1; \
         INSERT INTO unsealed_events (event_id) SELECT id FROM events WHERE kind <> 'thing.done_0' ORDER BY id",
    );
    assert_eq!(write(database.store(), |tx| tx.seal(9)), 4);
    assert_eq!(verify(&database, &[]).first_bad, None, "self-consistent");
    assert_found(&database, &[kept], 5, "computed anew");
}
