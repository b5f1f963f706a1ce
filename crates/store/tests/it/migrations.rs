//! Migrations up, down and up again.

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

/// The text is reviewed and the same for both databases; `FABU_UPDATE_SNAPSHOT=1` writes it anew after a migration.
#[test]
fn has_the_same_tables_columns_and_indexes_in_both_databases() {
    let is = TestDatabase::create().unwrap().describe().unwrap();
    if std::env::var_os("FABU_UPDATE_SNAPSHOT").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/schema.txt"), &is).unwrap();
    }
    let wanted = include_str!("schema.txt");
    let only = |a: &str, b: &str| a.lines().filter(|l| !b.lines().any(|k| k == *l)).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!((only(&is, wanted), only(wanted, &is)), (vec![], vec![]), "(only here, only in schema.txt)");
}
