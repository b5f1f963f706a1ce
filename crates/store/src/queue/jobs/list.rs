//! What an administrator sees of the queue, and what is cleared away.

use super::{Job, JobRow};
use crate::{
    Cursor, Page, Reader, StoreError, Writer,
    registers::users::as_limit,
    schema::{jobs, schedules},
    types::{Id, Instant, instant_text, parse_instant},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use fabu_domain::{
    ids::JobId,
    notifications::delivery::JobStatus::{self, Dead, Done, Pending},
    subject::log::LogEntry,
};

/// Which jobs to list; every part that is given must fit.
#[derive(Debug, Clone, Default)]
pub struct JobFilter {
    /// Where it stands.
    pub status: Option<JobStatus>,
    /// What it does.
    pub kind: Option<String>,
}

impl Reader<'_> {
    /// One job.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the row cannot be read.
    pub fn job(&mut self, id: JobId) -> Result<Option<Job>, StoreError> {
        let row = jobs::table.find(Id(id)).select(JobRow::as_select()).first(self.conn).optional()?;
        row.map(Job::try_from).transpose()
    }

    /// Jobs, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Cursor`] when `after` is not from this list.
    pub fn list_jobs(&mut self, filter: &JobFilter, after: Option<&Cursor>, limit: usize) -> Result<Page<Job>, StoreError> {
        const LIST: &str = "jobs.newest";
        let mut query = jobs::table.select(JobRow::as_select()).into_boxed();
        if let Some(status) = filter.status {
            query = query.filter(jobs::status.eq(status.as_str()));
        }
        if let Some(kind) = &filter.kind {
            query = query.filter(jobs::kind.eq(kind.clone()));
        }
        if let Some(cursor) = after {
            let [at, id] = cursor.keys(LIST)?;
            let at = Instant(parse_instant(at).ok_or(StoreError::Cursor)?);
            let id: Id<JobId> = Id(id.parse().map_err(|_| StoreError::Cursor)?);
            query = query.filter(jobs::created_at.le(at).and(jobs::created_at.lt(at).or(jobs::id.lt(id))));
        }
        let rows = query.order((jobs::created_at.desc(), jobs::id.desc())).limit(as_limit(limit)).load::<JobRow>(self.conn)?;
        let found = rows.into_iter().map(Job::try_from).collect::<Result<Vec<_>, _>>()?;
        Ok(Page::cut(found, limit, |job| Cursor::new(LIST, &[&instant_text(job.created_at), &job.id.to_string()])))
    }
}

impl Writer<'_> {
    /// Gives a dead job its attempts back, to run at once; false when it is not dead.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn requeue_job(&mut self, id: JobId, now: DateTime<Utc>, entry: &LogEntry) -> Result<bool, StoreError> {
        let dead = jobs::table.find(Id(id)).filter(jobs::status.eq(Dead.as_str()));
        let requeued = diesel::update(dead)
            .set((
                jobs::status.eq(Pending.as_str()),
                jobs::attempts.eq(0),
                jobs::losses.eq(0),
                jobs::losses_alone.eq(0),
                jobs::run_at.eq(Instant(now)),
                jobs::finished_at.eq(None::<Instant>),
            ))
            .execute(self.conn)?;
        if requeued == 0 {
            return Ok(false);
        }
        self.enqueued = true;
        self.append(std::slice::from_ref(entry))?;
        Ok(true)
    }

    /// Forgets jobs that were done before `done` or given up before `dead`; their number. The last slot of every
    /// periodic job stays, so that it cannot be put in again.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn purge_jobs(&mut self, done: DateTime<Utc>, dead: DateTime<Utc>) -> Result<usize, StoreError> {
        let mut purged = 0;
        for (status, before) in [(Done, done), (Dead, dead)] {
            let last_slots = schedules::table.select(schedules::slot.nullable());
            let old = jobs::table
                .filter(jobs::finished_at.lt(Some(Instant(before))))
                .filter(jobs::status.eq(status.as_str()))
                .filter(jobs::unique_key.is_null().or(diesel::dsl::not(jobs::unique_key.eq_any(last_slots))));
            purged += diesel::delete(old).execute(self.conn)?;
        }
        Ok(purged)
    }
}
