//! The envelope of the one event log (§3.2): every change of anything is one of these.

use crate::ids::{EventId, ReleaseId, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One entry of the log. Append-only: a correction is a new entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LogEntry {
    /// Identity, time-ordered.
    pub id: EventId,
    /// What happened, past tense: `release.stage_changed`.
    pub kind: String,
    /// Version of the payload's shape.
    pub version: i32,
    /// What it happened to: `releases/REL-2026-0007`, `users/<id>`.
    pub subject: String,
    /// The release concerned, if any.
    pub release_id: Option<ReleaseId>,
    /// The release's version after the change.
    pub release_version: Option<i64>,
    /// Who did it; none for the system itself.
    pub actor: Option<UserId>,
    /// For whom a deputy acted.
    pub on_behalf_of: Option<UserId>,
    /// The HTTP request or command that caused it.
    pub request_id: String,
    /// When it happened in the world (late entries, 补录, lie in the past).
    pub occurred_at: DateTime<Utc>,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
    /// The facts.
    pub payload: serde_json::Value,
}
