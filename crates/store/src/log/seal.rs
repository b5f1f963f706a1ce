//! Sealing: committed entries get a gap-free number and a link in the hash chain. PostgreSQL commits out of order, so
//! this happens after the commit, in the order of commits as the sealing sees them.

use super::{Hash, entries::EventRow};
use crate::{
    Reader, StoreError, Writer,
    row::Place,
    schema::{event_records, events, seals, unsealed_events},
    types::Id,
};
use diesel::prelude::*;
use fabu_domain::{ids::EventId, subject::log::LogEntry};

/// A link of the chain. Kept outside of the database, the last one proves that nothing before it was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seal {
    /// Gap-free number from 1.
    pub seq: i64,
    /// The sealed entry.
    pub event_id: EventId,
    /// The hash of the seal before.
    pub prev_hash: Hash,
    /// This seal's hash.
    pub hash: Hash,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = seals)]
pub(super) struct SealRow {
    pub(super) seq: i64,
    pub(super) event_id: Id<EventId>,
    pub(super) prev_hash: Vec<u8>,
    pub(super) hash: Vec<u8>,
}

impl TryFrom<SealRow> for Seal {
    type Error = StoreError;
    fn try_from(row: SealRow) -> Result<Self, StoreError> {
        let place = Place { table: "seals", key: row.seq };
        Ok(Self {
            seq: row.seq,
            event_id: row.event_id.0,
            prev_hash: Hash(place.bytes("prev_hash", row.prev_hash)?),
            hash: Hash(place.bytes("hash", row.hash)?),
        })
    }
}

impl Reader<'_> {
    /// True when an entry waits for its seal.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn waits_for_seal(&mut self) -> Result<bool, StoreError> {
        let first = unsealed_events::table.select(unsealed_events::position).limit(1).first::<i64>(self.conn);
        Ok(first.optional()?.is_some())
    }

    /// The last seal: what to keep outside of the database.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn head(&mut self) -> Result<Option<Seal>, StoreError> {
        let last = seals::table.order(seals::seq.desc()).select(SealRow::as_select());
        last.first(self.conn).optional()?.map(Seal::try_from).transpose()
    }
}

impl Writer<'_> {
    /// Seals up to `limit` waiting entries; their number. At most one transaction seals at a time.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn seal(&mut self, limit: usize) -> Result<usize, StoreError> {
        self.conn.lock_sealing()?;
        let waiting: Vec<(i64, EventRow, Option<String>)> = unsealed_events::table
            .inner_join(events::table.on(events::id.eq(unsealed_events::event_id)))
            .left_join(event_records::table.on(event_records::event_id.eq(events::id)))
            .order(unsealed_events::position)
            .limit(i64::try_from(limit).unwrap_or(i64::MAX))
            .select((unsealed_events::position, EventRow::as_select(), event_records::sha256.nullable()))
            .load(self.conn)?;
        let (mut seq, mut previous) = self.head()?.map_or((0, Hash::ZERO), |head| (head.seq, head.hash));
        let count = waiting.len();
        for (position, row, records) in waiting {
            let entry = LogEntry::from(row);
            seq += 1;
            let hash = Hash::of(seq, previous, &entry, records.as_deref());
            let row = SealRow { seq, event_id: Id(entry.id), prev_hash: previous.0.to_vec(), hash: hash.0.to_vec() };
            diesel::insert_into(seals::table).values(row).execute(self.conn)?;
            diesel::delete(unsealed_events::table.find(position)).execute(self.conn)?;
            previous = hash;
        }
        Ok(count)
    }
}
