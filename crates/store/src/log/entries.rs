//! Writing and reading log entries.

use super::Hash;
use crate::{
    Cursor, Page, Reader, StoreError, Writer,
    dialect::{escape_like, insert_rows},
    records::Carrier,
    registers::users::as_limit,
    row::Place,
    schema::{event_records, events, seals, unsealed_events},
    types::{Id, Instant, Json},
};
use diesel::prelude::*;
use fabu_domain::{
    ids::{EventId, ReleaseId, UserId},
    subject::log::LogEntry,
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = events)]
pub(super) struct EventRow {
    id: Id<EventId>,
    kind: String,
    version: i32,
    subject: String,
    release_id: Option<Id<ReleaseId>>,
    release_version: Option<i64>,
    actor: Option<Id<UserId>>,
    on_behalf_of: Option<Id<UserId>>,
    request_id: String,
    occurred_at: Instant,
    recorded_at: Instant,
    payload: Json,
}

impl EventRow {
    fn new(entry: &LogEntry) -> Self {
        Self {
            id: Id(entry.id),
            kind: entry.kind.clone(),
            version: entry.version,
            subject: entry.subject.clone(),
            release_id: entry.release_id.map(Id),
            release_version: entry.release_version,
            actor: entry.actor.map(Id),
            on_behalf_of: entry.on_behalf_of.map(Id),
            request_id: entry.request_id.clone(),
            occurred_at: Instant(entry.occurred_at),
            recorded_at: Instant(entry.recorded_at),
            payload: Json(entry.payload.clone()),
        }
    }
}

impl From<EventRow> for LogEntry {
    fn from(row: EventRow) -> Self {
        Self {
            id: row.id.0,
            kind: row.kind,
            version: row.version,
            subject: row.subject,
            release_id: row.release_id.map(|id| id.0),
            release_version: row.release_version,
            actor: row.actor.map(|id| id.0),
            on_behalf_of: row.on_behalf_of.map(|id| id.0),
            request_id: row.request_id,
            occurred_at: row.occurred_at.0,
            recorded_at: row.recorded_at.0,
            payload: row.payload.0,
        }
    }
}

/// An entry and its place in the sealed sequence.
#[derive(Debug, Clone, PartialEq)]
pub struct LogRecord {
    /// Gap-free number; none as long as the entry waits for its seal.
    pub seq: Option<i64>,
    /// The seal's hash, once sealed.
    pub hash: Option<Hash>,
    /// The SHA-256 of the digests of records beside the entry, if there are any: part of what is sealed.
    pub records: Option<String>,
    /// The entry.
    pub entry: LogEntry,
}

/// Which entries of the feed to read; every part that is given must fit.
#[derive(Debug, Clone, Default)]
pub struct LogFilter {
    /// Of this release.
    pub release_id: Option<ReleaseId>,
    /// The kind begins with this: `release.`
    pub kind_prefix: Option<String>,
    /// Done by this person.
    pub actor: Option<UserId>,
    /// About this subject.
    pub subject: Option<String>,
    /// Before this sequence number.
    pub before: Option<i64>,
    /// The order.
    pub order: LogOrder,
}

/// The order of a list of entries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LogOrder {
    /// As it happened.
    #[default]
    OldestFirst,
    /// The latest on top.
    NewestFirst,
}

type Found = (EventRow, Option<(i64, Vec<u8>)>, Option<String>);

fn record((row, seal, records): Found) -> Result<LogRecord, StoreError> {
    let (seq, hash) = match seal {
        Some((seq, hash)) => (Some(seq), Some(Hash(Place { table: "seals", key: seq }.bytes("hash", hash)?))),
        None => (None, None),
    };
    Ok(LogRecord { seq, hash, records, entry: row.into() })
}

