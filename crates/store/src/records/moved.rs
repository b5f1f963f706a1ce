//! Rows that a migration moved or wrote anew: their digests stand beside entries of the migration's own transaction.
//!
//! What agreed with the log before the migration agrees with it afterwards. What did not is still found by the check.

use super::{
    carry::{ADOPTED, EventRecordsRow, RecordNote, insert, next_rows},
    check::{Check, ROWS, agrees, row_id},
    names::Names,
    shape::Shapes,
};
use crate::{StoreError, Writer, schema::event_records};
use diesel::prelude::*;
use fabu_domain::subject::log::LogEntry;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// Rows that are not what the log says, by what stands for table and key; with what the log would say of them now.
pub(crate) type Strange = HashMap<u128, RecordNote>;

impl Writer<'_> {
    /// What does not agree with the log as the tables are before a migration; none when the log holds no digests.
    pub(crate) fn strange_before_migration(&mut self) -> Result<Option<Strange>, StoreError> {
        let Some(shapes) = Shapes::standing(self.conn)? else { return Ok(None) };
        if event_records::table.count().get_result::<i64>(self.conn)? == 0 {
            return Ok(None);
        }
        self.strange(&shapes).map(Some)
    }

    /// Carries what the migration moved or wrote anew; the number of rows. `entry` makes the entry for a number of rows of a
    /// table.
    pub(crate) fn carry_migrated(
        &mut self,
        before: &Strange,
        entry: &dyn Fn(&str, usize) -> LogEntry,
    ) -> Result<u64, StoreError> {
        let Some(shapes) = Shapes::read(self.conn)? else { return Ok(0) };
        let mut by_table: BTreeMap<String, Vec<RecordNote>> = BTreeMap::new();
        for (_, note) in self.strange(&shapes)?.into_iter().filter(|(id, _)| !before.contains_key(id)) {
            by_table.entry(note.table.clone()).or_default().push(note);
        }
        let mut carried = 0;
        for (table, mut notes) in by_table {
            notes.sort_by(|a, b| a.key.cmp(&b.key));
            for notes in notes.chunks(ADOPTED) {
                let entry = entry(&table, notes.len());
                self.append(std::slice::from_ref(&entry))?;
                let place = self.next_place()?;
                insert(self.conn, &[EventRecordsRow::new(entry.id, place.position, notes)?])?;
                carried += notes.len() as u64;
            }
        }
        Ok(carried)
    }

    fn strange(&mut self, shapes: &Arc<Shapes>) -> Result<Strange, StoreError> {
        let mut faults = Vec::new();
        let mut check = Check { faults: &mut faults, names: Names::default(), last: HashMap::new(), shapes: Arc::clone(shapes) };
        self.read_digests(&mut check)?;
        let mut strange = Strange::new();
        for shape in &shapes.all {
            let mut after = None;
            while let Some(rows) = next_rows(self.conn, shape, &mut after, ROWS)? {
                for row in &rows {
                    let id = row_id(shape.table, &shape.key_of(row));
                    if !agrees(shape, row, check.last.remove(&id).as_ref()) {
                        strange.insert(id, RecordNote::of(shape, row));
                    }
                }
            }
        }
        check.last.retain(|_, last| last.digest.is_some());
        for event in check.last.values().map(|last| last.event).collect::<std::collections::BTreeSet<_>>() {
            for note in self.notes_of(event)? {
                let id = row_id(&note.table, &note.key);
                if check.last.get(&id).is_some_and(|last| last.event == event) {
                    strange.insert(id, RecordNote::gone(&note.table, note.key));
                }
            }
        }
        Ok(strange)
    }
}
