//! The outermost layer of every task: keeps the lease while the job runs, then writes the outcome before the task counts
//! as finished.

use super::{Claimed, Isolation, Stopping};
use crate::{
    jobs::{Context, JobError, handler},
    persistence::persistence,
};
use apalis_core::{error::BoxDynError, task::Task};
use backon::Retryable as _;
use chrono::TimeDelta;
use fabu_app::jobs::{Job, JobEnd, kind};
use futures::{FutureExt, future::BoxFuture};
use std::{
    panic::AssertUnwindSafe,
    sync::Arc,
    task::{Context as TaskContext, Poll},
    time::Duration,
};
use tower::{Layer, Service};

/// Makes [`Lease`].
#[derive(Debug, Clone)]
pub(crate) struct LeaseLayer {
    pub(crate) lease: TimeDelta,
    pub(crate) renew: Duration,
    pub(crate) stopping: Stopping,
    pub(crate) isolation: Isolation,
}

/// Keeps the lease and writes the outcome.
#[derive(Debug, Clone)]
pub(crate) struct Lease<S> {
    inner: S,
    layer: LeaseLayer,
}

impl<S> Layer<S> for LeaseLayer {
    type Service = Lease<S>;

    fn layer(&self, inner: S) -> Lease<S> {
        Lease { inner, layer: self.clone() }
    }
}

impl<S> Service<Task<Claimed>> for Lease<S>
where
    S: Service<Task<Claimed>, Response = JobEnd>,
    S::Future: Send + 'static,
    S::Error: Into<BoxDynError> + 'static,
{
    type Response = ();
    type Error = BoxDynError;
    type Future = BoxFuture<'static, Result<(), BoxDynError>>;

    fn poll_ready(&mut self, cx: &mut TaskContext<'_>) -> Poll<Result<(), BoxDynError>> {
        self.inner.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, task: Task<Claimed>) -> Self::Future {
        let Claimed { context, job } = task.args.clone();
        let work = self.inner.call(task).map(|end| end.unwrap_or_else(|error| broken(error.into().to_string())));
        let work = in_isolation(Arc::clone(&context), job.clone(), self.layer.isolation.clone(), work.boxed());
        hold_lease(context, job, self.layer.clone(), work.boxed()).map(Ok).boxed()
    }
}

/// Runs the job beside others, or alone when a worker went away with it before.
async fn in_isolation(context: Arc<Context>, job: Job, isolation: Isolation, work: BoxFuture<'static, JobEnd>) -> JobEnd {
    if job.losses == 0 {
        return isolation.beside(work).await;
    }
    let mark = |alone| {
        let marked = context.app.mark_job_alone(job.id, job.claims, alone);
        async move {
            if let Err(error) = marked.await {
                tracing::warn!(%error, job.id = %job.id, alone, "it is not written down whether a job runs alone");
            }
        }
    };
    isolation.alone(work, mark).await
}

fn broken(error: String) -> JobEnd {
    JobEnd::Dead { error }
}

async fn hold_lease(context: Arc<Context>, job: Job, mut layer: LeaseLayer, mut work: BoxFuture<'static, JobEnd>) {
    let end = loop {
        tokio::select! {
            end = &mut work => break end,
            () = layer.stopping.give_back() => break JobEnd::Released,
            () = tokio::time::sleep(layer.renew) => match context.app.renew_job(job.id, job.claims, layer.lease).await {
                Ok(true) => {}
                Ok(false) => {
                    tracing::warn!(job.id = %job.id, job.kind, "the job was taken over by another worker and is left to it");
                    return;
                }
                Err(error) => tracing::warn!(%error, job.id = %job.id, "the lease of a job is not renewed"),
            }
        }
    };
    drop(work);
    write_down(&context, job, end).await;
}

async fn write_down(context: &Context, job: Job, end: JobEnd) {
    match (|| context.app.finish_job(job.clone(), end.clone())).retry(persistence()).await {
        Ok(true) => {}
        Ok(false) => tracing::warn!(job.id = %job.id, job.kind, "a job ended after another worker had taken it over"),
        Err(error) => tracing::error!(%error, job.id = %job.id, job.kind, "the end of a job is not written down; it runs again"),
    }
}

/// Runs the job's handler once and says what becomes of the job. A panic counts as a failure.
pub(crate) async fn attempt(context: &Context, job: &Job) -> JobEnd {
    let (Some(kind), Some(handler)) = (kind(&job.kind), handler(&job.kind)) else {
        return broken(format!("this version of the program knows no job of the kind {}", job.kind));
    };
    let result = AssertUnwindSafe(handler(context, job)).catch_unwind().await;
    let (error, wait) = match result.unwrap_or_else(|panic| Err(JobError::again(panic_text(panic.as_ref())))) {
        Ok(()) => return JobEnd::Done,
        Err(JobError::GiveUp(error)) => {
            tracing::error!(job.id = %job.id, job.kind, error, "a job cannot be done");
            return broken(error);
        }
        Err(JobError::NotYet { at }) => return JobEnd::NotYet { at },
        Err(JobError::Again { error, wait }) => (error, wait),
    };
    if job.attempts >= job.max_attempts {
        tracing::error!(job.id = %job.id, job.kind, job.attempts, error, "a job failed for the last time and is given up");
        return broken(error);
    }
    let wait = wait.unwrap_or_else(|| kind.wait_after(job.attempts));
    tracing::warn!(job.id = %job.id, job.kind, job.attempts, error, wait_seconds = wait.num_seconds(), "a job failed");
    JobEnd::Again { at: context.app.clock.now() + wait, error }
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned()).or_else(|| panic.downcast_ref::<String>().cloned());
    format!("the job panicked: {}", text.unwrap_or_default())
}
