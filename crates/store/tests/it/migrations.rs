//! Migrations up, down and up again.

use fabu_domain::subjects::{
    registers::robot::ChatRobot,
    release::{Dossier, stage::Stage},
};
use fabu_store::{
    Backend, RecordCheck, StoreError,
    testing::{OldProgram, TestDatabase, migrated},
};

#[test]
fn migrates_up_down_and_up_again() {
    let database = TestDatabase::empty().unwrap();
    let store = database.store();
    let all = store.pending_migrations().unwrap();
    assert!(all > 0);
    assert_eq!(store.migrate(&migrated).unwrap(), all);
    assert_eq!(store.migrate(&migrated).unwrap(), 0);
    assert_eq!(store.revert_migrations().unwrap(), all);
    assert_eq!(store.migrate(&migrated).unwrap(), all);
    assert_eq!(store.pending_migrations().unwrap(), 0);
}

#[test]
fn refuses_a_schema_newer_than_the_program() {
    let database = TestDatabase::create().unwrap();
    database.execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')").unwrap();
    for result in [database.store().migrate(&migrated), database.store().pending_migrations()] {
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

/// `fabu verify` compares a database with this list; `FABU_UPDATE_SNAPSHOT=1` writes it anew after a migration.
#[test]
fn the_definitions_that_verify_demands_of_postgres_are_those_of_the_migrations() {
    let database = TestDatabase::create().unwrap();
    if database.store().backend() == Backend::Sqlite {
        return;
    }
    let is = database.definitions().unwrap();
    if std::env::var_os("FABU_UPDATE_SNAPSHOT").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/records/definitions.postgres.txt"), &is).unwrap();
        return;
    }
    let wanted = include_str!("../../src/records/definitions.postgres.txt");
    let only = |a: &str, b: &str| a.lines().filter(|l| !b.lines().any(|k| k == *l)).map(str::to_owned).collect::<Vec<_>>();
    let (here, there) = (only(&is, wanted), only(wanted, &is));
    let advice =
        "run this test once with FABU_UPDATE_SNAPSHOT=1 on PostgreSQL to write crates/store/src/records/definitions.postgres.txt";
    assert!(here.is_empty() && there.is_empty(), "only here: {here:#?}\nonly in the list: {there:#?}\n{advice}");
}

/// Every release with all that belongs to it.
fn releases(database: &TestDatabase) -> Vec<Dossier> {
    let read: Result<Vec<Dossier>, StoreError> = database.store().read_blocking(|tx| {
        let mut all = Vec::new();
        for number in ["REL-2026-0001", "REL-2026-0002"] {
            let id = tx.release_id(number)?.unwrap();
            all.push(tx.dossier(id)?.unwrap().as_ref().clone());
        }
        Ok(all)
    });
    read.unwrap()
}

const PROGRAMS: [OldProgram; 2] = [OldProgram::V0008, OldProgram::V0016];

#[test]
fn a_database_filled_by_an_older_program_migrates_up_with_all_it_holds() {
    PROGRAMS.into_iter().for_each(migrates_up_with_all_it_holds);
}

fn migrates_up_with_all_it_holds(program: OldProgram) {
    let database = TestDatabase::filled(program).unwrap();
    database.store().migrate(&migrated).unwrap();
    assert_eq!(database.definitions().unwrap(), TestDatabase::create().unwrap().definitions().unwrap());
    let stages: Vec<Stage> = releases(&database).iter().map(|dossier| dossier.release.stage).collect();
    assert_eq!(stages, [Stage::Completed, Stage::GoLiveApproval]);
    let checked: Result<_, StoreError> = database.store().read_blocking(|tx| {
        let (directory, log, mut records) = (tx.directory()?, tx.verify(1, &[])?, RecordCheck::default());
        tx.check_releases(None, 100, &mut records)?;
        Ok((directory.users.len(), directory.deputies.len(), tx.records::<ChatRobot>()?.len(), log, records))
    });
    let (people, deputies, robots, log, records) = checked.unwrap();
    assert!(people > 10 && (deputies, robots) == (1, 1), "{people} {deputies} {robots}");
    assert!(log.first_bad.is_none() && records.faults.is_empty(), "{log:?} {records:?}");
}

/// Down to the schema of the dump, one migration after the other, and up again: nothing that was there then is lost, and
/// what came later is made anew.
#[test]
fn the_newest_migrations_go_down_and_up_on_a_filled_database_without_loss() {
    let database = TestDatabase::filled(OldProgram::V0008).unwrap();
    database.store().migrate(&migrated).unwrap();
    let before = (releases(&database), database.describe().unwrap());
    let mut reverted = 0;
    while database.store().revert_last_migration().unwrap().as_str() > "0008" {
        reverted += 1;
    }
    let applied = database.store().migrate(&migrated).unwrap();
    assert_eq!(applied, reverted + 1, "0008 itself went down too");
    let fresh = database.open().unwrap();
    assert_eq!((releases(&database), database.describe().unwrap()), before);
    let log: Result<_, StoreError> = fresh.read_blocking(|tx| tx.verify(1, &[]));
    assert!(log.unwrap().first_bad.is_none());
}

/// Every way down works on tables with rows in them, too.
#[test]
fn every_migration_goes_down_on_a_filled_database() {
    let database = TestDatabase::filled(OldProgram::V0008).unwrap();
    let all = database.store().migrate(&migrated).unwrap() + 8;
    for _ in 0..all {
        database.store().revert_last_migration().unwrap();
    }
    assert_eq!(database.store().migrate(&migrated).unwrap(), all);
}
