//! Putting the digests of changed rows beside the entries of their transaction.

use super::{
    digest::Digest,
    names::called,
    noting::noted,
    rows::{Row, row, rows_after},
    shape::{Shape, Shapes},
};
use crate::{
    StoreError, Writer,
    conn::{Backend, Conn},
    dialect::insert_rows,
    schema::event_records,
    types::Id,
};
use diesel::{
    prelude::*,
    sql_types::{BigInt, Bool},
};
use fabu_domain::{
    ids::{EventId, ReleaseId},
    subject::log::LogEntry,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Rows that one entry takes over when a database is adopted.
pub(super) const ADOPTED: usize = 5000;

/// Rows of one statement.
const BATCH: usize = 500;

/// An entry that digests can stand beside.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Carrier {
    pub(crate) event: EventId,
    pub(crate) release: Option<ReleaseId>,
}

/// What an entry says of a row. Written as an array of its five parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Parts", from = "Parts")]
pub(crate) struct RecordNote {
    pub(super) table: String,
    /// The parts of the primary key, joined by `/`.
    pub(super) key: String,
    /// Hexadecimal; none when the row was removed.
    pub(super) digest: Option<String>,
    /// What people call it.
    pub(super) called: String,
    /// Sums of its fields, to say which one differs.
    pub(super) fields: String,
}

type Parts = (String, String, Option<String>, String, String);

impl From<RecordNote> for Parts {
    fn from(note: RecordNote) -> Self {
        (note.table, note.key, note.digest, note.called, note.fields)
    }
}

impl From<Parts> for RecordNote {
    fn from((table, key, digest, called, fields): Parts) -> Self {
        Self { table, key, digest, called, fields }
    }
}

impl RecordNote {
    pub(super) fn gone(table: &str, key: String) -> Self {
        Self { table: table.to_owned(), key, digest: None, called: String::new(), fields: String::new() }
    }

    pub(super) fn of(shape: &Shape, row: &Row) -> Self {
        let digest = digest_of(shape, row);
        Self {
            table: shape.table.to_owned(),
            key: shape.key_of(row),
            digest: Some(hex::encode(digest.hash)),
            called: called(shape, row),
            fields: digest.fields,
        }
    }
}

/// The digest of a row as it was read.
pub(super) fn digest_of(shape: &Shape, row: &Row) -> Digest {
    let cells = shape.columns.iter().zip(row).filter_map(|(column, cell)| Some((column.name.as_str(), cell.as_deref()?)));
    Digest::of(shape.table, cells)
}

/// What stands for the digests in the seal of their entry.
pub(super) fn sha256_of(position: i64, records: &str) -> String {
    hex::encode(Sha256::new().chain_update(position.to_string()).chain_update("\n").chain_update(records).finalize())
}

/// The digests beside an entry.
#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = event_records)]
pub(super) struct EventRecordsRow {
    pub(super) event_id: Id<EventId>,
    pub(super) position: i64,
    pub(super) records: String,
    pub(super) sha256: String,
}

impl EventRecordsRow {
    pub(super) fn new(event: EventId, position: i64, notes: &[RecordNote]) -> Result<Self, StoreError> {
        let records = serde_json::to_string(notes).map_err(|error| StoreError::Database(error.to_string()))?;
        let sha256 = sha256_of(position, &records);
        Ok(Self { event_id: Id(event), position, records, sha256 })
    }
}

#[derive(QueryableByName)]
pub(super) struct Place {
    #[diesel(sql_type = BigInt)]
    pub(super) position: i64,
    /// No digest was ever written down.
    #[diesel(sql_type = Bool)]
    first: bool,
}

