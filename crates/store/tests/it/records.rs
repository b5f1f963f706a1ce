//! §3.2, DESIGN 8: every row that counts has its digest in the log.

use crate::support::*;
use fabu_store::{RecordFault, Store, StoreError, testing::TestDatabase};

fn faults(store: &Store) -> Vec<String> {
    let mut found: Vec<RecordFault> = Vec::new();
    store.read_blocking(|tx| tx.check_records(&mut found, |_| {}).and_then(|_| tx.check_database(&mut found))).unwrap();
    found.into_iter().map(|fault| format!("{}: {}", fault.record, fault.what)).collect()
}

#[test]
fn refuses_a_change_of_a_record_without_an_entry() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    let refused: Result<(), StoreError> = store.write_blocking(|tx| tx.set_instance("company", "甲", &[]));
    assert!(matches!(&refused, Err(StoreError::Unlogged { tables }) if tables == "instance"), "{refused:?}");
    assert_eq!(store.read_blocking(|r| r.instance("company")).unwrap(), None, "nothing was written");
}

#[test]
fn covers_what_the_migrations_put_in_and_what_is_written_later() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    drop(stored_user(store, "wang"));
    assert_eq!(faults(store), Vec::<String>::new());
    database.execute("UPDATE users SET email = 'x@example.com'; DELETE FROM calendar_days WHERE day = '2026-10-01'").unwrap();
    assert_eq!(
        faults(store),
        [
            "person wang: is not what the log says: email changed (table users)",
            "working calendar 2026, day 2026-10-01: is missing: it was removed outside the program (table calendar_days)",
        ]
    );
}

#[test]
fn takes_an_older_state_of_a_row_for_what_it_is() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    for name in ["甲", "乙"] {
        write(store, move |tx| tx.set_instance("company", name, &[entry("instance.changed")]));
    }
    database.execute("UPDATE instance SET value = '甲'").unwrap();
    assert_eq!(faults(store), ["instance setting company: is not what the log says: value changed (table instance)"]);
}

#[test]
fn names_every_table_in_the_list_and_no_other() {
    let database = TestDatabase::create().unwrap();
    let page = fabu_store::proof_page();
    let listed: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    let described = database.describe().unwrap();
    let mut tables: Vec<&str> = described.lines().filter_map(|line| Some(line.split_once('.')?.0)).collect();
    tables.retain(|table| !table.starts_with("index "));
    tables.dedup();
    for table in &tables {
        assert!(listed.contains(table), "{table} has no proof: add it to crates/store/src/records/tables.rs");
    }
    for table in listed {
        assert!(tables.contains(&table), "{table} is no table");
    }
}

/// A database of before has rows and entries, and no digests.
#[test]
fn takes_over_the_records_of_an_older_database_once() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    drop(stored_user(store, "wang"));
    let postgres = database.url().starts_with("postgres");
    database
        .execute(match postgres {
            true => "ALTER TABLE event_records DISABLE TRIGGER USER; DELETE FROM event_records; ALTER TABLE event_records ENABLE TRIGGER USER",
            false => {
                "DROP TRIGGER event_records_refuse_delete; DELETE FROM event_records; \
                 CREATE TRIGGER event_records_refuse_delete BEFORE DELETE ON event_records\n\
                 BEGIN SELECT RAISE (ABORT, 'event_records are append-only'); END"
            }
        })
        .unwrap();
    let adopt = || write(store, |tx| tx.adopt_records(|table, _| entry(&format!("log.records_adopted_{table}"))));
    let adopted = adopt().unwrap();
    assert!(adopted > 30, "{adopted}");
    assert_eq!(faults(store), Vec::<String>::new());
    assert_eq!(adopt(), None, "only once");
    database.execute("UPDATE users SET name = '冒名'").unwrap();
    assert_eq!(adopt(), None, "nothing is washed clean by a second start");
    assert_eq!(faults(store), ["person wang: is not what the log says: name changed (table users)"]);
}
