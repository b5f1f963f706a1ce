//! Noting which rows of covered tables a transaction changes, whatever statement changes them.
//!
//! Triggers do it, so that no write can forget to. SQLite has them as temporary triggers of the one write connection; on
//! PostgreSQL they stand in the schema, put there after each migration, and write only in sessions of the program.

use super::{
    definitions,
    shape::{Column, KEY_PARTS, Shape, Shapes},
};
use crate::{
    StoreError,
    conn::{Backend, Conn, Link, refuse_replication},
    shared::Shared,
};
use diesel::{connection::SimpleConnection, prelude::*, sql_types::Text};
use std::sync::Arc;

/// Where the triggers of SQLite, and those of PostgreSQL in this session, write the keys of changed rows.
pub(super) const NOTED: &str = "fabu_noted";

/// What begins the names of the triggers and functions of PostgreSQL.
pub(super) const NAMES: &str = "fabu_note_";

const PARTS: [&str; KEY_PARTS] = ["k1", "k2", "k3"];

/// Makes a connection note changed rows; before its first write transaction. Does nothing as long as the database is not
/// migrated.
pub(crate) fn prepare(link: &mut Link, shared: &Shared) -> Result<(), StoreError> {
    if link.notes {
        return Ok(());
    }
    let shapes = match shared.shapes() {
        Some(shapes) => shapes,
        None => match Shapes::read(&mut link.conn)? {
            Some(shapes) => shapes,
            None => return Ok(()),
        },
    };
    match &mut link.conn {
        Conn::Sqlite(conn) => {
            let triggers: Vec<String> = shapes.all.iter().map(sqlite_triggers).collect();
            conn.batch_execute(&format!(
                "CREATE TEMP TABLE {NOTED} (tbl TEXT NOT NULL, k1 TEXT NOT NULL, k2 TEXT NOT NULL, k3 TEXT NOT NULL); {}",
                triggers.concat()
            ))?;
        }
        Conn::Pg(conn) => {
            // The setting may have come since the start, with a new connection.
            refuse_replication(conn)?;
            conn.batch_execute(&format!(
                "CREATE TEMP TABLE {NOTED} (tbl TEXT NOT NULL, k1 TEXT NOT NULL, k2 TEXT NOT NULL, k3 TEXT NOT NULL) \
                 ON COMMIT DELETE ROWS; SET fabu.noting = 'on'"
            ))?;
        }
    }
    shared.know_shapes(shapes);
    link.notes = true;
    Ok(())
}

/// The values of a note about the row `row`.
fn note(shape: &Shape, backend: Backend, row: &str) -> String {
    let mut parts: Vec<String> = shape.key().iter().map(|column| column.text(backend, row)).collect();
    parts.resize(KEY_PARTS, "''".to_owned());
    format!("('{}', {})", shape.table, parts.join(", "))
}

/// True for a row whose covered columns are other ones than before.
fn changed(shape: &Shape, is_not: &str) -> String {
    let differs = |column: &Column| format!("OLD.\"{0}\" {is_not} NEW.\"{0}\"", column.name);
    shape.columns.iter().map(differs).collect::<Vec<_>>().join(" OR ")
}

fn sqlite_triggers(shape: &Shape) -> String {
    let table = shape.table;
    let [old, new] = ["OLD", "NEW"].map(|row| note(shape, Backend::Sqlite, row));
    let into = format!("INSERT INTO {NOTED} (tbl, k1, k2, k3) VALUES");
    let changed = changed(shape, "IS NOT");
    format!(
        "CREATE TEMP TRIGGER {NAMES}insert_{table} AFTER INSERT ON main.\"{table}\" BEGIN {into} {new}; END; \
         CREATE TEMP TRIGGER {NAMES}delete_{table} AFTER DELETE ON main.\"{table}\" BEGIN {into} {old}; END; \
         CREATE TEMP TRIGGER {NAMES}update_{table} AFTER UPDATE ON main.\"{table}\" WHEN {changed} \
         BEGIN {into} {old}; {into} {new}; END; "
    )
}

