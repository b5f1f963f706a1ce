//! What stands against the window of a release, and when nothing does (5.5.4).

use super::{
    context::{find, readable},
    surroundings::{around, conflicts_of},
};
use crate::{AppError, FieldError, Rx};
use chrono::{DateTime, TimeDelta, Utc};
use fabu_domain::{
    subject::operation::Operation,
    subjects::release::{
        Dossier, Window,
        conflicts::{Conflict, FREE_WINDOW_DAYS, FreeWindow, Occasion, free_windows},
    },
};
use fabu_store::KnownConflict;
use std::sync::Arc;

/// The longest window that is looked for, in minutes: a week.
const LONGEST_MINUTES: u32 = 7 * 24 * 60;
/// The most windows that are given.
const MOST_WINDOWS: u32 = 20;
/// As many are given unless more are asked for.
const USUAL_WINDOWS: u32 = 5;

/// The conflicts of a release with the plan that they were found for.
#[derive(Debug, Clone)]
pub struct ConflictsOfRelease {
    /// The release.
    pub dossier: Arc<Dossier>,
    /// The window that was looked at; none while no plan states one.
    pub window: Option<Window>,
    /// What stands against it.
    pub conflicts: Vec<Conflict>,
    /// What was known of it when somebody looked last, and what is gone.
    pub known: Vec<KnownConflict>,
}

/// What is asked for of free windows.
#[derive(Debug, Clone, Copy)]
pub struct FreeWindowQuery {
    /// How long, in minutes; as long as the window of the plan when it is not said.
    pub minutes: Option<u32>,
    /// From when on; from now when it is not said.
    pub from: Option<DateTime<Utc>>,
    /// How many.
    pub limit: Option<u32>,
}

/// What stands against the window of a release: as its plan is written, else as it is in force.
///
/// # Errors
/// Not permitted, not found.
pub fn view_conflicts(rx: &mut Rx<'_, '_>, number: &str) -> Result<ConflictsOfRelease, AppError> {
    let dossier = found(rx, Operation::ViewConflicts, number)?;
    let directory = Arc::clone(&rx.directory);
    let conflicts = conflicts_of(rx.tx, &dossier, &directory)?;
    let known = rx.tx.known_conflicts(dossier.release.id)?;
    Ok(ConflictsOfRelease { window: Occasion::of(&dossier).map(|occasion| occasion.window), dossier, conflicts, known })
}

/// The next windows within 90 days that nothing stands against, those outside the customer's business hours first.
///
/// # Errors
/// Not permitted, not found; a length, a start or a number that is out of bounds, or no length while no plan states a window.
pub fn view_free_windows(rx: &mut Rx<'_, '_>, number: &str, query: FreeWindowQuery) -> Result<Vec<FreeWindow>, AppError> {
    let dossier = found(rx, Operation::ViewFreeWindows, number)?;
    let planned = Occasion::of(&dossier);
    let length = planned.as_ref().map(|occasion| occasion.window.end - occasion.window.start);
    let length = query.minutes.map(|minutes| TimeDelta::minutes(minutes.into())).or(length);
    let (from, limit) = (query.from.unwrap_or(rx.now).max(rx.now), query.limit.unwrap_or(USUAL_WINDOWS));
    let longest = TimeDelta::minutes(LONGEST_MINUTES.into());
    let Some(length) = length.filter(|length| *length > TimeDelta::zero() && *length <= longest) else {
        return Err(FieldError::invalid("/duration_minutes", "时长须为 1 至 10080 分钟", "1 to 10080 minutes").into());
    };
    if !(1..=MOST_WINDOWS).contains(&limit) {
        return Err(FieldError::invalid("/limit", "1 至 20", "1 to 20").into());
    }
    if from > rx.now + TimeDelta::days(366) {
        return Err(FieldError::invalid("/from", "最多一年以后", "at most a year from now").into());
    }
    let occasion = Occasion::within(&dossier, Window { start: from, end: from + length });
    let time = Window { start: from, end: from + TimeDelta::days(FREE_WINDOW_DAYS) + length };
    let directory = Arc::clone(&rx.directory);
    let limit = usize::try_from(limit).unwrap_or_default();
    around(rx.tx, &dossier, &occasion, time, &directory, |around| free_windows(&occasion, around, from, length, limit))
}

fn found(rx: &mut Rx<'_, '_>, operation: Operation, number: &str) -> Result<Arc<Dossier>, AppError> {
    rx.permit(operation)?;
    let id = find(rx.tx, number)?;
    readable(rx, id, "release")
}
