//! Background jobs: put in with the change that asks for them.

use crate::{
    Reader, StoreError, Writer,
    dialect::InsertExt,
    schema::jobs,
    types::{Id, Instant, Json},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use fabu_domain::ids::JobId;

/// A job to be done once the transaction is committed.
#[derive(Debug, Clone, PartialEq)]
pub struct NewJob {
    /// Identity.
    pub id: JobId,
    /// What to do: `deliver_webhook`.
    pub kind: String,
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

#[derive(Insertable)]
#[diesel(table_name = jobs)]
struct JobRow {
    id: Id<JobId>,
    kind: String,
    payload: Json,
    status: &'static str,
    attempts: i32,
    max_attempts: i32,
    run_at: Instant,
    unique_key: Option<String>,
    created_at: Instant,
}

impl Reader<'_> {
    /// The number of jobs of a kind in a status (`pending`, `done`, `dead`).
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn count_jobs(&mut self, kind: &str, status: &str) -> Result<i64, StoreError> {
        Ok(jobs::table.filter(jobs::kind.eq(kind)).filter(jobs::status.eq(status)).count().get_result(self.conn)?)
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
            status: "pending",
            attempts: 0,
            max_attempts: job.max_attempts,
            run_at: Instant(job.run_at),
            unique_key: job.unique_key,
            created_at: Instant(job.created_at),
        };
        Ok(diesel::insert_into(jobs::table).values(row).or("(unique_key) DO NOTHING").execute(self.conn)? == 1)
    }
}
