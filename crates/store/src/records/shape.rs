//! The covered tables as they are in the database: their columns, their keys, and the SQL that gives a row as text.
//!
//! A cell is the same text in both databases: ids in lower case with hyphens, numbers in decimal digits, truth as `0` or
//! `1`, instants as `2026-11-22 16:20:05.000001` in UTC, days as `2026-11-22`.

use super::tables::{FORMER, Table, covered_tables};
use crate::{
    StoreError,
    conn::{Backend, Conn},
};
use diesel::{
    prelude::*,
    sql_types::{BigInt, Text},
};
use std::{collections::HashMap, sync::Arc};

/// The parts of a key, at most.
pub(super) const KEY_PARTS: usize = 3;

/// A column that counts for the digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) name: String,
    kind: String,
    /// Its place in the primary key, from 1; 0 when it is no part of it.
    key: usize,
}

/// A covered table.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) table: &'static str,
    /// Sorted by name.
    pub(crate) columns: Vec<Column>,
}

/// `to_char` gives NULL for `infinity`, and a year before Christ the text of the year after: such a value, which the program
/// never writes, is the database's own text, so that none passes for another.
fn since_year_one(value: &str, text: &str) -> String {
    format!("CASE WHEN isfinite({value}) AND {value} >= '0001-01-01' THEN {text} ELSE {value}::text END")
}

/// All covered tables, in the order of the list.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shapes {
    pub(crate) backend: Backend,
    pub(crate) all: Vec<Shape>,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    tbl: String,
    #[diesel(sql_type = Text)]
    col: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    key: i64,
}

const SQLITE: &str = "SELECT m.name AS tbl, c.name AS col, lower(c.type) AS kind, c.pk AS key \
    FROM main.sqlite_schema m JOIN pragma_table_info(m.name, 'main') c WHERE m.type = 'table' ORDER BY m.name, c.name";

const POSTGRES: &str = "SELECT c.relname::text AS tbl, a.attname::text AS col, t.typname::text AS kind, \
    coalesce(array_position(i.indkey::int2[], a.attnum) + 1, 0)::bigint AS key \
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
    JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary \
    WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace ORDER BY c.relname, a.attname";

impl Shapes {
    /// Looks at the database; none when it lacks a covered table, because it is not migrated yet.
    pub(crate) fn read(conn: &mut Conn) -> Result<Option<Arc<Self>>, StoreError> {
        let (listed, shapes) = Self::found(conn, covered_tables())?;
        Ok(shapes.filter(|shapes| shapes.all.len() == listed).map(Arc::new))
    }

    /// Looks at a database as some earlier version left it: the tables that it has. None when its log knows no digests.
    pub(crate) fn standing(conn: &mut Conn) -> Result<Option<Arc<Self>>, StoreError> {
        Ok(Self::found(conn, covered_tables().chain(FORMER))?.1.map(Arc::new))
    }

    /// How many tables were looked for, and those that are there; none when there is no table of digests.
    fn found(conn: &mut Conn, tables: impl Iterator<Item = &'static Table>) -> Result<(usize, Option<Self>), StoreError> {
        let backend = conn.backend();
        let found: Vec<Found> = diesel::sql_query(if backend == Backend::Sqlite { SQLITE } else { POSTGRES }).load(conn)?;
        let mut columns: HashMap<String, Vec<Column>> = HashMap::new();
        for Found { tbl, col, kind, key } in found {
            let column = Column { name: col, kind, key: usize::try_from(key).unwrap_or_default() };
            columns.entry(tbl).or_default().push(column);
        }
        if !columns.contains_key("event_records") {
            return Ok((0, None));
        }
        let shape = |table: &Table| {
            let mut columns = columns.remove(table.name)?;
            columns.retain(|column| !table.apart.contains(&column.name.as_str()));
            columns.sort_by(|a, b| a.name.cmp(&b.name));
            Some(Shape { table: table.name, columns })
        };
        let looked_for: Vec<Option<Shape>> = tables.map(shape).collect();
        let listed = looked_for.len();
        Ok((listed, Some(Self { backend, all: looked_for.into_iter().flatten().collect() })))
    }

    /// A covered table.
    pub(crate) fn of(&self, table: &str) -> Option<&Shape> {
        self.all.iter().find(|shape| shape.table == table)
    }
}

impl Shape {
    /// The columns of the primary key, in its order.
    pub(crate) fn key(&self) -> Vec<&Column> {
        let mut key: Vec<&Column> = self.columns.iter().filter(|column| column.key > 0).collect();
        key.sort_by_key(|column| column.key);
        key
    }

    /// The key of a row as one text.
    pub(crate) fn key_of(&self, cells: &[Option<String>]) -> String {
        let part = |key: &Column| {
            let place = self.columns.iter().position(|column| column.name == key.name)?;
            cells.get(place)?.clone()
        };
        self.key().into_iter().map(|column| part(column).unwrap_or_default()).collect::<Vec<_>>().join("/")
    }

    /// The value of a column.
    pub(crate) fn cell<'a>(&self, cells: &'a [Option<String>], column: &str) -> Option<&'a str> {
        let place = self.columns.iter().position(|c| c.name == column)?;
        cells.get(place)?.as_deref()
    }

    /// SQL for the cells of the row `t` as a JSON array of texts.
    pub(crate) fn cells(&self, backend: Backend) -> String {
        let cells: Vec<String> = self.columns.iter().map(|column| column.text(backend, "t")).collect();
        // A function of this name in the program's schema would come before the one that takes any arguments.
        let array = if backend == Backend::Sqlite { "json_array" } else { "pg_catalog.json_build_array" };
        let cast = if backend == Backend::Sqlite { "" } else { "::text" };
        format!("{array}({}){cast}", cells.join(", "))
    }
}

impl Column {
    /// SQL for the value as text in the row `row`.
    pub(crate) fn text(&self, backend: Backend, row: &str) -> String {
        let value = format!("{row}.\"{}\"", self.name);
        match (backend, self.kind.as_str()) {
            (Backend::Sqlite, _) => format!("CAST({value} AS TEXT)"),
            (Backend::Postgres, "bool") => format!("{value}::int::text"),
            (Backend::Postgres, "timestamptz") => {
                since_year_one(&value, &format!("to_char({value} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"))
            }
            (Backend::Postgres, "date") => since_year_one(&value, &format!("to_char({value}, 'YYYY-MM-DD')")),
            (Backend::Postgres, _) => format!("{value}::text"),
        }
    }

    /// True for an id that is given once among all rows of all tables.
    pub(crate) fn is_id(&self) -> bool {
        self.name == "id"
    }

    /// SQL for a value of this column's type out of a text.
    pub(crate) fn typed(&self, backend: Backend, text: &str) -> String {
        match (backend, self.kind.as_str()) {
            (Backend::Sqlite, "integer") => format!("CAST({text} AS INTEGER)"),
            (Backend::Sqlite, _) => text.to_owned(),
            (Backend::Postgres, kind) => format!("{text}::{kind}"),
        }
    }
}
