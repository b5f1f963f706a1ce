//! Background jobs.

use chrono::{DateTime, Utc};
use fabu_app::{
    jobs::{Job, JobQuery as Wanted, Queue},
    paging::PageRequest,
};
use fabu_domain::{ids::JobId, notifications::delivery::JobStatus};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A background job.
#[derive(Debug, Serialize, ToSchema)]
pub struct JobView {
    /// Identity.
    pub id: JobId,
    /// What it does.
    #[schema(example = "deliver_mail")]
    pub kind: String,
    /// The workers that take it; null when another version of the program put it in.
    #[schema(required)]
    pub queue: Option<Queue>,
    /// Where it stands.
    pub status: JobStatus,
    /// The ids it works on.
    #[schema(value_type = Object)]
    pub payload: serde_json::Value,
    /// How often it was tried; counted when a try begins.
    pub attempts: i32,
    /// How often it is tried before it is given up.
    pub max_attempts: i32,
    /// How many workers went away with it since it last ended by itself. It runs alone then.
    pub losses: i32,
    /// How many of them did nothing else; the third ends it.
    pub losses_alone: i32,
    /// Not before this instant; of a running job, the end of its lease.
    pub run_at: DateTime<Utc>,
    /// What went wrong at the last try.
    #[schema(required)]
    pub last_error: Option<String>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When it was done or given up.
    #[schema(required)]
    pub finished_at: Option<DateTime<Utc>>,
    /// Rises with every change; the ETag is `"v<version>"`.
    pub version: i64,
}

impl From<Job> for JobView {
    fn from(job: Job) -> Self {
        let version = job.version();
        Self {
            id: job.id,
            kind: job.kind,
            queue: job.queue.parse().ok(),
            status: job.status,
            payload: job.payload,
            attempts: job.attempts,
            max_attempts: job.max_attempts,
            losses: job.losses,
            losses_alone: job.losses_alone,
            run_at: job.run_at,
            last_error: job.last_error,
            created_at: job.created_at,
            finished_at: job.finished_at,
            version,
        }
    }
}

/// Which jobs are wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct JobQuery {
    /// In this status.
    pub status: Option<JobStatus>,
    /// Of this kind.
    #[param(max_length = 100)]
    pub kind: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Items per page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
}

impl JobQuery {
    /// The filter.
    #[must_use]
    pub fn wanted(&self) -> Wanted {
        let page = PageRequest { cursor: self.cursor.clone(), limit: self.limit };
        Wanted { status: self.status, kind: self.kind.clone(), page }
    }
}
