//! Comparing every row of the covered tables with the last digest that the log holds of it.

use super::{
    carry::{EventRecordsRow, RecordNote, digest_of, next_rows, sha256_of},
    digest::differing,
    names::{Names, called},
    rows::Row,
    shape::{Shape, Shapes},
    state::legible,
};
use crate::{
    Reader, RecordFault, StoreError,
    schema::{event_records, events},
    types::{Id, Instant},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use fabu_domain::ids::EventId;
use sha2::{Digest as _, Sha256};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use uuid::Uuid;

/// Entries whose digests are read at once.
const ENTRIES: i64 = 50;
/// Rows that are read at once.
pub(super) const ROWS: usize = 500;
/// The most missing rows that are named.
const NAMED: usize = 1000;

/// What the comparison of the tables with the log found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Rows that were compared.
    pub rows: u64,
    /// Since when the log holds the digests of all rows; none when it holds none at all.
    pub since: Option<DateTime<Utc>>,
    /// Rows that were taken over at that moment as they were.
    pub adopted: bool,
}

/// The last that the log says of a row. (Short, because there is one for every row.)
pub(super) struct Last {
    position: i64,
    pub(super) event: Uuid,
    /// The first half of the digest; none when the row was removed.
    pub(super) digest: Option<[u8; 16]>,
}

/// What stands for table and key.
pub(super) fn row_id(table: &str, key: &str) -> u128 {
    let hash = Sha256::new().chain_update(table).chain_update([0]).chain_update(key).finalize();
    u128::from_be_bytes(half(&hash))
}

fn half(hash: &[u8]) -> [u8; 16] {
    let mut half = [0; 16];
    for (to, from) in half.iter_mut().zip(hash) {
        *to = *from;
    }
    half
}

/// True when a row is what the log says of it.
pub(super) fn agrees(shape: &Shape, row: &Row, last: Option<&Last>) -> bool {
    last.is_some_and(|last| last.digest == Some(half(&digest_of(shape, row).hash)))
}

