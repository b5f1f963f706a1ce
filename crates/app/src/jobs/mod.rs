//! Background jobs: asked for in the transaction of a change, done by the worker.
//!
//! [`enqueue`] puts one in. The methods of [`App`] below are what the engine in `worker` needs; how to add a kind is told
//! in `docs/ADDING-A-JOB.md`.

mod kinds;
mod list_jobs;
mod requeue_job;
mod slots;

pub use fabu_domain::notifications::delivery::Queue;
pub use fabu_store::{Job, JobEnd};
pub use kinds::{
    CHECK_CONFLICTS, CHECK_ENDPOINTS, CHECK_MEDIA, CHECK_RELEASE_CONFLICTS, DELIVER_MAIL, DELIVER_ROBOT, DISPATCH_EVENTS,
    DRAFT_QUARTERLY_REPORTS, FLAG_OVERDUE_RELEASES, JobKind, KINDS, PRUNE_ATTEMPT_LIMITS, PRUNE_IDEMPOTENCY_KEYS, PRUNE_SESSIONS,
    PURGE_JOBS, RAISE_REMINDERS, SEND_DUE_REPORTS, SWEEP_FILES, kind,
};
pub use list_jobs::{JobQuery, list_jobs, view_job};
pub use requeue_job::requeue_job;
pub use slots::Slot;

use crate::{App, AppError, Caller, deliveries::park};
use chrono::{DateTime, TimeDelta, Utc};
use fabu_domain::ids::{IdSource, JobId};
use fabu_store::{Claim, NewJob, StoreError, Writer};
use serde_json::{Value, json};

/// How long jobs that were done are kept.
const KEEP_DONE: TimeDelta = TimeDelta::days(14);
/// How long jobs that were given up are kept.
const KEEP_DEAD: TimeDelta = TimeDelta::days(180);

/// Puts a job in, to run from `run_at`. With a key, a second one is not put in: false.
///
/// # Errors
/// [`StoreError`] of the database.
pub fn enqueue(
    tx: &mut Writer<'_>,
    ids: &dyn IdSource,
    now: DateTime<Utc>,
    kind: &JobKind,
    ask: Ask,
) -> Result<bool, StoreError> {
    tx.enqueue(NewJob {
        id: JobId(ids.next()),
        kind: kind.name.to_owned(),
        queue: kind.queue.as_str().to_owned(),
        payload: ask.payload,
        unique_key: ask.unique_key,
        run_at: ask.run_at.unwrap_or(now),
        max_attempts: kind.max_attempts,
        created_at: now,
    })
}

/// What a job is asked to do.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// The ids it needs, or nothing.
    pub payload: Value,
    /// A second job with this key is not put in.
    pub unique_key: Option<String>,
    /// Not before this instant; none: at once.
    pub run_at: Option<DateTime<Utc>>,
}

impl App {
    /// The next due job of a queue, claimed until the end of the lease. An idle call takes no lock. A job that was given
    /// up because its workers went away with it is passed over, after its end is written down.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn claim_job(&self, queue: Queue, lease: TimeDelta) -> Result<Option<Job>, AppError> {
        loop {
            let now = self.clock.now();
            if !self.store.read(move |tx| tx.has_due_job(queue.as_str(), now).map_err(AppError::from)).await? {
                return Ok(None);
            }
            let app = self.clone();
            let claim = self.store.write(move |tx| {
                let now = app.clock.now();
                let claim = tx.claim_job(queue.as_str(), now, now + lease)?;
                if let Some(Claim::Lost(job)) = &claim {
                    app.bury(tx, job, now)?;
                }
                Ok::<_, AppError>(claim)
            });
            match claim.await? {
                Some(Claim::Job(job)) => return Ok(Some(job)),
                Some(Claim::Lost(job)) => {
                    tracing::error!(job.id = %job.id, job.kind, "a job is given up: its workers went away with it");
                }
                None => return Ok(None),
            }
        }
    }

    /// Prolongs the lease of a claimed job; false when it is no longer the caller's.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn renew_job(&self, id: JobId, claim: i64, lease: TimeDelta) -> Result<bool, AppError> {
        let app = self.clone();
        self.store.write(move |tx| tx.renew_job(id, claim, app.clock.now() + lease).map_err(AppError::from)).await
    }

    /// Notes whether this process does nothing but this job; false when it is no longer the caller's.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn mark_job_alone(&self, id: JobId, claim: i64, alone: bool) -> Result<bool, AppError> {
        self.store.write(move |tx| tx.mark_job_alone(id, claim, alone).map_err(AppError::from)).await
    }

    /// Writes down how a job ended; false when it was no longer the caller's.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn finish_job(&self, job: Job, end: JobEnd) -> Result<bool, AppError> {
        let app = self.clone();
        self.store
            .write(move |tx| {
                let now = app.clock.now();
                let mine = tx.finish_job(&job, &end, now)?;
                if let (true, JobEnd::Dead { error }) = (mine, &end) {
                    app.bury(tx, &Job { last_error: Some(error.clone()), ..job.clone() }, now)?;
                }
                Ok(mine)
            })
            .await
    }

    /// What else is written down when a job is given up: an entry of the log; and a message is parked with its job.
    fn bury(&self, tx: &mut Writer<'_>, job: &Job, now: DateTime<Utc>) -> Result<(), AppError> {
        let delivers = [DELIVER_MAIL.name, DELIVER_ROBOT.name].contains(&job.kind.as_str());
        if let (true, Ok(id)) = (delivers, serde_json::from_value(job.payload["delivery_id"].clone())) {
            park(tx, id, job.last_error.as_deref().unwrap_or_default(), now)?;
        }
        let payload = json!({ "kind": job.kind, "attempts": job.attempts, "error": job.last_error });
        let subject = format!("jobs/{}", job.id);
        let entry = Caller::system("worker").entry(self.ids.next(), now, "job.given_up", subject, payload);
        Ok(tx.append(std::slice::from_ref(&entry))?)
    }

    /// Forgets jobs that ended long ago; their number.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn purge_jobs(&self) -> Result<usize, AppError> {
        let now = self.clock.now();
        self.store.write(move |tx| tx.purge_jobs(now - KEEP_DONE, now - KEEP_DEAD).map_err(AppError::from)).await
    }
}
