//! Reading every row of a covered table, a part at a time, in the order of its key.

use super::shape::{KEY_PARTS, Shape};
use crate::{StoreError, conn::Conn};
use diesel::{prelude::*, sql_types::Text};

#[derive(QueryableByName)]
struct Cells {
    #[diesel(sql_type = Text)]
    cells: String,
}

/// The cells of a row, in the order of the shape's columns; none where the column is null.
pub(super) type Row = Vec<Option<String>>;

/// What the database gave as a JSON array of texts.
pub(super) fn row(table: &str, cells: &str) -> Result<Row, StoreError> {
    serde_json::from_str(cells).map_err(|error| StoreError::corrupt(table, "", "", error))
}

/// Up to `limit` rows after the one with these cells.
pub(super) fn rows_after(conn: &mut Conn, shape: &Shape, after: Option<&Row>, limit: usize) -> Result<Vec<Row>, StoreError> {
    let (backend, key) = (conn.backend(), shape.key());
    let columns = key.iter().map(|column| format!("t.\"{}\"", column.name)).collect::<Vec<_>>().join(", ");
    let last: Vec<&str> = match after {
        Some(cells) => key.iter().take(KEY_PARTS).filter_map(|column| shape.cell(cells, &column.name)).collect(),
        None => Vec::new(),
    };
    let beyond = match last.is_empty() {
        true => String::new(),
        false => {
            let typed = key.iter().enumerate().map(|(n, column)| column.typed(backend, &format!("${}", n + 1)));
            format!("WHERE ({columns}) > ({})", typed.collect::<Vec<_>>().join(", "))
        }
    };
    let sql =
        format!("SELECT {} AS cells FROM \"{}\" t {beyond} ORDER BY {columns} LIMIT {limit}", shape.cells(backend), shape.table);
    let query = diesel::sql_query(sql);
    let found: Vec<Cells> = match last.as_slice() {
        [] => query.load(conn)?,
        [a] => query.bind::<Text, _>(*a).load(conn)?,
        [a, b] => query.bind::<Text, _>(*a).bind::<Text, _>(*b).load(conn)?,
        [a, b, c, ..] => query.bind::<Text, _>(*a).bind::<Text, _>(*b).bind::<Text, _>(*c).load(conn)?,
    };
    found.iter().map(|found| row(shape.table, &found.cells)).collect()
}
