//! Freezes as they are held in memory: with their occurrences, so that a check expands no rule twice.

use super::Occasion;
use crate::{
    identity,
    subjects::{
        registers::freeze_window::{FreezeWindow, FreezeWindowId},
        release::Window,
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

/// How much farther than asked for a rule is expanded, so that the next question finds it done.
const FARTHER: TimeDelta = TimeDelta::days(400);

/// A freeze with its spans of time in order, as far as somebody has asked for them.
#[derive(Debug)]
pub struct HeldFreeze {
    /// The record.
    pub record: FreezeWindow,
    expanded: RwLock<Expanded>,
}

/// The spans that begin before an instant.
#[derive(Debug)]
struct Expanded {
    before: DateTime<Utc>,
    spans: Vec<Window>,
}

impl HeldFreeze {
    /// Holds a record; nothing is expanded yet.
    #[must_use]
    pub fn new(record: FreezeWindow) -> Self {
        let expanded = RwLock::new(Expanded { before: record.starts, spans: Vec::new() });
        Self { record, expanded }
    }

    /// Its spans that lie in a window, in part or whole.
    #[must_use]
    pub fn within(&self, window: Window) -> Vec<Window> {
        let known = self.expanded.read().unwrap_or_else(PoisonError::into_inner);
        if window.end <= known.before {
            return known.within(window);
        }
        drop(known);
        let before = window.end + FARTHER;
        let expanded = Expanded { before, spans: self.record.occurrences_before(before) };
        let found = expanded.within(window);
        *self.expanded.write().unwrap_or_else(PoisonError::into_inner) = expanded;
        found
    }

    /// True when it holds for the release: active, and for everybody or for its customer, an object or an item of it.
    #[must_use]
    pub fn holds_for(&self, occasion: &Occasion) -> bool {
        let record = &self.record;
        let of_customer = || occasion.customer.is_some_and(|customer| record.customers.contains(&customer));
        let of_object = || record.service_objects.iter().any(|object| occasion.objects.contains(object));
        let of_item = || {
            let is_one = |number: &crate::text::Line| occasion.items.iter().any(|item| identity::same(item, number.as_str()));
            record.configuration_items.iter().any(is_one)
        };
        record.active && (record.is_for_all() || of_customer() || of_object() || of_item())
    }

    /// True when the release goes live in spite of it: its type is allowed, or the freeze as it is was excepted for this window.
    #[must_use]
    pub fn lets_through(&self, occasion: &Occasion) -> bool {
        let excepted = occasion.exceptions.iter().any(|exception| {
            exception.freeze_id == self.record.id
                && exception.freeze_version == self.record.version
                && exception.window == occasion.window
        });
        self.record.allowed.contains(&occasion.kind) || excepted
    }
}

impl Expanded {
    fn within(&self, window: Window) -> Vec<Window> {
        let first = self.spans.partition_point(|span| span.end <= window.start);
        self.spans[first..].iter().take_while(|span| span.start < window.end).copied().collect()
    }
}

/// All freezes as of one state of their register.
#[derive(Debug, Clone, Default)]
pub struct FreezeCalendar {
    /// Rises with every change of the register.
    pub stamp: i64,
    /// The freezes.
    pub freezes: Vec<Arc<HeldFreeze>>,
}

impl FreezeCalendar {
    /// Holds what is new or changed; what `before` holds at the same version is kept.
    #[must_use]
    pub fn of(stamp: i64, records: Vec<FreezeWindow>, before: Option<&Self>) -> Self {
        let known: HashMap<FreezeWindowId, &Arc<HeldFreeze>> =
            before.iter().flat_map(|calendar| &calendar.freezes).map(|held| (held.record.id, held)).collect();
        let hold = |record: FreezeWindow| match known.get(&record.id) {
            Some(held) if held.record == record => Arc::clone(held),
            _ => Arc::new(HeldFreeze::new(record)),
        };
        Self { stamp, freezes: records.into_iter().map(hold).collect() }
    }
}
