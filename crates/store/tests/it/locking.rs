//! Who writes a register holds the directory from before it was read.

use crate::support::{entry, stored_user, user};
use fabu_domain::people::directory::User;
use fabu_store::{DirectoryLock, StoreError, testing::TestDatabase};

fn renamed(before: &User) -> User {
    User { login: "b".to_owned(), name: user("b").name, version: before.version + 1, ..before.clone() }
}

#[test]
fn refuses_a_register_write_after_the_directory_was_read_without_its_lock() {
    let database = TestDatabase::create().unwrap();
    let user = stored_user(database.store(), "a");
    let change = renamed(&user);
    let careless: Result<i64, StoreError> = database.store().write_blocking(move |tx| {
        let known = tx.directory()?.users.len();
        assert_eq!(known, 1);
        tx.update_user(&change, 1, &entry("user.updated"))
    });
    assert!(matches!(careless, Err(StoreError::Unlocked)), "{careless:?}");
    let change = renamed(&user);
    let careful: Result<i64, StoreError> = database.store().write_blocking(move |tx| {
        tx.lock_directory(DirectoryLock::Exclusive)?;
        let known = tx.directory()?.users.len();
        assert_eq!(known, 1);
        tx.update_user(&change, 1, &entry("user.updated"))
    });
    assert_eq!(careful.unwrap(), 2);
}

#[test]
fn an_exclusive_lock_includes_the_shared_one_and_is_taken_once() {
    let database = TestDatabase::create().unwrap();
    let waits: Result<Vec<bool>, StoreError> = database.store().write_blocking(|tx| {
        let locks = [DirectoryLock::Exclusive, DirectoryLock::Shared, DirectoryLock::Exclusive];
        locks.into_iter().map(|lock| tx.lock_directory(lock)).collect()
    });
    let may_wait = database.store().backend() == fabu_store::Backend::Postgres;
    assert_eq!(waits.unwrap(), [may_wait, false, false]);
}