impl Reader<'_> {
    /// Compares every covered row with the log. `progress` hears the number of rows compared so far.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read at all.
    pub fn check_records(&mut self, faults: &mut Vec<RecordFault>, progress: impl Fn(u64)) -> Result<Coverage, StoreError> {
        let Some(shapes) = Shapes::read(self.conn)? else { return Ok(Coverage::default()) };
        let mut coverage = self.covered_since()?;
        let mut check = Check { faults, names: Names::default(), last: HashMap::new(), shapes: Arc::clone(&shapes) };
        self.read_digests(&mut check)?;
        if coverage.since.is_none() {
            return Ok(coverage);
        }
        if let Some(shape) = shapes.all.iter().find(|shape| shape.key().is_empty()) {
            let what = "has lost its primary key: nothing can be compared with the log".to_owned();
            check.faults.push(RecordFault { record: format!("table {}", shape.table), what });
            return Ok(coverage);
        }
        for shape in &shapes.all {
            let mut after = None;
            while let Some(rows) = next_rows(self.conn, shape, &mut after, ROWS)? {
                for row in &rows {
                    self.compare(shape, row, &mut check)?;
                }
                coverage.rows += rows.len() as u64;
                progress(coverage.rows);
            }
        }
        self.name_missing(&mut check)?;
        Ok(coverage)
    }

    fn covered_since(&mut self) -> Result<Coverage, StoreError> {
        let first = event_records::table
            .inner_join(events::table.on(events::id.eq(event_records::event_id)))
            .order((event_records::position, event_records::event_id));
        let kind: Option<String> = first.select(events::kind).first(self.conn).optional()?;
        let at: Option<Option<Instant>> = legible(first.select(events::recorded_at).first(self.conn).optional())?;
        // An instant that cannot be read is named with its entry; the rows are compared all the same.
        let since = at.map_or(Some(DateTime::UNIX_EPOCH), |at| at.map(|at| at.0));
        Ok(Coverage { rows: 0, since, adopted: kind.as_deref() == Some("log.records_adopted") })
    }

    pub(super) fn read_digests(&mut self, check: &mut Check<'_>) -> Result<(), StoreError> {
        let mut after: Option<Id<EventId>> = None;
        loop {
            let mut query = event_records::table.select(EventRecordsRow::as_select()).order(event_records::event_id).into_boxed();
            if let Some(after) = after {
                query = query.filter(event_records::event_id.gt(after));
            }
            let rows: Vec<EventRecordsRow> = query.limit(ENTRIES).load(self.conn)?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = Some(last.event_id);
            for row in rows {
                check.learn(&row);
            }
        }
    }

    fn compare(&mut self, shape: &Shape, row: &Row, check: &mut Check<'_>) -> Result<(), StoreError> {
        let last = check.last.remove(&row_id(shape.table, &shape.key_of(row)));
        if agrees(shape, row, last.as_ref()) {
            return Ok(());
        }
        // It is called as the log calls it: what the row says of itself may be what was changed.
        let (name, what) = match &last {
            Some(Last { digest: None, .. }) => (called(shape, row), "was removed by the program and is there again".to_owned()),
            Some(last) => match self.noted(last.event, shape.table, &shape.key_of(row))? {
                Some(note) => {
                    let fields = differing(&note.fields, &digest_of(shape, row).fields).join(", ");
                    let fields = if fields.is_empty() { "a value was" } else { &fields };
                    (note.called, format!("is not what the log says: {fields} changed"))
                }
                None => (called(shape, row), "is not what the log says".to_owned()),
            },
            None => (called(shape, row), "is not in the log: it was put in outside the program".to_owned()),
        };
        let record = check.names.resolve(self.conn, &check.shapes, &name)?;
        check.faults.push(RecordFault { record, what: format!("{what} (table {})", shape.table) });
        Ok(())
    }

    /// What an entry says of a row.
    fn noted(&mut self, event: Uuid, table: &str, key: &str) -> Result<Option<RecordNote>, StoreError> {
        let notes = self.notes_of(event)?;
        Ok(notes.into_iter().find(|note| note.table == table && note.key == key))
    }

    pub(super) fn notes_of(&mut self, event: Uuid) -> Result<Vec<RecordNote>, StoreError> {
        let found = event_records::table.find(Id(EventId(event))).select(event_records::records);
        let records: Option<String> = found.first(self.conn).optional()?;
        Ok(records.and_then(|records| serde_json::from_str(&records).ok()).unwrap_or_default())
    }

    /// Rows that the log knows and that are gone.
    fn name_missing(&mut self, check: &mut Check<'_>) -> Result<(), StoreError> {
        check.last.retain(|_, last| last.digest.is_some());
        let total = check.last.len();
        let mut by_event: BTreeMap<Uuid, Vec<u128>> = BTreeMap::new();
        for (id, last) in std::mem::take(&mut check.last) {
            by_event.entry(last.event).or_default().push(id);
        }
        let mut missing = Vec::new();
        for (event, rows) in by_event {
            let notes = self.notes_of(event)?;
            missing.extend(notes.into_iter().filter(|note| rows.contains(&row_id(&note.table, &note.key))));
            if missing.len() >= NAMED {
                break;
            }
        }
        for note in &missing {
            if let Ok(id) = note.key.parse() {
                check.names.gone.insert(id, note.called.clone());
            }
        }
        let order: HashMap<&str, usize> = check.shapes.all.iter().enumerate().map(|(n, shape)| (shape.table, n)).collect();
        missing.sort_by(|a, b| (order.get(a.table.as_str()), &a.key).cmp(&(order.get(b.table.as_str()), &b.key)));
        for note in missing.iter().take(NAMED) {
            let record = check.names.resolve(self.conn, &check.shapes, &note.called)?;
            let what = format!("is missing: it was removed outside the program (table {})", note.table);
            check.faults.push(RecordFault { record, what });
        }
        if total > missing.len().min(NAMED) {
            let more = total - missing.len().min(NAMED);
            let what = format!("{more} more rows are missing");
            check.faults.push(RecordFault { record: "records".to_owned(), what });
        }
        Ok(())
    }
}

pub(super) struct Check<'a> {
    pub(super) faults: &'a mut Vec<RecordFault>,
    pub(super) names: Names,
    pub(super) last: HashMap<u128, Last>,
    pub(super) shapes: Arc<Shapes>,
}

impl Check<'_> {
    /// Takes up what stands beside an entry.
    fn learn(&mut self, row: &EventRecordsRow) {
        let mut fault = |what: &str| {
            let record = format!("digests beside the entry {}", row.event_id.0);
            self.faults.push(RecordFault { record, what: what.to_owned() });
        };
        if sha256_of(row.position, &row.records) != row.sha256 {
            fault("are not what was sealed");
        }
        let Ok(notes) = serde_json::from_str::<Vec<RecordNote>>(&row.records) else {
            fault("cannot be read");
            return;
        };
        for note in notes {
            let digest = note.digest.as_deref().and_then(|digest| hex::decode(digest).ok()).map(|hash| half(&hash));
            let last = Last { position: row.position, event: row.event_id.0.0, digest };
            let known = self.last.entry(row_id(&note.table, &note.key)).or_insert(Last { position: 0, ..last });
            if known.position < row.position {
                *known = last;
            }
        }
    }
}
