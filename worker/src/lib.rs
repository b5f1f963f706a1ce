//! The background shell: what runs when nobody asks. It holds no rules; each duty is one function of `fabu_app`.
//!
//! [`run`] starts one apalis worker for each queue of jobs (`queue`), the clock of the periodic jobs (`schedule`), and the
//! sealing of the log (`sealing`). Any number of processes may run at once on PostgreSQL: a job belongs to whoever claimed
//! it last, a slot is put in once, sealing takes a lock. What a job does is in `jobs`; `docs/ADDING-A-JOB.md` tells how to
//! add a kind.

mod duty;
pub mod jobs;
mod persistence;
mod queue;
pub mod schedule;
mod sealing;
mod smtp_url;

pub use smtp_url::mailer;

use apalis::prelude::{Monitor, WorkerBuilder, WorkerBuilderExt};
use chrono::TimeDelta;
use fabu_app::jobs::Queue;
use jobs::Context;
use queue::{Isolation, Jobs, Stop, perform};
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// How the worker runs.
#[derive(Debug, Clone)]
pub struct Options {
    /// How long a job belongs to its worker unless it is renewed, which happens at a third of it. After a crash the work
    /// is taken up again when it ends.
    pub lease: Duration,
    /// How often an idle worker looks for jobs that another process put in, or whose time has come.
    pub poll: Duration,
    /// How often it is looked whether a slot of a periodic job has come.
    pub tick: Duration,
    /// How long running jobs may take after the signal to stop; then they are given back.
    pub grace: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            lease: Duration::from_secs(45),
            poll: Duration::from_millis(500),
            tick: Duration::from_secs(5),
            grace: Duration::from_secs(10),
        }
    }
}

/// How many jobs of a queue one process does at a time.
const fn at_once(queue: Queue) -> usize {
    match queue {
        Queue::Events | Queue::General => 2,
        // RELIABILITY 4.4: at most four connections to the mail server.
        Queue::Mail => 4,
        Queue::Robots => 1,
        Queue::Reports => 1,
    }
}

/// Runs until `shutdown` becomes true or its sender is gone; then lets running jobs end or gives them back, seals what is
/// left, and returns.
pub async fn run(mut context: Context, options: Options, mut shutdown: watch::Receiver<bool>) {
    context.app.store = context.app.store.for_background();
    let app = context.app.clone();
    let (stop, stopping) = Stop::new();
    let sealing = tokio::spawn(sealing::run(app.clone(), stopping.clone()));
    let schedule = tokio::spawn(schedule::run(app.clone(), options.tick, stopping.clone()));
    let (context, company) = (Arc::new(context), Isolation::default());
    let mut monitor = Monitor::new().should_restart(|worker, error| {
        tracing::error!(worker = worker.name(), %error, "a worker failed; it starts again");
        true
    });
    for queue in Queue::ALL.iter().copied().filter(|queue| jobs::serves(*queue)) {
        let (context, stopping, options, company) = (Arc::clone(&context), stopping.clone(), options.clone(), company.clone());
        monitor = monitor.register(move |restarts| {
            WorkerBuilder::new(format!("{queue}-{}-{restarts}", std::process::id()))
                .backend(Jobs::new(Arc::clone(&context), queue, &options, stopping.clone(), company.clone()))
                .concurrency(at_once(queue))
                .build(perform)
        });
    }
    let grace = options.grace;
    let signal = async {
        // An error means that the sender is gone: there is nobody left to work for.
        drop(shutdown.wait_for(|stop| *stop).await);
        stop.no_new_jobs();
        tokio::spawn(async move {
            tokio::time::sleep(grace).await;
            stop.give_back();
        });
        Ok(())
    };
    // Jobs end within the grace or are given back; a little more is needed only to write that down.
    let monitor = monitor.shutdown_timeout(grace + Duration::from_secs(3));
    if let Err(error) = monitor.run_with_signal(signal).await {
        tracing::error!(%error, "the workers ended with an error");
    }
    for (name, task) in [("schedule", schedule), ("sealing", sealing)] {
        if let Err(error) = task.await {
            tracing::error!(%error, "the {name} ended with an error");
        }
    }
    sealing::finish(&app).await;
}

/// Does every job that is due, those that follow included, one after the other and without waiting; their number. Puts in
/// the slots that have come before. For tests, and for whoever wants the work done now.
///
/// # Errors
/// When the database fails.
pub async fn run_due(context: &Context) -> Result<usize, fabu_app::AppError> {
    schedule::put_in_due(&context.app).await?;
    let mut done = 0;
    loop {
        let before = done;
        for queue in Queue::ALL.iter().filter(|queue| jobs::serves(**queue)) {
            while let Some(job) = context.app.claim_job(*queue, TimeDelta::minutes(5)).await? {
                let end = queue::attempt(context, &job).await;
                context.app.finish_job(job, end).await?;
                done += 1;
            }
        }
        if done == before {
            return Ok(done);
        }
    }
}
