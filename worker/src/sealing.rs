//! Committed events get their seal about every second. It is no job: it concerns every event and must not wait in a queue.

use crate::{duty::Duty, queue::Stopping};
use fabu_app::App;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

/// How often events are sealed.
const SEAL_EVERY: Duration = Duration::from_secs(1);
/// How many events one transaction seals: few enough that other writers hardly wait.
const SEAL_AT_ONCE: usize = 500;

/// Seals until the stop.
pub(crate) async fn run(app: App, mut stopping: Stopping) {
    let mut tick = interval(SEAL_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut sealing = Duty::new("sealing of events");
    loop {
        tokio::select! {
            biased;
            () = stopping.no_new_jobs() => break,
            _ = tick.tick() => sealing.note(seal_all(&app).await),
        }
    }
}

/// Seals what is left when nothing else runs any more.
pub(crate) async fn finish(app: &App) {
    Duty::new("last sealing of events").note(seal_all(app).await);
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