impl Reader<'_> {
    /// The whole feed: sealed entries after the sequence number `after` (none: from the start), in sequence order unless the
    /// filter says otherwise. The number of the last one is the next `after`; nothing can appear before it later.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn log_after(&mut self, after: Option<i64>, filter: &LogFilter, limit: usize) -> Result<Vec<LogRecord>, StoreError> {
        let mut query = seals::table
            .inner_join(events::table.on(events::id.eq(seals::event_id)))
            .left_join(event_records::table.on(event_records::event_id.eq(seals::event_id)))
            .filter(seals::seq.gt(after.unwrap_or(0)))
            .select((EventRow::as_select(), (seals::seq, seals::hash), event_records::sha256.nullable()))
            .into_boxed();
        if let Some(release) = filter.release_id {
            query = query.filter(events::release_id.eq(Some(Id(release))));
        }
        if let Some(prefix) = &filter.kind_prefix {
            query = query.filter(events::kind.like(format!("{}%", escape_like(prefix))).escape('\\'));
        }
        if let Some(actor) = filter.actor {
            query = query.filter(events::actor.eq(Some(Id(actor))));
        }
        if let Some(subject) = &filter.subject {
            query = query.filter(events::subject.eq(subject.clone()));
        }
        if let Some(before) = filter.before {
            query = query.filter(seals::seq.lt(before));
        }
        query = match filter.order {
            LogOrder::OldestFirst => query.order(seals::seq.asc()),
            LogOrder::NewestFirst => query.order(seals::seq.desc()),
        };
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let found = query.limit(limit).load::<(EventRow, (i64, Vec<u8>), Option<String>)>(self.conn)?;
        found.into_iter().map(|(row, seal, records)| record((row, Some(seal), records))).collect()
    }

    /// The entries with these ids, in the order in which they were made.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn log_entries(&mut self, ids: &[EventId]) -> Result<Vec<LogEntry>, StoreError> {
        let ids: Vec<Id<EventId>> = ids.iter().copied().map(Id).collect();
        let rows = events::table.filter(events::id.eq_any(ids)).order(events::id).select(EventRow::as_select());
        Ok(rows.load::<EventRow>(self.conn)?.into_iter().map(LogEntry::from).collect())
    }

    /// The entries of a release, sealed or not.
    ///
    /// # Errors
    /// [`StoreError::Cursor`] when `after` is not from this list in this order.
    pub fn events_of_release(
        &mut self,
        release: ReleaseId,
        order: LogOrder,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page<LogRecord>, StoreError> {
        self.events_where(Of::Release(release), order, after, limit)
    }

    /// The entries of a release of exactly this kind, sealed or not.
    ///
    /// # Errors
    /// [`StoreError::Cursor`] when `after` is not from this list in this order.
    pub fn events_of_kind(
        &mut self,
        release: ReleaseId,
        kind: &str,
        order: LogOrder,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page<LogRecord>, StoreError> {
        self.events_where(Of::Kind(release, kind), order, after, limit)
    }

    /// The entries about something that is no release (`users/<id>`), sealed or not.
    ///
    /// # Errors
    /// [`StoreError::Cursor`] when `after` is not from this list in this order.
    pub fn events_of_subject(
        &mut self,
        subject: &str,
        order: LogOrder,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page<LogRecord>, StoreError> {
        self.events_where(Of::Subject(subject), order, after, limit)
    }

    fn events_where(
        &mut self,
        of: Of<'_>,
        order: LogOrder,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page<LogRecord>, StoreError> {
        let list = match order {
            LogOrder::OldestFirst => "events.oldest",
            LogOrder::NewestFirst => "events.newest",
        };
        let mut query = events::table
            .left_join(seals::table.on(seals::event_id.eq(events::id)))
            .left_join(unsealed_events::table.on(unsealed_events::event_id.eq(events::id)))
            .left_join(event_records::table.on(event_records::event_id.eq(events::id)))
            .select((EventRow::as_select(), (seals::seq, seals::hash).nullable(), event_records::sha256.nullable()))
            .into_boxed();
        query = match of {
            Of::Release(release) => query.filter(events::release_id.eq(Some(Id(release)))),
            Of::Kind(release, kind) => {
                query.filter(events::release_id.eq(Some(Id(release)))).filter(events::kind.eq(kind.to_owned()))
            }
            Of::Subject(subject) => query.filter(events::release_id.is_null()).filter(events::subject.eq(subject.to_owned())),
        };
        if let Some(cursor) = after {
            let [id] = cursor.keys(list)?;
            let last = self.rank(id.parse().map_err(|_| StoreError::Cursor)?)?;
            query = match (order, last) {
                (LogOrder::OldestFirst, Rank::Sealed(seq)) => query.filter(seals::seq.gt(seq).or(seals::seq.is_null())),
                (LogOrder::NewestFirst, Rank::Sealed(seq)) => query.filter(seals::seq.lt(seq)),
                (LogOrder::OldestFirst, Rank::Waiting(position)) => query.filter(unsealed_events::position.gt(position)),
                (LogOrder::NewestFirst, Rank::Waiting(position)) => {
                    query.filter(unsealed_events::position.lt(position).or(unsealed_events::position.is_null()))
                }
            };
        }
        // The order of the seals, and then that in which entries wait for theirs. Times order nothing: a clock may step back.
        query = match order {
            LogOrder::OldestFirst => query.order((seals::seq.is_null().asc(), seals::seq.asc(), unsealed_events::position.asc())),
            LogOrder::NewestFirst => {
                query.order((seals::seq.is_null().desc(), seals::seq.desc(), unsealed_events::position.desc()))
            }
        };
        let found: Vec<Found> = query.limit(as_limit(limit)).load(self.conn)?;
        let records = found.into_iter().map(record).collect::<Result<Vec<_>, _>>()?;
        Ok(Page::cut(records, limit, |last| Cursor::new(list, &[&last.entry.id.to_string()])))
    }

    /// Where an entry stands now; it may have been sealed since a cursor named it.
    fn rank(&mut self, id: EventId) -> Result<Rank, StoreError> {
        let sealed = seals::table.filter(seals::event_id.eq(Id(id))).select(seals::seq).first(self.conn).optional()?;
        if let Some(seq) = sealed {
            return Ok(Rank::Sealed(seq));
        }
        let waiting = unsealed_events::table.filter(unsealed_events::event_id.eq(Id(id))).select(unsealed_events::position);
        waiting.first(self.conn).optional()?.map(Rank::Waiting).ok_or(StoreError::Cursor)
    }
}

/// The place of an entry in the order of the log.
enum Rank {
    /// Its number.
    Sealed(i64),
    /// Its place among those that wait for their number, after all that have one.
    Waiting(i64),
}

enum Of<'a> {
    Release(ReleaseId),
    Kind(ReleaseId, &'a str),
    Subject(&'a str),
}

impl Writer<'_> {
    /// Writes entries down; they wait for their seal.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] or [`StoreError::AppendOnly`] when an entry exists already.
    pub fn append(&mut self, entries: &[LogEntry]) -> Result<(), StoreError> {
        for entry in entries {
            diesel::insert_into(events::table).values(EventRow::new(entry)).execute(self.conn)?;
            self.carriers.push(Carrier { event: entry.id, release: entry.release_id });
        }
        let waiting: Vec<_> = entries.iter().map(|entry| [entry.id]).collect();
        insert_rows(self.conn, "unsealed_events (event_id)", &["uuid"], &waiting)
    }
}
