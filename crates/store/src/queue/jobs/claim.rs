//! From the claim of a job to its end.
//!
//! A claim counts as an attempt and lasts as long as its lease. While a job runs, `run_at` is the end of the lease, so
//! one index finds what is due and what was lost. Every claim has a number; who holds an older one can neither renew nor
//! finish (fencing).

use super::{Job, JobRow};
use crate::{
    Reader, StoreError, Writer,
    dialect::LockExt,
    schema::jobs,
    types::{Id, Instant},
};
use chrono::{DateTime, Utc};
use diesel::{dsl::min, prelude::*};
use fabu_domain::{
    ids::JobId,
    notifications::delivery::JobStatus::{Dead, Done, Pending, Running},
};

/// After so many workers that went away while they did nothing but this job it is given up: it is what takes them down. A
/// worker that did other things, too, may have gone away because of those, or been killed; that is held against nobody.
const MAX_LOSSES_ALONE: i32 = 3;

/// What a claim found.
#[derive(Debug, Clone, PartialEq)]
pub enum Claim {
    /// A job, to be done now.
    Job(Job),
    /// A job that was given up at this moment, because its workers went away with it.
    Lost(Job),
}

/// How a try ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobEnd {
    /// Done.
    Done,
    /// To be tried again.
    Again {
        /// Not before this instant.
        at: DateTime<Utc>,
        /// What went wrong.
        error: String,
    },
    /// Given up.
    Dead {
        /// What went wrong.
        error: String,
    },
    /// The worker stops before the job could end: the try does not count.
    Released,
    /// Its time has not come after all: the try does not count.
    NotYet {
        /// When it comes.
        at: DateTime<Utc>,
    },
}

impl Reader<'_> {
    /// Whether there is something to claim. An idle worker asks this, which takes no lock.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn has_due_job(&mut self, queue: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let due = jobs::table
            .filter(jobs::finished_at.is_null())
            .filter(jobs::queue.eq(queue))
            .filter(jobs::run_at.le(Instant(now)))
            .select(jobs::id)
            .limit(1);
        Ok(due.first::<Id<JobId>>(self.conn).optional()?.is_some())
    }

    /// Since when the oldest due job of a queue waits (or has been lost); none when nothing is due.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn oldest_due_job(&mut self, queue: &str, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
        let due = jobs::table
            .filter(jobs::finished_at.is_null())
            .filter(jobs::queue.eq(queue))
            .filter(jobs::run_at.le(Instant(now)))
            .select(min(jobs::run_at));
        Ok(due.first::<Option<Instant>>(self.conn)?.map(|at| at.0))
    }
}

