//! Migrations up, down and up again.
#![expect(missing_docs, reason = "a test")]

use fabu_store::{StoreError, testing::TestDatabase};

#[test]
fn migrates_up_down_and_up_again() {
    let database = TestDatabase::empty().unwrap();
    let store = database.store();
    let all = store.pending_migrations().unwrap();
    assert!(all > 0);
    assert_eq!(store.migrate().unwrap(), all);
    assert_eq!(store.migrate().unwrap(), 0);
    assert_eq!(store.revert_migrations().unwrap(), all);
    assert_eq!(store.migrate().unwrap(), all);
    assert_eq!(store.pending_migrations().unwrap(), 0);
}

#[test]
fn refuses_a_schema_newer_than_the_program() {
    let database = TestDatabase::create().unwrap();
    database.execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')").unwrap();
    for result in [database.store().migrate(), database.store().pending_migrations()] {
        assert!(matches!(result, Err(StoreError::NewerSchema { ref found }) if found == "9999"), "{result:?}");
    }
}
