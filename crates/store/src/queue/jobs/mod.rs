//! Background jobs: put in with the change that asks for them, claimed for a lease, finished by whoever still holds it.

mod claim;
mod list;

pub use claim::{Claim, JobEnd};
pub use list::JobFilter;

use crate::{
    Reader, StoreError, Writer,
    dialect::InsertExt,
    row::Place,
    schema::jobs,
    types::{Id, Instant, Json},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use fabu_domain::{ids::JobId, notifications::delivery::JobStatus};

/// A job to be done once the transaction is committed.
#[derive(Debug, Clone, PartialEq)]
pub struct NewJob {
    /// Identity.
    pub id: JobId,
    /// What to do: `deliver_webhook`.
    pub kind: String,
    /// Which workers take it.
    pub queue: String,
    /// The ids it needs, or nothing.
    pub payload: serde_json::Value,
    /// A second job with this key is not put in.
    pub unique_key: Option<String>,
    /// Not before this instant.
    pub run_at: DateTime<Utc>,
    /// How often it is tried before it counts as dead.
    pub max_attempts: i32,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
}

/// A job as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Identity.
    pub id: JobId,
    /// What to do.
    pub kind: String,
    /// Which workers take it.
    pub queue: String,
    /// The ids it needs.
    pub payload: serde_json::Value,
    /// Where it stands.
    pub status: JobStatus,
    /// How often it was tried; counted when a try begins.
    pub attempts: i32,
    /// How often it is tried before it counts as dead.
    pub max_attempts: i32,
    /// The key under which it was put in.
    pub unique_key: Option<String>,
    /// Not before this instant; of a running job, the end of its lease.
    pub run_at: DateTime<Utc>,
    /// What went wrong at the last try.
    pub last_error: Option<String>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When it was done or given up.
    pub finished_at: Option<DateTime<Utc>>,
    /// Rises with every claim: who holds an older number holds nothing.
    pub claims: i64,
    /// How many workers went away with it since it last ended by itself.
    pub losses: i32,
    /// How many of them did nothing else.
    pub losses_alone: i32,
    /// True while its worker does nothing else.
    pub alone: bool,
}

impl Job {
    /// Rises with every change of its status (ETag).
    #[must_use]
    pub const fn version(&self) -> i64 {
        self.claims * 4 + self.status as i64
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = jobs)]
pub(super) struct JobRow {
    id: Id<JobId>,
    kind: String,
    payload: Json,
    status: String,
    attempts: i32,
    max_attempts: i32,
    run_at: Instant,
    lease_until: Option<Instant>,
    unique_key: Option<String>,
    last_error: Option<String>,
    created_at: Instant,
    finished_at: Option<Instant>,
    queue: String,
    claims: i64,
    losses: i32,
    losses_alone: i32,
    alone: bool,
}

impl TryFrom<JobRow> for Job {
    type Error = StoreError;
    fn try_from(row: JobRow) -> Result<Self, StoreError> {
        let place = Place { table: "jobs", key: row.id.0 };
        Ok(Self {
            id: row.id.0,
            kind: row.kind,
            queue: row.queue,
            payload: row.payload.0,
            status: place.word("status", &row.status)?,
            attempts: row.attempts,
            max_attempts: row.max_attempts,
            unique_key: row.unique_key,
            run_at: row.run_at.0,
            last_error: row.last_error,
            created_at: row.created_at.0,
            finished_at: row.finished_at.map(|at| at.0),
            claims: row.claims,
            losses: row.losses,
            losses_alone: row.losses_alone,
            alone: row.alone,
        })
    }
}

impl Reader<'_> {
    /// The number of jobs of a kind in a status.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn count_jobs(&mut self, kind: &str, status: JobStatus) -> Result<i64, StoreError> {
        let of_kind = jobs::table.filter(jobs::kind.eq(kind)).filter(jobs::status.eq(status.as_str()));
        Ok(of_kind.count().get_result(self.conn)?)
    }
}

impl Writer<'_> {
    /// Puts a job in; false when one with its key exists already, in whatever status.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn enqueue(&mut self, job: NewJob) -> Result<bool, StoreError> {
        let row = JobRow {
            id: Id(job.id),
            kind: job.kind,
            payload: Json(job.payload),
            status: JobStatus::Pending.as_str().to_owned(),
            attempts: 0,
            max_attempts: job.max_attempts,
            run_at: Instant(job.run_at),
            lease_until: None,
            unique_key: job.unique_key,
            last_error: None,
            created_at: Instant(job.created_at),
            finished_at: None,
            queue: job.queue,
            claims: 0,
            losses: 0,
            losses_alone: 0,
            alone: false,
        };
        let added = diesel::insert_into(jobs::table).values(row).or("(unique_key) DO NOTHING").execute(self.conn)? == 1;
        self.enqueued |= added;
        Ok(added)
    }
}
