//! The log.

use super::history::HistoryOrder;
use chrono::{DateTime, Utc};
use fabu_app::{
    database::RecordFault,
    events::{EventQuery, LogRecord},
    verification::Findings,
};
use fabu_domain::{
    ids::{EventId, ReleaseId, UserId},
    subjects::event_kinds::EventKind,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

/// Which entries are wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EventFeedQuery {
    /// Those after this sequence number.
    #[param(minimum = 0)]
    pub after: Option<i64>,
    /// Those before this sequence number.
    #[param(minimum = 1)]
    pub before: Option<i64>,
    /// The order; `oldest` when it is left out, so that nothing is missed by reading on.
    #[param(inline)]
    pub order: Option<HistoryOrder>,
    /// Those whose kind begins so: `release.`
    #[param(max_length = 200)]
    pub kind: Option<String>,
    /// Those by this person.
    pub actor: Option<UserId>,
    /// Those about this: `users/<id>`.
    #[param(max_length = 200)]
    pub subject: Option<String>,
    /// At most so many.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
}

impl EventFeedQuery {
    /// The query of the use case.
    #[must_use]
    pub fn wanted(&self) -> EventQuery {
        let Self { after, before, order, kind, actor, subject, limit } = self.clone();
        let newest_first = order == Some(HistoryOrder::Newest);
        EventQuery { after, before, newest_first, kind, actor, subject, limit }
    }
}

/// An entry of the log.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventView {
    /// Gap-free number; null as long as the entry waits for its seal.
    #[schema(required)]
    pub seq: Option<i64>,
    /// Identity.
    pub id: EventId,
    /// What happened, past tense.
    #[schema(example = "release.stage_changed")]
    pub kind: String,
    /// Version of the payload's shape.
    pub version: i32,
    /// What it happened to.
    #[schema(example = "releases/REL-2026-0007")]
    pub subject: String,
    /// The release concerned, if any.
    #[schema(required)]
    pub release_id: Option<ReleaseId>,
    /// Who did it; null for the system itself.
    #[schema(required)]
    pub actor: Option<UserId>,
    /// For whom a deputy acted.
    #[schema(required)]
    pub on_behalf_of: Option<UserId>,
    /// The request or command that caused it.
    pub request_id: String,
    /// When it happened in the world.
    pub occurred_at: DateTime<Utc>,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
    /// The facts.
    #[schema(value_type = Object)]
    pub payload: Value,
    /// SHA-256 of the digests of the records that changed with this entry, hexadecimal; part of what is sealed. Null when
    /// none changed.
    #[schema(required)]
    pub records_sha256: Option<String>,
    /// The seal: SHA-256 over the entry and the seal before it, hexadecimal.
    #[schema(required)]
    pub hash: Option<String>,
}

impl From<LogRecord> for EventView {
    fn from(record: LogRecord) -> Self {
        let e = record.entry;
        Self {
            seq: record.seq,
            id: e.id,
            kind: e.kind,
            version: e.version,
            subject: e.subject,
            release_id: e.release_id,
            actor: e.actor,
            on_behalf_of: e.on_behalf_of,
            request_id: e.request_id,
            occurred_at: e.occurred_at,
            recorded_at: e.recorded_at,
            payload: e.payload,
            records_sha256: record.records,
            hash: record.hash.map(|hash| hash.to_string()),
        }
    }
}

/// A part of the log.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventFeedView {
    /// In sequence, or the latest first.
    pub items: Vec<EventView>,
    /// The `after` to read what is newer with, now or later.
    pub next_after: i64,
    /// The `before` to read what is older with; null when nothing was found.
    #[schema(required)]
    pub next_before: Option<i64>,
}

impl EventFeedView {
    /// The view of what was found after `after`.
    #[must_use]
    pub fn new(records: Vec<LogRecord>, after: Option<i64>) -> Self {
        let numbers = || records.iter().filter_map(|record| record.seq);
        let (next_after, next_before) = (numbers().max().or(after).unwrap_or(0), numbers().min());
        Self { items: records.into_iter().map(EventView::from).collect(), next_after, next_before }
    }
}

/// A kind of entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventKindView {
    /// The word in the log.
    #[schema(example = "release.stage_changed")]
    pub kind: &'static str,
    /// What people call it, in Chinese.
    pub zh: String,
    /// What people call it, in English.
    pub en: String,
}

/// Every kind of entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventKindsView {
    /// In the order of the procedure, then of the registers.
    pub items: Vec<EventKindView>,
}

impl EventKindsView {
    /// The view.
    #[must_use]
    pub fn new(kinds: Vec<EventKind>) -> Self {
        let view = |known: EventKind| {
            let name = known.name();
            EventKindView { kind: known.kind, zh: name.zh, en: name.en }
        };
        Self { items: kinds.into_iter().map(view).collect() }
    }
}

/// What the check of the log found.
#[derive(Debug, Serialize, ToSchema)]
pub struct VerificationView {
    /// True when no fault was found.
    pub sound: bool,
    /// Entries in the log.
    pub events: i64,
    /// Seals that were checked.
    pub seals: i64,
    /// Entries that wait for their seal.
    pub unsealed: i64,
    /// The last seal in order, to be kept outside: `seq:hash`.
    #[schema(required)]
    pub head: Option<String>,
    /// The sequence number of the first fault.
    #[schema(required)]
    pub first_bad_seq: Option<i64>,
    /// What is wrong there.
    #[schema(required)]
    pub fault: Option<String>,
    /// Rows of records that were compared with the log.
    pub rows: u64,
    /// Since when the log holds the digests of all records; null when it holds none.
    #[schema(required)]
    pub covered_since: Option<DateTime<Utc>>,
    /// Records that are not what the log says, at most 100.
    pub record_faults: Vec<RecordFaultView>,
    /// How many there are.
    pub record_fault_count: u64,
}

/// A record that is not what the log says.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordFaultView {
    /// The record, as people call it.
    #[schema(example = "release REL-2026-0007, approval plan_review")]
    pub record: String,
    /// What is wrong with it.
    #[schema(example = "is not what the log says: state changed (table approvals)")]
    pub what: String,
}

/// The most faults that are listed.
const FAULTS: usize = 100;

impl From<Findings> for VerificationView {
    fn from(found: Findings) -> Self {
        let (sound, count) = (found.sound(), found.faults.len() as u64);
        let v = found.log;
        let fault = |fault: RecordFault| RecordFaultView { record: fault.record, what: fault.what };
        Self {
            sound,
            events: v.events,
            seals: v.seals,
            unsealed: v.unsealed,
            head: v.head.map(|seal| format!("{}:{}", seal.seq, seal.hash)),
            first_bad_seq: v.first_bad.as_ref().map(|fault| fault.seq),
            fault: v.first_bad.map(|fault| fault.what),
            rows: found.coverage.rows,
            covered_since: found.coverage.since,
            record_faults: found.faults.into_iter().take(FAULTS).map(fault).collect(),
            record_fault_count: count,
        }
    }
}
