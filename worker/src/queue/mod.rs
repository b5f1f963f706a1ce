//! The queue as an apalis backend, over the jobs table of the application.
//!
//! apalis drives the workers: concurrency, restart, shutdown. The queue itself is ours (the stock backends lost, repeated
//! and stalled jobs when we tried them): a job is claimed for a lease, the outermost layer renews the lease and writes the
//! outcome before the task counts as finished, waiting between tries happens in the database. A worker that is idle looks
//! again after [`Options::poll`], or at once when this process puts a job in.

mod isolation;
mod lease;
mod stop;

pub(crate) use isolation::Isolation;
pub(crate) use lease::{LeaseLayer, attempt};
pub(crate) use stop::{Stop, Stopping};

use crate::{Options, jobs::Context};
use apalis_core::{
    backend::{Backend, BackendConfig, finalize::Ephemeral, future::BoxSyncFuture},
    error::BoxDynError,
    task::{Task, builder::TaskBuilder, task_id::TaskId},
    worker::context::WorkerContext,
};
use chrono::TimeDelta;
use fabu_app::jobs::{Job, JobEnd, Queue};
use futures::FutureExt;
use std::{
    convert::Infallible,
    sync::Arc,
    task::{Poll, ready},
    time::Duration,
};

/// A claimed job and what it works with.
#[derive(Clone)]
pub(crate) struct Claimed {
    pub(crate) context: Arc<Context>,
    pub(crate) job: Job,
}

/// The jobs of one queue, one claim after the other.
pub(crate) struct Jobs {
    source: Source,
    keep: LeaseLayer,
    claim: Option<BoxSyncFuture<Option<Job>>>,
}

/// What a claim needs.
#[derive(Clone)]
struct Source {
    context: Arc<Context>,
    queue: Queue,
    lease: TimeDelta,
    poll: Duration,
    stopping: Stopping,
}

/// The longest wait after a claim that failed.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

impl Jobs {
    pub(crate) fn new(context: Arc<Context>, queue: Queue, options: &Options, stopping: Stopping, isolation: Isolation) -> Self {
        let lease = TimeDelta::from_std(options.lease).unwrap_or(TimeDelta::seconds(45));
        let keep = LeaseLayer { lease, renew: options.lease / 3, stopping: stopping.clone(), isolation };
        Self { source: Source { context, queue, lease, poll: options.poll, stopping }, keep, claim: None }
    }
}

impl Source {
    /// The next due job; none when the worker is to stop. A failing database is logged once and tried again: it never
    /// ends the worker.
    async fn next(mut self) -> Option<Job> {
        let app = &self.context.app;
        let mut enqueued = app.store.enqueued();
        let mut failures: u32 = 0;
        loop {
            if self.stopping.is_stopping() {
                return None;
            }
            enqueued.mark_unchanged();
            let pause = match app.claim_job(self.queue, self.lease).await {
                Ok(Some(job)) if self.stopping.is_stopping() => {
                    // Claimed in the very moment of the stop: nobody will run it here.
                    if let Err(error) = app.finish_job(job, JobEnd::Released).await {
                        tracing::warn!(%error, "a job could not be given back; it is taken up when its lease ends");
                    }
                    return None;
                }
                Ok(Some(job)) => return Some(job),
                Ok(None) => {
                    failures = 0;
                    self.poll
                }
                Err(error) => {
                    if failures == 0 {
                        tracing::error!(%error, queue = %self.queue, "no job can be claimed; it is tried again");
                    }
                    failures += 1;
                    (self.poll * failures).min(LONGEST_PAUSE)
                }
            };
            tokio::select! {
                // The sender lives as long as the store, so a change is the only news.
                _ = enqueued.changed(), if failures == 0 => {}
                () = tokio::time::sleep(pause) => {}
                () = self.stopping.no_new_jobs() => {}
            }
        }
    }
}

impl Backend for Jobs {
    type Task = Task<Claimed>;
    type Error = Infallible;

    fn poll_ready(&mut self, _: &mut std::task::Context<'_>, _: &WorkerContext) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn poll_next(
        &mut self,
        cx: &mut std::task::Context<'_>,
        _: &WorkerContext,
    ) -> Poll<Option<Result<Task<Claimed>, Infallible>>> {
        let claim = self.claim.get_or_insert_with(|| self.source.clone().next().boxed().into());
        let job = ready!(claim.poll_unpin(cx));
        self.claim = None;
        // None: no further claim in this life of the worker.
        Poll::Ready(job.map(|job| {
            let (id, context) = (TaskId::from_string(job.id.to_string()), Arc::clone(&self.source.context));
            Ok(TaskBuilder::new(Claimed { context, job }).task_id(id).build())
        }))
    }

    /// Ends the claim that is under way, giving back what it found.
    fn poll_close(&mut self, cx: &mut std::task::Context<'_>, _: &WorkerContext) -> Poll<Result<(), Infallible>> {
        while let Some(claim) = &mut self.claim {
            let job = ready!(claim.poll_unpin(cx));
            self.claim = job.map(|job| {
                let app = self.source.context.app.clone();
                let release = async move {
                    if let Err(error) = app.finish_job(job, JobEnd::Released).await {
                        tracing::warn!(%error, "a job could not be given back; it is taken up when its lease ends");
                    }
                    None
                };
                release.boxed().into()
            });
        }
        Poll::Ready(Ok(()))
    }
}

impl BackendConfig for Jobs {
    type Args = Claimed;
    type Id = String;
    type Kind = Ephemeral;
    type Config = ();
    type Layer = LeaseLayer;

    fn config(&self) -> &() {
        &()
    }

    fn middleware(&mut self, _: &mut WorkerContext) -> LeaseLayer {
        self.keep.clone()
    }
}

/// What apalis calls for each task, inside [`Lease`].
pub(crate) async fn perform(claimed: Claimed) -> Result<JobEnd, BoxDynError> {
    Ok(attempt(&claimed.context, &claimed.job).await)
}
