//! Checking the log against its seals, and the seals against those that were kept outside.

use super::{Hash, Seal, entries::EventRow, seal::SealRow};
use crate::{
    Reader, StoreError,
    schema::{event_records, events, seals, unsealed_events},
    types::Id,
};
use diesel::{prelude::*, result::Error::DeserializationError};
use fabu_domain::{ids::EventId, subject::log::LogEntry};

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
    /// Faults after the first, of seals checked from the stored hash of the one before; at most [`LISTED`].
    pub more_bad: Vec<Fault>,
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

/// So many faults after the first are named.
const LISTED: usize = 100;

/// A seal, what it sealed, and the hash of the digests beside that.
type Sealed = (SealRow, Option<EventRow>, Option<String>);

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
        let previous = before.map_or(Hash::ZERO, |seal| seal.hash);
        let mut check = Check { next: first, previous, head: before, kept, faults: Vec::new() };
        if first > 1 && before.is_none() {
            check.faults.push(fault(first - 1, "the seal is missing"));
        }
        while check.faults.len() <= LISTED {
            let batch = match self.sealed(check.next, BATCH) {
                // One of them cannot be read: those before it are checked one by one, and it is named.
                Err(DeserializationError(_)) => match self.sealed(check.next, 1) {
                    Err(DeserializationError(reason)) => {
                        self.pass_over(&mut check, &reason.to_string())?;
                        continue;
                    }
                    one => one?,
                },
                batch => batch?,
            };
            if batch.is_empty() {
                break;
            }
            for (seal, event, records) in batch {
                check.step(seal, event.map(LogEntry::from), records.as_deref());
            }
        }
        check.faults.extend(check.missing_kept());
        if check.faults.is_empty() {
            let stranger = self.stranger()?;
            check
                .faults
                .extend(stranger.map(|id| fault(check.next, format!("entry {id} has no seal and does not wait for one"))));
        }
        let mut faults = check.faults.into_iter();
        Ok(Verification {
            events: events::table.count().get_result(self.conn)?,
            seals: check.next - first,
            unsealed: unsealed_events::table.count().get_result(self.conn)?,
            head: check.head,
            first_bad: faults.next(),
            more_bad: faults.collect(),
        })
    }

    /// So many seals from this number on, with what was sealed.
    fn sealed(&mut self, from: i64, limit: i64) -> QueryResult<Vec<Sealed>> {
        seals::table
            .left_join(events::table.on(events::id.eq(seals::event_id)))
            .left_join(event_records::table.on(event_records::event_id.eq(seals::event_id)))
            .filter(seals::seq.ge(from))
            .order(seals::seq)
            .limit(limit)
            .select((SealRow::as_select(), Option::<EventRow>::as_select(), event_records::sha256.nullable()))
            .load(self.conn)
    }

    /// Names what is sealed by the next seal, which cannot be read, and goes on behind it.
    fn pass_over(&mut self, check: &mut Check<'_>, reason: &str) -> Result<(), StoreError> {
        let seal = seals::table.filter(seals::seq.ge(check.next)).order(seals::seq).select(SealRow::as_select());
        let seal = Seal::try_from(seal.first(self.conn)?)?;
        check.faults.push(fault(seal.seq, format!("entry {} cannot be read: {reason}", seal.event_id)));
        (check.next, check.previous) = (seal.seq + 1, seal.hash);
        Ok(())
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
    /// The last seal of those before the first fault.
    head: Option<Seal>,
    kept: &'a [Seal],
    faults: Vec<Fault>,
}

impl Check<'_> {
    /// Checks one seal. After a fault the next one is held against the hash that is stored, so that every other fault is found.
    fn step(&mut self, row: SealRow, entry: Option<LogEntry>, records: Option<&str>) {
        let seq = row.seq;
        if seq != self.next {
            self.faults.push(fault(self.next, "the seal is missing"));
        }
        match Seal::try_from(row) {
            Err(error) => self.faults.push(fault(seq, error.to_string())),
            Ok(seal) => {
                // What follows a seal that is missing cannot follow the one before that.
                let follows = seq != self.next || seal.prev_hash == self.previous;
                match self.wrong(&seal, follows, entry, records) {
                    Some(what) => self.faults.push(fault(seq, what)),
                    None if self.faults.is_empty() => self.head = Some(seal),
                    None => {}
                }
                self.previous = seal.hash;
            }
        }
        self.next = seq + 1;
    }

    fn wrong(&self, seal: &Seal, follows: bool, entry: Option<LogEntry>, records: Option<&str>) -> Option<String> {
        let Some(entry) = entry else { return Some(format!("entry {} is missing", seal.event_id)) };
        if !follows {
            return Some("the seal does not follow the one before it".to_owned());
        }
        if seal.hash != Hash::of(seal.seq, seal.prev_hash, &entry, records) {
            return Some(format!("entry {} ({}, {}) is not what was sealed", entry.id, entry.kind, entry.subject));
        }
        let another = self.kept.iter().any(|kept| kept.seq == seal.seq && kept.hash != seal.hash);
        another.then(|| "the seal is another one than the seal kept outside: the chain was computed anew".to_owned())
    }

    fn missing_kept(&self) -> Option<Fault> {
        let lost = self.kept.iter().map(|kept| kept.seq).filter(|seq| *seq >= self.next).max()?;
        Some(fault(self.next, format!("the log ends here, but seal {lost} was kept outside: the end was cut off")))
    }
}
