//! §3.2, DESIGN 8: every row that counts has its digest in the log.

use crate::support::*;
use fabu_domain::subject::log::LogEntry;
use fabu_store::{
    Backend, LogOrder, RecordFault, Store, StoreError,
    testing::{OldProgram, TestDatabase, migrated},
};
use sha2::{Digest as _, Sha256};

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

/// Digests that sort before older ones would let an old state of a row pass for its last.
#[test]
fn goes_on_above_every_position_and_tells_of_a_sequence_that_was_set_back() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    if store.backend() == Backend::Sqlite {
        return;
    }
    let name = |name: &'static str| write(store, move |tx| tx.set_instance("company", name, &[entry("instance.changed")]));
    name("甲");
    name("乙");
    database.execute("SELECT setval('record_positions', 1)").unwrap();
    name("丙");
    let set_back = "database: the sequence record_positions was set back below positions that were given";
    assert_eq!(faults(store), [set_back]);
    database.execute("UPDATE instance SET value = '乙'").unwrap();
    let older = "instance setting company: is not what the log says: value changed (table instance)";
    assert_eq!(faults(store), [older, set_back]);
}

#[test]
fn finds_digests_that_stand_before_those_of_older_entries() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    let name = |name: &'static str, minutes: i64| {
        write(store, move |tx| {
            let entry = LogEntry { recorded_at: at(minutes), ..entry("instance.changed") };
            tx.set_instance("company", name, &[entry])
        });
    };
    name("甲", 0);
    name("乙", 1);
    write(store, |tx| tx.seal(100));
    name("丙", 120);
    assert_eq!(faults(store), Vec::<String>::new());
    let sha256 = hex::encode(Sha256::digest("1\n[]"));
    let forged = format!(
        "UPDATE event_records SET position = 1, records = '[]', sha256 = '{sha256}' \
         WHERE position = (SELECT max(position) FROM event_records)"
    );
    database
        .execute(&match store.backend() {
            Backend::Postgres => {
                format!("ALTER TABLE event_records DISABLE TRIGGER USER; {forged}; ALTER TABLE event_records ENABLE TRIGGER USER")
            }
            Backend::Sqlite => format!("DROP TRIGGER event_records_refuse_update; {forged}"),
        })
        .unwrap();
    let what = "stand before those of entries sealed earlier: the order was changed outside the program";
    for sealed in [false, true] {
        let found = faults(store);
        assert!(found.iter().any(|fault| fault.ends_with(what)), "sealed {sealed}: {found:#?}");
        write(store, |tx| tx.seal(100));
    }
}

/// With this setting PostgreSQL fires no triggers: nothing would note what changes.
#[test]
fn refuses_to_open_a_database_whose_triggers_are_switched_off() {
    let database = TestDatabase::create().unwrap();
    if database.store().backend() == Backend::Sqlite {
        return;
    }
    let set = |role: &str| {
        let sql = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET session_replication_role = %s', current_database(), ";
        database.execute(&format!("{sql}'{role}'); END $$")).unwrap();
    };
    set("replica");
    match database.open() {
        Err(StoreError::Setup(text)) => assert!(text.contains("session_replication_role is replica"), "{text}"),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was opened"),
    }
    set("origin");
    database.open().unwrap();
    assert_eq!(faults(database.store()), Vec::<String>::new());
}

/// Triggers that were weakened are put back at the next start, also when nothing is to be migrated.
#[test]
fn puts_the_triggers_back_that_note_changes() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    if store.backend() == Backend::Sqlite {
        return;
    }
    database
        .execute(
            "CREATE OR REPLACE TRIGGER fabu_note_change_users AFTER UPDATE ON users FOR EACH ROW WHEN (false) \
             EXECUTE FUNCTION fabu_note_users(); ALTER TABLE tasks DISABLE TRIGGER fabu_note_rows_tasks; \
             DROP TRIGGER fabu_note_rows_register_records ON register_records",
        )
        .unwrap();
    assert_eq!(faults(store).len(), 3);
    assert_eq!(store.migrate(&migrated).unwrap(), 0);
    assert_eq!(faults(store), Vec::<String>::new());
}

