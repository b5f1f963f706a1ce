//! What the schema consists of: tables, columns, constraints, indexes, triggers and the rest that decides what a statement
//! does, each with the text by which it is defined. It is compared with what the migrations of this program make: of SQLite
//! in a database in memory, of PostgreSQL as it stands in `definitions.postgres.txt`, which a test holds to the migrations.

use super::{noting::NAMES, tables::TABLES};
use crate::{
    StoreError,
    conn::{Backend, Conn},
    migrations,
};
use diesel::{prelude::*, sql_types::Text};
use std::collections::BTreeMap;

const POSTGRES: &str = include_str!("definitions.postgres.txt");

/// What follows the text of a trigger that does not fire.
const OFF: &str = " [switched off]";

/// Names such as `column email of users`, and the texts that define them.
pub(super) type Definitions = BTreeMap<String, String>;

#[derive(QueryableByName)]
struct Definition {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    text: String,
}

const READ_SQLITE: &str = "SELECT type || ' ' || name AS name, coalesce(sql, '') AS text FROM main.sqlite_schema \
    WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'";

/// Everything that hangs on a table of the program, and what works on the whole database. NOT NULL is told with the column:
/// newer servers list it among the constraints as well.
fn read_postgres() -> String {
    let tables = TABLES.iter().map(|table| format!("'{}'", table.name)).collect::<Vec<_>>().join(", ");
    format!(
        "WITH t AS (SELECT c.*, c.relname::text AS tbl FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace \
         AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relname IN ({tables}, '__diesel_schema_migrations')), \
         g AS (SELECT g.*, t.tbl FROM pg_trigger g JOIN t ON t.oid = g.tgrelid WHERE NOT g.tgisinternal) \
         SELECT 'table ' || tbl AS name, concat_ws(' ', CASE relkind WHEN 'r' THEN 'of rows' ELSE 'of kind ' || relkind::text END, \
         CASE relpersistence WHEN 'p' THEN NULL ELSE 'unlogged' END, \
         CASE WHEN relrowsecurity OR relforcerowsecurity THEN 'with row level security' END) AS text FROM t \
         UNION ALL SELECT format('column %s of %s', a.attname, tbl), concat_ws(' ', format_type(a.atttypid, a.atttypmod), \
         CASE WHEN a.attcollation <> y.typcollation THEN 'COLLATE ' || o.collname END, CASE WHEN a.attnotnull THEN 'NOT NULL' END, \
         'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), 'IDENTITY ' || nullif(a.attidentity::text, ''), \
         'GENERATED ' || nullif(a.attgenerated::text, '')) FROM t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 \
         AND NOT a.attisdropped JOIN pg_type y ON y.oid = a.atttypid LEFT JOIN pg_collation o ON o.oid = a.attcollation \
         LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum \
         UNION ALL SELECT format('constraint %s of %s', f.conname, tbl), pg_get_constraintdef(f.oid) \
         FROM t JOIN pg_constraint f ON f.conrelid = t.oid WHERE f.contype IN ('c', 'f', 'p', 'u', 'x') \
         UNION ALL SELECT format('index %s of %s', c.relname, tbl), pg_get_indexdef(c.oid, 0, true) \
         || CASE WHEN i.indisvalid AND i.indisready AND i.indislive THEN '' ELSE ' [not in use]' END \
         FROM t JOIN pg_index i ON i.indrelid = t.oid JOIN pg_class c ON c.oid = i.indexrelid \
         UNION ALL SELECT format('trigger %s of %s', g.tgname, tbl), pg_get_triggerdef(g.oid, true) \
         || CASE g.tgenabled WHEN 'O' THEN '' WHEN 'D' THEN '{OFF}' ELSE ' [enabled ' || g.tgenabled::text || ']' END FROM g \
         UNION ALL SELECT 'function ' || p.proname, concat_ws(' ', l.lanname, CASE WHEN p.prosecdef THEN 'SECURITY DEFINER' END, \
         array_to_string(p.proconfig, ' '), btrim(regexp_replace(p.prosrc, '\\s+', ' ', 'g'))) \
         FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang WHERE p.oid IN (SELECT tgfoid FROM g) \
         UNION ALL SELECT format('rule %s of %s', r.rulename, tbl), pg_get_ruledef(r.oid) \
         FROM t JOIN pg_rewrite r ON r.ev_class = t.oid \
         UNION ALL SELECT format('policy %s of %s', p.polname, tbl), '' FROM t JOIN pg_policy p ON p.polrelid = t.oid \
         UNION ALL SELECT format('table %s under %s', i.inhrelid::regclass, tbl), '' FROM t JOIN pg_inherits i ON i.inhparent = t.oid \
         UNION ALL SELECT 'switched-off check of references of ' || tbl, min(g.tgenabled::text) FROM t JOIN pg_trigger g ON g.tgrelid = t.oid \
         WHERE g.tgisinternal AND g.tgenabled <> 'O' GROUP BY tbl \
         UNION ALL SELECT 'sequence ' || c.relname, concat_ws(' ', format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, \
         s.seqmin, s.seqmax, s.seqcycle) FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid \
         WHERE c.relnamespace = current_schema()::regnamespace AND c.relname IN ('record_positions', 'unsealed_events_position_seq') \
         UNION ALL SELECT 'event trigger ' || evtname, '' FROM pg_event_trigger"
    )
}

/// What the database has.
pub(super) fn found(conn: &mut Conn) -> Result<Definitions, StoreError> {
    let sql = if conn.backend() == Backend::Sqlite { READ_SQLITE.to_owned() } else { read_postgres() };
    let all: Vec<Definition> = diesel::sql_query(sql).load(conn)?;
    Ok(all.into_iter().map(|one| (one.name, one.text)).collect())
}

/// What a database of this program has.
fn wanted(backend: Backend) -> Result<Definitions, StoreError> {
    match backend {
        Backend::Sqlite => found(&mut migrations::fresh_sqlite()?),
        Backend::Postgres => {
            let lines = POSTGRES.lines().filter_map(|line| line.split_once(": "));
            Ok(lines.map(|(name, text)| (name.to_owned(), text.to_owned())).collect())
        }
    }
}

/// How the schema is another one than that of this program.
pub(super) fn compare(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    let (wanted, mut found) = (wanted(conn.backend())?, found(conn)?);
    let mut faults = Vec::new();
    for (name, text) in &wanted {
        match found.remove(name) {
            None => faults.push(format!("the {name} is missing")),
            Some(other) if other.strip_suffix(OFF) == Some(text) => faults.push(format!("the {name} is switched off")),
            Some(other) if other != *text => faults.push(format!("the {name} is not that of this program")),
            Some(_) => {}
        }
    }
    faults.extend(found.into_keys().map(|name| format!("the {name} is not of this program")));
    Ok(faults)
}

/// True when the triggers of PostgreSQL that note changes, and their functions, are those of this program.
pub(super) fn notes_stand(conn: &mut Conn) -> Result<bool, StoreError> {
    let notes = |all: Definitions| -> Definitions { all.into_iter().filter(|(name, _)| name.contains(NAMES)).collect() };
    Ok(notes(found(conn)?) == notes(wanted(Backend::Postgres)?))
}

/// Every definition, one a line and sorted.
#[cfg(feature = "testing")]
pub(crate) fn listed(conn: &mut Conn) -> Result<String, StoreError> {
    Ok(found(conn)?.into_iter().map(|(name, text)| format!("{name}: {text}\n")).collect())
}