impl Writer<'_> {
    /// Takes the job of the queue that has waited longest, the older of two, until `lease_until`. On PostgreSQL a job that another worker
    /// takes at this moment is passed over.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn claim_job(
        &mut self,
        queue: &str,
        now: DateTime<Utc>,
        lease_until: DateTime<Utc>,
    ) -> Result<Option<Claim>, StoreError> {
        let due = jobs::table
            .filter(jobs::finished_at.is_null())
            .filter(jobs::queue.eq(queue))
            .filter(jobs::run_at.le(Instant(now)))
            .order((jobs::run_at, jobs::id))
            .limit(1)
            .select(JobRow::as_select())
            .lock_free();
        let Some(row) = due.load::<JobRow>(self.conn)?.pop() else { return Ok(None) };
        let mut job = Job::try_from(row)?;
        let found = jobs::table.find(Id(job.id));
        if job.status == Running {
            job.losses += 1;
            job.losses_alone += i32::from(job.alone);
            if job.losses_alone >= MAX_LOSSES_ALONE || job.attempts >= job.max_attempts {
                let error = "its worker went away while it ran".to_owned();
                diesel::update(found)
                    .set((
                        jobs::status.eq(Dead.as_str()),
                        jobs::losses.eq(job.losses),
                        jobs::losses_alone.eq(job.losses_alone),
                        jobs::alone.eq(false),
                        jobs::claims.eq(job.claims + 1),
                        jobs::lease_until.eq(None::<Instant>),
                        jobs::finished_at.eq(Some(Instant(now))),
                        jobs::last_error.eq(Some(&error)),
                    ))
                    .execute(self.conn)?;
                let job = Job {
                    status: Dead,
                    alone: false,
                    claims: job.claims + 1,
                    last_error: Some(error),
                    finished_at: Some(now),
                    ..job
                };
                return Ok(Some(Claim::Lost(job)));
            }
        }
        let (attempts, claims) = (job.attempts + 1, job.claims + 1);
        let job = Job { status: Running, attempts, claims, run_at: lease_until, alone: false, ..job };
        diesel::update(found)
            .set((
                jobs::status.eq(Running.as_str()),
                jobs::attempts.eq(job.attempts),
                jobs::losses.eq(job.losses),
                jobs::losses_alone.eq(job.losses_alone),
                jobs::alone.eq(false),
                jobs::claims.eq(job.claims),
                jobs::run_at.eq(Instant(lease_until)),
                jobs::lease_until.eq(Some(Instant(lease_until))),
            ))
            .execute(self.conn)?;
        Ok(Some(Claim::Job(job)))
    }

    /// Ends up to `limit` due jobs of a kind that nobody has begun, the oldest first, whose work this transaction does: their
    /// payloads. On PostgreSQL jobs that another worker takes at this moment are passed over.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn take_along(&mut self, kind: &str, now: DateTime<Utc>, limit: usize) -> Result<Vec<Job>, StoreError> {
        let due = jobs::table
            .filter(jobs::finished_at.is_null())
            .filter(jobs::kind.eq(kind))
            .filter(jobs::status.eq(Pending.as_str()))
            .filter(jobs::run_at.le(Instant(now)))
            .order((jobs::run_at, jobs::id))
            .limit(i64::try_from(limit).unwrap_or(i64::MAX))
            .select(JobRow::as_select())
            .lock_free();
        let rows = due.load::<JobRow>(self.conn)?;
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        diesel::update(jobs::table.filter(jobs::id.eq_any(ids)))
            .set((
                jobs::status.eq(Done.as_str()),
                jobs::attempts.eq(jobs::attempts + 1),
                jobs::claims.eq(jobs::claims + 1),
                jobs::run_at.eq(Instant(now)),
                jobs::finished_at.eq(Some(Instant(now))),
            ))
            .execute(self.conn)?;
        rows.into_iter().map(Job::try_from).collect()
    }

    /// Prolongs the lease of a claim; false when the job is no longer the caller's.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn renew_job(&mut self, id: JobId, claim: i64, until: DateTime<Utc>) -> Result<bool, StoreError> {
        let mine = jobs::table.find(Id(id)).filter(jobs::claims.eq(claim)).filter(jobs::status.eq(Running.as_str()));
        let until = Instant(until);
        let renewed = diesel::update(mine).set((jobs::run_at.eq(until), jobs::lease_until.eq(Some(until)))).execute(self.conn)?;
        Ok(renewed == 1)
    }

    /// Notes whether the worker does nothing but this job; false when the job is no longer the caller's.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn mark_job_alone(&mut self, id: JobId, claim: i64, alone: bool) -> Result<bool, StoreError> {
        let mine = jobs::table.find(Id(id)).filter(jobs::claims.eq(claim)).filter(jobs::status.eq(Running.as_str()));
        Ok(diesel::update(mine).set(jobs::alone.eq(alone)).execute(self.conn)? == 1)
    }

    /// Writes down how a try ended; false, and nothing is written, when the job is no longer the caller's.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn finish_job(&mut self, job: &Job, end: &JobEnd, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let (status, run_at, finished_at, error, attempts) = match end {
            JobEnd::Done => (Done, now, Some(now), None, job.attempts),
            JobEnd::Again { at, error } => (Pending, *at, None, Some(error), job.attempts),
            JobEnd::Dead { error } => (Dead, now, Some(now), Some(error), job.attempts),
            JobEnd::NotYet { at } => (Pending, *at, None, job.last_error.as_ref(), job.attempts - 1),
            JobEnd::Released => (Pending, now, None, job.last_error.as_ref(), job.attempts - 1),
        };
        // A job that ended by itself takes no worker down.
        let losses = if *end == JobEnd::Released { (job.losses, job.losses_alone) } else { (0, 0) };
        let mine = jobs::table.find(Id(job.id)).filter(jobs::claims.eq(job.claims)).filter(jobs::status.eq(Running.as_str()));
        let finished = diesel::update(mine)
            .set((
                jobs::status.eq(status.as_str()),
                jobs::attempts.eq(attempts),
                jobs::losses.eq(losses.0),
                jobs::losses_alone.eq(losses.1),
                jobs::alone.eq(false),
                jobs::run_at.eq(Instant(run_at)),
                jobs::lease_until.eq(None::<Instant>),
                jobs::finished_at.eq(finished_at.map(Instant)),
                jobs::last_error.eq(error),
            ))
            .execute(self.conn)?;
        Ok(finished == 1)
    }
}