/// Ways to change what a statement does, and what the check must say. What, how, and what is named.
#[rustfmt::skip]
const POSTGRES: &[(&str, &str, &str)] = &[
    // Triggers that do less than their names say.
    ("a guard that never fires", "DROP TRIGGER events_refuse_change ON events; CREATE TRIGGER events_refuse_change BEFORE UPDATE OR DELETE ON events FOR EACH ROW WHEN (false) EXECUTE FUNCTION refuse_change()", "the trigger events_refuse_change of events is not that of this program"),
    ("a guard of one kind of change only", "DROP TRIGGER seals_refuse_change ON seals; CREATE TRIGGER seals_refuse_change BEFORE UPDATE ON seals FOR EACH ROW EXECUTE FUNCTION refuse_change()", "the trigger seals_refuse_change of seals is not that of this program"),
    ("a guard of statements", "DROP TRIGGER seals_refuse_change ON seals; CREATE TRIGGER seals_refuse_change BEFORE UPDATE OR DELETE ON seals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()", "the trigger seals_refuse_change of seals is not that of this program"),
    ("a guard with another function", "CREATE FUNCTION pass() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; DROP TRIGGER seals_refuse_truncate ON seals; CREATE TRIGGER seals_refuse_truncate BEFORE TRUNCATE ON seals FOR EACH STATEMENT EXECUTE FUNCTION pass()", "the trigger seals_refuse_truncate of seals is not that of this program"),
    ("a guard switched off", "ALTER TABLE seals DISABLE TRIGGER seals_refuse_change", "the trigger seals_refuse_change of seals is switched off"),
    ("a guard of replicas only", "ALTER TABLE seals ENABLE REPLICA TRIGGER seals_refuse_change", "the trigger seals_refuse_change of seals is not that of this program"),
    ("new rows that are not noted", "CREATE OR REPLACE TRIGGER fabu_note_rows_users AFTER INSERT OR DELETE ON users FOR EACH ROW WHEN (false) EXECUTE FUNCTION fabu_note_users()", "the trigger fabu_note_rows_users of users is not that of this program"),
    ("changes that are not noted", "CREATE OR REPLACE TRIGGER fabu_note_change_users AFTER UPDATE ON users FOR EACH ROW WHEN (false) EXECUTE FUNCTION fabu_note_users()", "the trigger fabu_note_change_users of users is not that of this program"),
    ("a function that notes nothing", "CREATE OR REPLACE FUNCTION fabu_note_users() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF current_setting(''fabu.noting'', true) IS DISTINCT FROM ''on'' THEN RETURN NULL; END IF; RETURN NULL; END'", "the function fabu_note_users is not that of this program"),
    ("a function with a setting of its own", "ALTER FUNCTION fabu_note_users() SET search_path = pg_temp", "the function fabu_note_users is not that of this program"),
    ("one more trigger", "CREATE TRIGGER more BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION refuse_change()", "the trigger more of users is not of this program"),
    ("no trigger in this session", "SET LOCAL session_replication_role = replica", "session_replication_role is replica for this session"),
    ("no trigger in this database", "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET session_replication_role = replica', current_database()); END $$", "session_replication_role is replica for database fabu_test_"),
    ("no trigger for a role", "ALTER ROLE CURRENT_USER SET session_replication_role = local", "session_replication_role is local for role "),
    ("no trigger for a role here", "DO $$ BEGIN EXECUTE format('ALTER ROLE CURRENT_USER IN DATABASE %I SET session_replication_role = replica', current_database()); END $$", ", role "),
    ("references that are not checked", "ALTER TABLE tasks DISABLE TRIGGER ALL", "the switched-off check of references of tasks is not of this program"),
    // What else decides what a statement does.
    ("a rule", "CREATE RULE kept AS ON UPDATE TO users DO INSTEAD NOTHING", "the rule kept of users is not of this program"),
    ("security of rows", "ALTER TABLE users ENABLE ROW LEVEL SECURITY", "the table users is not that of this program"),
    ("a policy", "CREATE POLICY hidden ON users USING (login <> 'xie.ning')", "the policy hidden of users is not of this program"),
    ("a table that a crash empties", "ALTER TABLE counters SET UNLOGGED", "the table counters is not that of this program"),
    ("a table under another", "CREATE TABLE more () INHERITS (users)", "the table more under users is not of this program"),
    ("a trigger of the database", "CREATE FUNCTION seen() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER seen ON ddl_command_end EXECUTE FUNCTION seen()", "the event trigger seen is not of this program"),
    ("positions that begin again", "ALTER SEQUENCE record_positions RESTART", "the sequence record_positions was set back"),
    ("positions that fall", "ALTER SEQUENCE record_positions INCREMENT BY -1 MINVALUE -1000", "the sequence record_positions is not that of this program"),
    ("logins that may repeat", "ALTER TABLE users DROP CONSTRAINT \"users.login\"", "the constraint users.login of users is missing"),
    ("a reference to nothing", "ALTER TABLE user_credentials DROP CONSTRAINT user_credentials_user_id_fkey", "the constraint user_credentials_user_id_fkey of user_credentials is missing"),
    ("a reference that holds for new rows only", "ALTER TABLE user_credentials DROP CONSTRAINT user_credentials_user_id_fkey; ALTER TABLE user_credentials ADD CONSTRAINT user_credentials_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID", "the constraint user_credentials_user_id_fkey of user_credentials is not that of this program"),
    ("a deputy of oneself", "ALTER TABLE deputies DROP CONSTRAINT deputies_check", "the constraint deputies_check of deputies is missing"),
    ("a name that may be missing", "ALTER TABLE users ALTER COLUMN name DROP NOT NULL", "the column name of users is not that of this program"),
    ("a value of its own", "ALTER TABLE users ALTER COLUMN active SET DEFAULT true", "the column active of users is not that of this program"),
    ("one more column", "ALTER TABLE sessions ADD COLUMN more TEXT", "the column more of sessions is not of this program"),
    ("a key taken away", "ALTER TABLE report_sendings DROP CONSTRAINT report_sendings_pkey", "the constraint report_sendings_pkey of report_sendings is missing"),
];

