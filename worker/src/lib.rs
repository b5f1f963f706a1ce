//! The background shell: what runs when nobody asks. It holds no rules; each duty is one function of `fabu_app`.
//!
//! Three duties so far: committed events get their seal about every second, Idempotency-Keys older than a day are
//! forgotten every hour, and files that no attachment knows are removed every hour. Any number of processes may run them at once, each duty takes its own lock or none. Jobs
//! (deliveries, reminders, reports) come with the worker's own issue.

use fabu_app::App;
use std::time::Duration;
use tokio::{
    sync::watch,
    time::{Instant, MissedTickBehavior, interval, interval_at},
};

/// How often events are sealed.
const SEAL_EVERY: Duration = Duration::from_secs(1);
/// How many events one transaction seals: few enough that other writers hardly wait.
const SEAL_AT_ONCE: usize = 500;
/// How often old keys are forgotten and unused files removed.
const PRUNE_EVERY: Duration = Duration::from_secs(3600);

/// Runs until `shutdown` becomes true or its sender is gone; then seals what is left and returns.
pub async fn run(app: App, mut shutdown: watch::Receiver<bool>) {
    let (mut seal, mut prune) = (interval(SEAL_EVERY), interval_at(Instant::now() + PRUNE_EVERY, PRUNE_EVERY));
    seal.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut sealing = Duty { name: "sealing of events", failing: false };
    let mut pruning = Duty { name: "pruning of Idempotency-Keys", failing: false };
    let mut sweeping = Duty { name: "sweeping of unused files", failing: false };
    loop {
        tokio::select! {
            biased;
            () = asked_to_stop(&mut shutdown) => break,
            _ = seal.tick() => sealing.note(seal_all(&app).await),
            _ = prune.tick() => {
                pruning.note(app.prune_idempotency_keys().await);
                sweeping.note(app.sweep_files().await);
            }
        }
    }
    sealing.note(seal_all(&app).await);
}

async fn asked_to_stop(shutdown: &mut watch::Receiver<bool>) {
    // An error means that the sender is gone: there is nobody left to work for.
    drop(shutdown.wait_for(|stop| *stop).await);
}

async fn seal_all(app: &App) -> Result<usize, fabu_app::AppError> {
    let mut sealed = 0;
    loop {
        let now = app.seal(SEAL_AT_ONCE).await?;
        sealed += now;
        if now < SEAL_AT_ONCE {
            return Ok(sealed);
        }
    }
}

/// A duty and whether it failed last time: an outage is one line in the log, not one a second.
struct Duty {
    name: &'static str,
    failing: bool,
}

impl Duty {
    fn note(&mut self, result: Result<usize, fabu_app::AppError>) {
        match result {
            Err(error) if !self.failing => {
                self.failing = true;
                tracing::error!(%error, "the {} fails; it is tried again", self.name);
            }
            Err(_) => {}
            Ok(count) => {
                if std::mem::take(&mut self.failing) {
                    tracing::info!("the {} works again", self.name);
                }
                if count > 0 {
                    tracing::debug!(count, "{}", self.name);
                }
            }
        }
    }
}