fn postgres_triggers(shape: &Shape) -> String {
    let table = shape.table;
    let [old, new] = ["OLD", "NEW"].map(|row| note(shape, Backend::Postgres, row));
    let into = format!("INSERT INTO pg_temp.{NOTED} (tbl, k1, k2, k3) VALUES");
    let changed = changed(shape, "IS DISTINCT FROM");
    format!(
        "CREATE OR REPLACE FUNCTION {NAMES}{table}() RETURNS trigger LANGUAGE plpgsql AS $note$\nBEGIN\n\
         IF current_setting('fabu.noting', true) IS DISTINCT FROM 'on' THEN RETURN NULL; END IF;\n\
         IF TG_OP <> 'INSERT' THEN {into} {old}; END IF;\n\
         IF TG_OP <> 'DELETE' THEN {into} {new}; END IF;\n\
         RETURN NULL;\nEND\n$note$; \
         CREATE OR REPLACE TRIGGER {NAMES}rows_{table} AFTER INSERT OR DELETE ON \"{table}\" \
         FOR EACH ROW EXECUTE FUNCTION {NAMES}{table}(); \
         CREATE OR REPLACE TRIGGER {NAMES}change_{table} AFTER UPDATE ON \"{table}\" \
         FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION {NAMES}{table}(); "
    )
}

/// Puts the triggers of PostgreSQL in place, in the transaction of the migrations: when something was migrated, or when
/// they are not those of this program.
pub(crate) fn install(conn: &mut Conn, migrated: bool) -> Result<(), StoreError> {
    if conn.backend() == Backend::Sqlite {
        return Ok(());
    }
    let Some(shapes) = Shapes::read(conn)? else { return Ok(()) };
    if !migrated {
        if definitions::notes_stand(conn)? {
            return Ok(());
        }
        tracing::warn!("the triggers that note changes are not those of this program: they are put in place anew");
    }
    let triggers: Vec<String> = shapes.all.iter().map(postgres_triggers).collect();
    Ok(conn.batch_execute(&triggers.concat())?)
}

/// A row that was noted: its key, and its cells as they are now.
#[derive(Debug, QueryableByName)]
pub(super) struct Noted {
    #[diesel(sql_type = Text)]
    pub(super) tbl: String,
    #[diesel(sql_type = Text)]
    k1: String,
    #[diesel(sql_type = Text)]
    k2: String,
    #[diesel(sql_type = Text)]
    k3: String,
    /// None when the row is gone.
    #[diesel(sql_type = diesel::sql_types::Nullable<Text>)]
    pub(super) cells: Option<String>,
}

impl Noted {
    /// The key as one text.
    pub(super) fn key(&self, shape: &Shape) -> String {
        let parts = [&self.k1, &self.k2, &self.k3];
        parts.into_iter().take(shape.key().len()).map(String::as_str).collect::<Vec<_>>().join("/")
    }
}

#[derive(QueryableByName)]
struct NotedTable {
    #[diesel(sql_type = Text)]
    tbl: String,
}

/// The rows that this transaction changed.
pub(super) fn noted(conn: &mut Conn, shapes: &Arc<Shapes>) -> Result<Vec<Noted>, StoreError> {
    let tables = diesel::sql_query(format!("SELECT DISTINCT tbl FROM {NOTED} ORDER BY tbl"));
    let tables: Vec<NotedTable> = tables.load(conn)?;
    if tables.is_empty() {
        return Ok(Vec::new());
    }
    let of_table = |NotedTable { tbl }: &NotedTable| shapes.of(tbl).map(|shape| noted_of(shape, shapes.backend));
    let union = tables.iter().filter_map(of_table).collect::<Vec<_>>().join(" UNION ALL ");
    let found = diesel::sql_query(union).load(conn)?;
    if shapes.backend == Backend::Sqlite {
        diesel::sql_query(format!("DELETE FROM {NOTED}")).execute(conn)?;
    }
    Ok(found)
}

fn noted_of(shape: &Shape, backend: Backend) -> String {
    let key = shape.key();
    let on: Vec<String> = key
        .iter()
        .zip(PARTS)
        .map(|(column, part)| format!("t.\"{}\" = {}", column.name, column.typed(backend, &format!("n.{part}"))))
        .collect();
    let first = key.first().map_or("", |column| column.name.as_str());
    // The same row is noted as often as it was written.
    format!(
        "SELECT n.tbl, n.k1, n.k2, n.k3, CASE WHEN t.\"{first}\" IS NULL THEN NULL ELSE {cells} END AS cells \
         FROM (SELECT DISTINCT tbl, k1, k2, k3 FROM {NOTED} WHERE tbl = '{table}') n LEFT JOIN \"{table}\" t ON {on}",
        table = shape.table,
        cells = shape.cells(backend),
        on = on.join(" AND "),
    )
}