impl Writer<'_> {
    /// Writes the digests of the rows that this transaction changed beside its entries. The last thing before the commit.
    ///
    /// # Errors
    /// [`StoreError::Unlogged`] when there is no entry: no change without its event.
    pub(crate) fn carry_records(&mut self) -> Result<(), StoreError> {
        let Some(shapes) = self.notes.clone() else { return Ok(()) };
        let noted = noted(self.conn, &shapes)?;
        if noted.is_empty() {
            return Ok(());
        }
        let Some(last) = self.carriers.last().copied() else {
            let tables: BTreeSet<String> = noted.into_iter().map(|noted| noted.tbl).collect();
            return Err(StoreError::Unlogged { tables: tables.into_iter().collect::<Vec<_>>().join(", ") });
        };
        let of_release: HashMap<String, EventId> =
            self.carriers.iter().filter_map(|carrier| Some((carrier.release?.to_string(), carrier.event))).collect();
        let mut notes: BTreeMap<EventId, Vec<RecordNote>> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for noted in noted {
            let Some(shape) = shapes.of(&noted.tbl) else { continue };
            let key = noted.key(shape);
            let (release, note) = match &noted.cells {
                Some(cells) => {
                    let row = row(shape.table, cells)?;
                    let release = if shape.table == "releases" { "id" } else { "release_id" };
                    let release = shape.cell(&row, release).or_else(|| shape.cell(&row, "subject_id"));
                    (release.map(str::to_owned), RecordNote::of(shape, &row))
                }
                None => (None, RecordNote::gone(&noted.tbl, key.clone())),
            };
            seen.insert((shape.table, key));
            let event = release.and_then(|id| of_release.get(&id).copied()).unwrap_or(last.event);
            notes.entry(event).or_default().push(note);
        }
        let mut place = self.next_place()?;
        if place.first {
            self.conn.lock_log()?;
            place = self.next_place()?;
        }
        if place.first {
            self.adopt_rest(&shapes, &seen, notes.entry(last.event).or_default())?;
        }
        let rows = notes.iter().map(|(event, notes)| EventRecordsRow::new(*event, place.position, notes));
        insert(self.conn, &rows.collect::<Result<Vec<_>, _>>()?)
    }

    pub(super) fn next_place(&mut self) -> Result<Place, StoreError> {
        let position = match self.conn.backend() {
            Backend::Sqlite => "(SELECT coalesce(max(position), 0) + 1 FROM event_records)",
            // Above every one that was given, also when somebody set the sequence back.
            Backend::Postgres => "greatest(nextval('record_positions'), (SELECT max(position) + 1 FROM event_records))",
        };
        let place = format!("SELECT {position} AS position, NOT EXISTS (SELECT 1 FROM event_records) AS first");
        Ok(diesel::sql_query(place).get_result(self.conn)?)
    }

    /// The rows that the migrations put in stand beside the first entry of a new database.
    fn adopt_rest(
        &mut self,
        shapes: &Shapes,
        seen: &BTreeSet<(&'static str, String)>,
        notes: &mut Vec<RecordNote>,
    ) -> Result<(), StoreError> {
        for shape in &shapes.all {
            let mut after = None;
            while let Some(rows) = next_rows(self.conn, shape, &mut after, BATCH)? {
                let unseen = rows.iter().filter(|row| !seen.contains(&(shape.table, shape.key_of(row))));
                notes.extend(unseen.map(|row| RecordNote::of(shape, row)));
            }
        }
        Ok(())
    }

    /// Takes over the rows of a database whose log knows no digests yet, as they are; the number of rows. `entry` makes the
    /// entry for a number of rows of a table. Does nothing, and gives none, when the log knows digests, or holds nothing.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn adopt_records(&mut self, entry: impl Fn(&'static str, usize) -> LogEntry) -> Result<Option<u64>, StoreError> {
        let Some(shapes) = self.notes.clone() else { return Ok(None) };
        // One of several processes that start at the same time does it.
        self.conn.lock_log()?;
        if !self.next_place()?.first || self.first_event_at()?.is_none() {
            return Ok(None);
        }
        let mut adopted = 0;
        for shape in &shapes.all {
            let mut after = None;
            while let Some(rows) = next_rows(self.conn, shape, &mut after, ADOPTED)? {
                let notes: Vec<RecordNote> = rows.iter().map(|row| RecordNote::of(shape, row)).collect();
                let entry = entry(shape.table, notes.len());
                self.append(std::slice::from_ref(&entry))?;
                let place = self.next_place()?;
                insert(self.conn, &[EventRecordsRow::new(entry.id, place.position, &notes)?])?;
                adopted += notes.len() as u64;
            }
        }
        Ok(Some(adopted))
    }
}

/// The next rows of a table, and none at its end.
pub(super) fn next_rows(
    conn: &mut Conn,
    shape: &Shape,
    after: &mut Option<Row>,
    limit: usize,
) -> Result<Option<Vec<Row>>, StoreError> {
    let rows = rows_after(conn, shape, after.as_ref(), limit)?;
    match rows.last() {
        Some(last) => *after = Some(last.clone()),
        None => return Ok(None),
    }
    Ok(Some(rows))
}

pub(super) fn insert(conn: &mut Conn, rows: &[EventRecordsRow]) -> Result<(), StoreError> {
    if let [row] = rows {
        use event_records as t;
        let values =
            (t::event_id.eq(row.event_id), t::position.eq(row.position), t::records.eq(&row.records), t::sha256.eq(&row.sha256));
        diesel::insert_into(t::table).values(values).execute(conn)?;
        return Ok(());
    }
    let rows: Vec<_> = rows.iter().map(|r| (r.event_id.0, r.position, &r.records, &r.sha256)).collect();
    insert_rows(conn, "event_records (event_id, position, records, sha256)", &["uuid", "bigint", "text", "text"], &rows)
}