#[test]
fn finds_every_change_of_the_schema() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    drop(stored_user(store, "wang"));
    let ways = match store.backend() {
        Backend::Postgres => POSTGRES,
        // Triggers, tables and indexes are one list of texts.
        Backend::Sqlite => &[("an index taken away", "DROP INDEX events_by_release", "the index events_by_release is missing")],
    };
    let mut missed = Vec::new();
    for (what, sql, named) in ways {
        let mut found: Vec<RecordFault> = Vec::new();
        let checked =
            database.tampered(sql, |tx| tx.check_database(&mut found).and_then(|()| tx.check_records(&mut found, |_| {})));
        let told: Vec<&str> = found.iter().map(|fault| fault.what.as_str()).collect();
        if !matches!(checked, Ok(Ok(_))) || !told.iter().any(|told| told.contains(named)) {
            missed.push(format!("{what}: {told:#?} lacks {named} ({checked:?})"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    assert_eq!(faults(store), Vec::<String>::new());
}

/// What a migration moves or writes anew keeps its proof; what was changed outside the program before it is still found.
#[test]
fn a_migration_carries_the_proof_of_the_rows_it_moves() {
    let old = || TestDatabase::filled(OldProgram::V0016).unwrap();
    let database = old();
    database.store().migrate(&migrated).unwrap();
    assert_eq!(faults(database.store()), Vec::<String>::new());
    let entries: Result<_, StoreError> =
        database.store().read_blocking(|tx| tx.events_of_subject("log/records", LogOrder::OldestFirst, None, 99));
    let moved = entries.unwrap().items.into_iter().filter(|record| record.entry.kind == "log.records_migrated");
    let tables: Vec<String> = moved.map(|record| record.entry.payload["table"].to_string()).collect();
    let said = |table: &str| tables.iter().any(|named| named.trim_matches('"') == table);
    assert!(said("register_records") && said("robots"), "{tables:?}");

    let tampered = old();
    tampered.execute("UPDATE robots SET body = replace(body, '\"active\":true', '\"active\":false'); UPDATE users SET email = 'x@example.com' WHERE login = 'auditor'").unwrap();
    tampered.store().migrate(&migrated).unwrap();
    let found = faults(tampered.store());
    let said = |what: &str| found.iter().any(|fault| fault.contains(what));
    assert!(said("person auditor: is not what the log says: email changed") && said("(table robots)"), "{found:#?}");
    assert_eq!(found.len(), 2, "{found:#?}");
}
