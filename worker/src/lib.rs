//! The background shell: what runs when nobody asks. It holds no rules; each duty is one function of `fabu_app`.
//!
//! Committed events get their seal about every second, Idempotency-Keys older than a day are forgotten and files that no
//! attachment knows removed every hour; what is owed by now (reports of quarters, flags, reminders) is looked for every
//! minute. Any number of processes may run them at once, each duty takes its own lock or none. Jobs (deliveries) come with
//! the worker's own issue.

use fabu_app::{App, AppError};
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

/// How often what is owed by now is looked for: reports of quarters, flags, reminders.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// Runs until `shutdown` becomes true or its sender is gone; then seals what is left and returns.
pub async fn run(app: App, mut shutdown: watch::Receiver<bool>) {
    let (mut seal, mut prune) = (interval(SEAL_EVERY), interval_at(Instant::now() + PRUNE_EVERY, PRUNE_EVERY));
    let mut look = interval(LOOK_EVERY);
    seal.set_missed_tick_behavior(MissedTickBehavior::Delay);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut sealing = Duty { name: "sealing of events", failing: false };
    let mut pruning = Duty { name: "pruning of Idempotency-Keys", failing: false };
    let mut sweeping = Duty { name: "sweeping of unused files", failing: false };
    let mut looking = Duty { name: "look for what is owed", failing: false };
    let mut restating = Duty { name: "restating of reports", failing: false };
    loop {
        tokio::select! {
            biased;
            () = asked_to_stop(&mut shutdown) => break,
            _ = seal.tick() => sealing.note(seal_all(&app).await),
            _ = prune.tick() => {
                pruning.note(app.prune_idempotency_keys().await);
                sweeping.note(app.sweep_files().await);
                restating.note(app.restate_changed_reports().await.map(|quarters| quarters.len()));
            }
            _ = look.tick() => looking.note(look_for_what_is_owed(&app).await),
        }
    }
    sealing.note(seal_all(&app).await);
}

/// Drafts reports of quarters, flags late releases, raises reminders: each once, also what came due while nothing ran.
async fn look_for_what_is_owed(app: &App) -> Result<usize, AppError> {
    let drafted = app.draft_due_reports().await?.len();
    Ok(drafted + app.flag_overdue_releases().await? + app.raise_reminders().await?)
}

async fn asked_to_stop(shutdown: &mut watch::Receiver<bool>) {
    // An error means that the sender is gone: there is nobody left to work for.
    drop(shutdown.wait_for(|stop| *stop).await);
}

async fn seal_all(app: &App) -> Result<usize, AppError> {
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
    fn note(&mut self, result: Result<usize, AppError>) {
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
