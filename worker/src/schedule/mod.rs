//! The clock of the periodic jobs.
//!
//! Every process puts the slots of [`PERIODIC`] in, under the key `name:slot`, so each is done once. What came due while
//! nothing ran is caught up at the start: each slot, or only the last one, as the row says. A job that asks "what is outstanding
//! by now" (the quarterly report: which quarters lack one?) needs only the last; the calendar of working days is
//! the use case's affair, so that a row is nothing but a rhythm.
//!
//! To add a periodic job: a [`JobKind`] in `crates/app/src/jobs/kinds.rs`, its function in `worker/src/jobs`, one row here.

mod rhythm;

pub use rhythm::{Rhythm, slots_between};

use crate::{duty::Duty, queue::Stopping};
use chrono::{DateTime, TimeDelta, Utc};
use fabu_app::{
    App, AppError,
    jobs::{
        CHECK_CONFLICTS, CHECK_ENDPOINTS, CHECK_MEDIA, DRAFT_QUARTERLY_REPORTS, FLAG_OVERDUE_RELEASES, JobKind,
        PRUNE_ATTEMPT_LIMITS, PRUNE_IDEMPOTENCY_KEYS, PRUNE_SESSIONS, PURGE_JOBS, RAISE_REMINDERS, SEND_DUE_REPORTS, SWEEP_FILES,
        Slot,
    },
};
use std::{collections::BTreeMap, time::Duration};

/// What is outstanding after a time in which nothing ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missed {
    /// Every slot that was missed.
    Each,
    /// Only the last one.
    Last,
}

/// A job that is done again and again.
#[derive(Debug, Clone, Copy)]
pub struct Periodic {
    /// What is done; its name is also the name of the schedule.
    pub kind: &'static JobKind,
    /// When.
    pub rhythm: Rhythm,
    /// What is outstanding after a stop.
    pub missed: Missed,
}

/// What is said in groups by the clock.
const OFF_THE_HOUR: Rhythm = Rhythm::Every { period: TimeDelta::minutes(15), past: TimeDelta::minutes(7) };

/// Sunday at two in the morning, company time: 1970 began on a Thursday, at eight.
const WEEKLY: Rhythm = Rhythm::Every { period: TimeDelta::days(7), past: TimeDelta::hours(66) };

/// Every periodic job.
pub const PERIODIC: &[Periodic] = &[
    Periodic { kind: &SEND_DUE_REPORTS, rhythm: Rhythm::every(TimeDelta::minutes(5)), missed: Missed::Last },
    Periodic { kind: &CHECK_ENDPOINTS, rhythm: Rhythm::every(TimeDelta::minutes(2)), missed: Missed::Last },
    Periodic { kind: &PRUNE_IDEMPOTENCY_KEYS, rhythm: Rhythm::every(TimeDelta::hours(1)), missed: Missed::Last },
    Periodic { kind: &PRUNE_SESSIONS, rhythm: Rhythm::every(TimeDelta::hours(1)), missed: Missed::Last },
    Periodic { kind: &PRUNE_ATTEMPT_LIMITS, rhythm: Rhythm::every(TimeDelta::hours(1)), missed: Missed::Last },
    Periodic { kind: &SWEEP_FILES, rhythm: Rhythm::every(TimeDelta::hours(1)), missed: Missed::Last },
    Periodic { kind: &DRAFT_QUARTERLY_REPORTS, rhythm: Rhythm::every(TimeDelta::hours(1)), missed: Missed::Last },
    Periodic { kind: &FLAG_OVERDUE_RELEASES, rhythm: OFF_THE_HOUR, missed: Missed::Last },
    Periodic { kind: &RAISE_REMINDERS, rhythm: OFF_THE_HOUR, missed: Missed::Last },
    Periodic { kind: &CHECK_MEDIA, rhythm: WEEKLY, missed: Missed::Last },
    Periodic { kind: &CHECK_CONFLICTS, rhythm: Rhythm::DailyAt { hour: 1, minute: 30 }, missed: Missed::Last },
    Periodic { kind: &PURGE_JOBS, rhythm: Rhythm::DailyAt { hour: 3, minute: 20 }, missed: Missed::Last },
];

/// Puts slots in until the stop.
pub(crate) async fn run(app: App, tick: Duration, mut stopping: Stopping) {
    let mut duty = Duty::new("schedule of periodic jobs");
    let mut known = None;
    loop {
        duty.note(advance(&app, &mut known).await);
        tokio::select! {
            () = stopping.no_new_jobs() => return,
            () = tokio::time::sleep(tick) => {}
        }
    }
}

/// Puts in every slot that has come; the number that nobody else had put in.
pub(crate) async fn put_in_due(app: &App) -> Result<usize, AppError> {
    advance(app, &mut None).await
}

/// By name: up to when slots are put in. An idle look compares instants and asks no database.
type Known = BTreeMap<String, DateTime<Utc>>;

async fn advance(app: &App, known: &mut Option<Known>) -> Result<usize, AppError> {
    let now = app.clock.now();
    let through = match known {
        Some(through) => through,
        none => none.insert(app.schedules().await?),
    };
    let mut added = 0;
    for periodic in PERIODIC {
        let name = periodic.kind.name;
        let Some(since) = through.get(name).copied() else {
            app.begin_schedule(name, now).await?;
            through.insert(name.to_owned(), now);
            continue;
        };
        let slots = periodic.due(since, now);
        if let Some(last) = slots.last().map(|slot| slot.at) {
            added += app.put_in_slots(name, periodic.kind, slots).await?;
            through.insert(name.to_owned(), last);
        }
    }
    Ok(added)
}

impl Periodic {
    /// The slots after `since` up to and with `now` that are outstanding, the oldest first.
    #[must_use]
    pub fn due(&self, since: DateTime<Utc>, now: DateTime<Utc>) -> Vec<Slot> {
        let mut slots = slots_between(self.rhythm, since, now);
        if self.missed == Missed::Last && slots.len() > 1 {
            slots.drain(..slots.len() - 1);
        }
        slots.into_iter().map(|at| Slot { at, label: at.format("%Y-%m-%dT%H:%M:%SZ").to_string() }).collect()
    }
}
