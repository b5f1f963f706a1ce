//! What the documents share: the shape of a content struct, tables that may be empty for a reason, windows.

use crate::ids::UserId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Declares the structs a document is made of.
///
/// All have the same derives and the same two rules: a field that is left out takes its empty value, so that a
/// half-filled draft parses; a field that does not exist is refused, so that a misspelt one is not lost.
macro_rules! content_types {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $type:ty),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$fdoc])* #[serde(default)] pub $field: $type),+ }
    )+};
}
pub(crate) use content_types;

/// A table that is either filled or left empty for a stated reason (不适用).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "T: Deserialize<'de>"))]
pub struct Table<T> {
    /// The rows.
    #[serde(default)]
    pub rows: Vec<T>,
    /// Why there is nothing to enter; empty when there are rows.
    #[serde(default)]
    pub not_applicable_reason: String,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), not_applicable_reason: String::new() }
    }
}

impl<T> Table<T> {
    /// A filled table.
    #[must_use]
    pub fn of(rows: Vec<T>) -> Self {
        Self { rows, not_applicable_reason: String::new() }
    }

    /// An empty table with its reason.
    #[must_use]
    pub fn not_applicable(reason: impl Into<String>) -> Self {
        Self { rows: Vec::new(), not_applicable_reason: reason.into() }
    }
}

content_types! {
    /// A span of time, `[start, end)`.
    Window {
        /// When it opens.
        start: Option<DateTime<Utc>>,
        /// When it is over.
        end: Option<DateTime<Utc>>,
    }

    /// People, hours or equipment planned (RA6).
    PlannedResource {
        /// What it is: a person's name, a group, a device.
        name: String,
        /// People, equipment or another kind.
        kind: Option<ResourceKind>,
        /// The person, when it is one: overlaps across releases are found by it.
        person: Option<UserId>,
        /// Working minutes planned; 0 for equipment.
        planned_minutes: u32,
        /// Number of pieces, or another note.
        quantity: String,
    }
}

impl Window {
    /// Both ends, when both are given and the end lies after the start.
    #[must_use]
    pub fn span(&self) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        match (self.start, self.end) {
            (Some(start), Some(end)) if start < end => Some((start, end)),
            _ => None,
        }
    }

    /// True at and after the start and before the end.
    #[must_use]
    pub fn contains(&self, at: DateTime<Utc>) -> bool {
        self.span().is_some_and(|(start, end)| start <= at && at < end)
    }
}

crate::word_enum! {
    /// What kind of resource is planned.
    ResourceKind {
        /// People and their hours.
        People = "people" "人员" "people",
        /// Machines, accounts, licences, rooms.
        Equipment = "equipment" "设备" "equipment",
        /// Anything else.
        Other = "other" "其他" "other",
    }
}

crate::word_enum! {
    /// Three grades, for probability, impact and level of a risk.
    Grade {
        /// 低.
        Low = "low" "低" "low",
        /// 中.
        Medium = "medium" "中" "medium",
        /// 高.
        High = "high" "高" "high",
    }
}

impl Grade {
    /// The level that follows from probability and impact: of the nine products of 1, 2, 3 by 1, 2, 3 those up to 2
    /// are low, 3 and 4 medium, 6 and 9 high.
    #[must_use]
    pub const fn level(probability: Self, impact: Self) -> Self {
        match (probability as u8 + 1) * (impact as u8 + 1) {
            0..=2 => Self::Low,
            3..=4 => Self::Medium,
            _ => Self::High,
        }
    }
}
