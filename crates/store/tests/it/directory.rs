//! The cached directory is never older than the last commit and never shows what was not committed.

use crate::support::*;
use fabu_store::{StoreError, testing::TestDatabase};
use std::sync::Arc;

#[test]
fn is_the_same_snapshot_until_a_register_changes() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    let read = || store.read_blocking(|r| r.directory()).unwrap();
    let first = read();
    assert!(Arc::ptr_eq(&first, &read()));
    write(store, |tx| tx.append(&[entry("nothing.changed")]));
    assert!(Arc::ptr_eq(&first, &read()));
    let user = stored_user(store, "wang");
    let second = read();
    assert!(second.version > first.version && second.users.contains_key(&user.id));
}

#[test]
fn sees_at_once_what_another_process_wrote() {
    let database = TestDatabase::create().unwrap();
    let other = database.open().unwrap();
    assert!(other.read_blocking(|r| r.directory()).unwrap().users.is_empty());
    for n in 1..=20 {
        stored_user(database.store(), &format!("u{n}"));
        assert_eq!(other.read_blocking(|r| r.directory()).unwrap().users.len(), n);
    }
}

#[test]
fn shows_a_transaction_its_own_changes_and_nobody_else() {
    let database = TestDatabase::create().unwrap();
    let store = database.store().clone();
    let before = store.read_blocking(|r| r.directory()).unwrap();
    let outside = store.clone();
    let seen = before.clone();
    let result: Result<(), StoreError> = store.write_blocking(move |tx| {
        tx.create_record(&department("甲"), None, &entry("department.created"))?;
        let own = tx.directory()?;
        assert_eq!(own.departments.len(), 1);
        assert!(Arc::ptr_eq(&own, &tx.directory()?));
        tx.create_record(&department("乙"), None, &entry("department.created"))?;
        assert_eq!(tx.directory()?.departments.len(), 2);
        assert!(Arc::ptr_eq(&outside.read_blocking(|r| r.directory())?, &seen));
        Err(StoreError::Stale { current: None })
    });
    assert!(result.is_err());
    assert!(Arc::ptr_eq(&store.read_blocking(|r| r.directory()).unwrap(), &before));
    // The version of the rolled back state is used again, for another state.
    write(&store, |tx| {
        tx.create_record(&department("丙"), None, &entry("department.created"))?;
        tx.create_record(&department("丁"), None, &entry("department.created"))?;
        tx.directory()
    });
    let after = store.read_blocking(|r| r.directory()).unwrap();
    let mut names: Vec<_> = after.departments.values().map(|d| d.name.to_string()).collect();
    names.sort();
    assert_eq!(names, ["丁", "丙"]);
}
