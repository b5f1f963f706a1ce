//! The next windows that nothing stands against (5.5.4).

use super::{
    ConflictKind, Occasion, Surroundings,
    find::{find, is_in_business_hours, somebody_away},
};
use crate::{ids::UserId, subjects::release::Window};
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use std::collections::BTreeSet;

/// How far ahead is looked.
pub const FREE_WINDOW_DAYS: i64 = 90;
/// Windows begin at full and half hours.
const STEP: TimeDelta = TimeDelta::minutes(30);

/// A window that nothing stands against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FreeWindow {
    /// When.
    pub window: Window,
    /// True when the customer works at that time: such windows come last and need a reason.
    pub in_business_hours: bool,
}

/// The first windows of this length from an instant on, within [`FREE_WINDOW_DAYS`]; none overlaps another, and those outside the
/// customer's business hours come first. `around` holds what there is in the whole time.
#[must_use]
pub fn free_windows(
    occasion: &Occasion,
    around: &Surroundings<'_>,
    from: DateTime<Utc>,
    length: TimeDelta,
    limit: usize,
) -> Vec<FreeWindow> {
    let rounded = from.duration_trunc(STEP).unwrap_or(from);
    let first = if rounded < from { rounded + STEP } else { rounded };
    let last = from + TimeDelta::days(FREE_WINDOW_DAYS);
    let taken = taken(occasion, around, Window { start: first, end: last + length });
    let people: Vec<UserId> = occasion.people.iter().map(|booking| booking.person).collect::<BTreeSet<_>>().into_iter().collect();
    let mut found: [Vec<FreeWindow>; 2] = [Vec::new(), Vec::new()];
    let mut start = first;
    while start <= last && found[0].len() < limit {
        let window = Window { start, end: start + length };
        // What is in the way next; the spans are in order and apart.
        let next = taken.get(taken.partition_point(|span| span.end <= window.start));
        if let Some(until) = next.filter(|span| span.overlap(&window).is_some()).map(|span| span.end) {
            let whole = until.duration_trunc(STEP).unwrap_or(until);
            start = if whole < until { whole + STEP } else { whole };
            continue;
        }
        let in_business_hours = is_in_business_hours(&occasion.at(window), around.directory);
        let list = &mut found[usize::from(in_business_hours)];
        let apart = list.last().is_none_or(|known| known.window.overlap(&window).is_none());
        if apart && list.len() < limit && !somebody_away(&people, window, around.directory) {
            list.push(FreeWindow { window, in_business_hours });
        }
        start += STEP;
    }
    let [outside, inside] = found;
    outside.into_iter().chain(inside).take(limit).collect()
}

/// The times that are taken, in order and apart: freezes that do not let the release through, and releases that it would collide with.
fn taken(occasion: &Occasion, around: &Surroundings<'_>, time: Window) -> Vec<Window> {
    let freezes = around.freezes.iter().filter(|held| held.holds_for(occasion) && !held.record.allowed.contains(&occasion.kind));
    let mut all: Vec<Window> = freezes.flat_map(|held| held.within(time)).collect();
    let collides = |other: &&super::OtherRelease| {
        let alone = Surroundings { freezes: &[], others: std::slice::from_ref(*other), ..*around };
        let own = [ConflictKind::PersonAway, ConflictKind::BusinessHours];
        find(&occasion.at(other.window), &alone).iter().any(|conflict| !own.contains(&conflict.kind))
    };
    all.extend(around.others.iter().filter(collides).map(|other| other.window));
    all.sort_by_key(|span| (span.start, span.end));
    let mut apart: Vec<Window> = Vec::new();
    for span in all {
        match apart.last_mut().filter(|last| span.start <= last.end) {
            Some(last) => last.end = last.end.max(span.end),
            None => apart.push(span),
        }
    }
    apart
}
