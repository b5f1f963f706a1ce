//! Checking the log against its seals, and the seals against those that were kept outside.

use super::{Hash, Seal, entries::EventRow, seal::SealRow};
use crate::{
    Reader, StoreError,
    schema::{event_records, events, seals, unsealed_events},
    types::Id,
};
use diesel::{prelude::*, result::Error::DeserializationError};
use fabu_domain::{ids::EventId, log::LogEntry};

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// Entries in the log.
    pub events: i64,
    /// Seals checked.
    pub seals: i64,
    /// Entries that wait for their seal.
    pub unsealed: i64,
    /// The last seal that is in order: to be kept outside.
    pub head: Option<Seal>,
    /// The first fault; none when everything is in order.
    pub first_bad: Option<Fault>,
}

/// Where the log is not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The number of the seal.
    pub seq: i64,
    /// What is wrong.
    pub what: String,
}

const BATCH: i64 = 1000;

impl Reader<'_> {
    /// Recomputes the chain from the seal number `from` (1: all of it). Seals that were kept outside of the database
    /// (`kept`) must be found again: without one, a truncated end or a chain computed anew cannot be told from a sound one.
    ///
    /// # Errors
    /// [`StoreError`] when the log cannot be read at all.
    pub fn verify(&mut self, from: i64, kept: &[Seal]) -> Result<Verification, StoreError> {
        let first = from.max(1);
        let before: Option<Seal> = seals::table
            .find(first - 1)
            .select(SealRow::as_select())
            .first(self.conn)
            .optional()?
            .map(Seal::try_from)
            .transpose()?;
        let mut check = Check { next: first, previous: before.map_or(Hash::ZERO, |seal| seal.hash), head: before, kept };
        let mut first_bad = (first > 1 && before.is_none()).then(|| fault(first - 1, "the seal is missing"));
        while first_bad.is_none() {
            let batch = match self.sealed(check.next, BATCH) {
                // One of them cannot be read: those before it are checked one by one, and it is named.
                Err(DeserializationError(_)) => match self.sealed(check.next, 1) {
                    Err(DeserializationError(reason)) => {
                        first_bad = Some(self.unreadable(check.next, &reason.to_string())?);
                        break;
                    }
                    one => one?,
                },
                batch => batch?,
            };
            if batch.is_empty() {
                break;
            }
            first_bad = batch
                .into_iter()
                .find_map(|(seal, event, records)| check.step(seal, event.map(LogEntry::from), records.as_deref()).err());
        }
        let first_bad = first_bad.or_else(|| check.missing_kept());
        let first_bad = match first_bad {
            None => self.stranger()?.map(|id| fault(check.next, format!("entry {id} has no seal and does not wait for one"))),
            found => found,
        };
        Ok(Verification {
            events: events::table.count().get_result(self.conn)?,
            seals: check.next - first,
            unsealed: unsealed_events::table.count().get_result(self.conn)?,
            head: check.head,
            first_bad,
        })
    }

    /// So many seals from this number on, with what was sealed.
    fn sealed(&mut self, from: i64, limit: i64) -> QueryResult<Vec<(SealRow, Option<EventRow>, Option<String>)>> {
        seals::table
            .left_join(events::table.on(events::id.eq(seals::event_id)))
            .left_join(event_records::table.on(event_records::event_id.eq(seals::event_id)))
            .filter(seals::seq.ge(from))
            .order(seals::seq)
            .limit(limit)
            .select((SealRow::as_select(), Option::<EventRow>::as_select(), event_records::sha256.nullable()))
            .load(self.conn)
    }

    fn unreadable(&mut self, seq: i64, reason: &str) -> Result<Fault, StoreError> {
        let entry: Option<Id<EventId>> =
            seals::table.filter(seals::seq.ge(seq)).order(seals::seq).select(seals::event_id).first(self.conn).optional()?;
        let entry = entry.map_or_else(String::new, |id| id.0.to_string());
        Ok(fault(seq, format!("entry {entry} cannot be read: {reason}")))
    }

    /// An entry that was put in past the program, or whose seal was taken away.
    fn stranger(&mut self) -> Result<Option<EventId>, StoreError> {
        let found: Option<Id<EventId>> = events::table
            .left_join(seals::table.on(seals::event_id.eq(events::id)))
            .left_join(unsealed_events::table.on(unsealed_events::event_id.eq(events::id)))
            .filter(seals::seq.nullable().is_null())
            .filter(unsealed_events::position.nullable().is_null())
            .order(events::id)
            .select(events::id)
            .first(self.conn)
            .optional()?;
        Ok(found.map(|id| id.0))
    }
}

fn fault(seq: i64, what: impl Into<String>) -> Fault {
    Fault { seq, what: what.into() }
}

struct Check<'a> {
    next: i64,
    previous: Hash,
    head: Option<Seal>,
    kept: &'a [Seal],
}

impl Check<'_> {
    fn step(&mut self, row: SealRow, entry: Option<LogEntry>, records: Option<&str>) -> Result<(), Fault> {
        if row.seq != self.next {
            return Err(fault(self.next, "the seal is missing"));
        }
        let seal = Seal::try_from(row).map_err(|error| fault(self.next, error.to_string()))?;
        let entry = entry.ok_or_else(|| fault(seal.seq, format!("entry {} is missing", seal.event_id)))?;
        if seal.prev_hash != self.previous {
            return Err(fault(seal.seq, "the seal does not follow the one before it"));
        }
        if seal.hash != Hash::of(seal.seq, seal.prev_hash, &entry, records) {
            return Err(fault(
                seal.seq,
                format!("entry {} ({}, {}) is not what was sealed", entry.id, entry.kind, entry.subject),
            ));
        }
        if self.kept.iter().any(|kept| kept.seq == seal.seq && kept.hash != seal.hash) {
            return Err(fault(seal.seq, "the seal is another one than the seal kept outside: the chain was computed anew"));
        }
        self.next += 1;
        self.previous = seal.hash;
        self.head = Some(seal);
        Ok(())
    }

    fn missing_kept(&self) -> Option<Fault> {
        let lost = self.kept.iter().map(|kept| kept.seq).filter(|seq| *seq >= self.next).max()?;
        Some(fault(self.next, format!("the log ends here, but seal {lost} was kept outside: the end was cut off")))
    }
}
