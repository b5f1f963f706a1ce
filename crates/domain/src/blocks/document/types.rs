//! What the documents share: the shape of a content struct, tables that may be empty for a reason, windows.

use crate::{
    blocks::document::shape::{Entered, Input},
    ids::UserId,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Declares the structs a document is made of: `field: Type = "中文" "english",`, with `as Input` where the type does not say
/// how it is entered, `when neighbour value` where it is asked for only then, `by system` where nobody enters it, and `or value`
/// for what a struct has in it that is left out as a whole.
///
/// All have the same derives and the same two rules: a field that is left out takes its empty value, so that a
/// half-filled draft parses; a field that does not exist is refused, so that a misspelt one is not lost.
macro_rules! content_types {
    ($($(#[$doc:meta])* $name:ident { $(
        $(#[$fdoc:meta])* $field:ident: $type:ty $(as $input:ident $(($target:ident))?)? = $zh:literal $en:literal
            $(when $neighbour:ident $value:literal)? $(by $system:ident)? $(or $default:literal)?
    ),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$fdoc])* #[serde(default)] pub $field: $type),+ }

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: $crate::blocks::document::types::left_out!($($default)?)),+ }
            }
        }

        impl $name {
            /// Its fields, as they are shown and entered.
            pub const FIELDS: &'static [$crate::blocks::document::shape::Field] = &[$($crate::blocks::document::shape::Field {
                name: stringify!($field),
                zh: $zh,
                en: $en,
                input: $crate::blocks::document::types::input!($type $(, $input $(, $target)?)?),
                when: $crate::blocks::document::types::optional!($((stringify!($neighbour), stringify!($value)))?),
                by_system: $crate::blocks::document::types::given!($($system)?),
            }),+];
        }

        impl $crate::blocks::document::shape::Entered for $name {
            const INPUT: $crate::blocks::document::shape::Input = $crate::blocks::document::shape::Input::Group(Self::FIELDS);
        }
    )+};
}

/// How a field is entered: as it is said, else as its type says.
macro_rules! input {
    ($type:ty) => {
        <$type as $crate::blocks::document::shape::Entered>::INPUT
    };
    ($type:ty, $input:ident) => {
        $crate::blocks::document::shape::Input::$input
    };
    ($type:ty, $input:ident, $target:ident) => {
        $crate::blocks::document::shape::Input::$input($crate::blocks::document::shape::Target::$target)
    };
}

macro_rules! optional {
    () => {
        None
    };
    ($given:expr) => {
        Some($given)
    };
}

macro_rules! given {
    () => {
        false
    };
    (system) => {
        true
    };
}

macro_rules! left_out {
    () => {
        Default::default()
    };
    ($value:literal) => {
        $value
    };
}
pub(crate) use {content_types, given, input, left_out, optional};

/// A table that is either filled or left empty for a stated reason (不适用).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
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
        start: Option<DateTime<Utc>> = "开始" "start",
        /// When it is over.
        end: Option<DateTime<Utc>> = "结束" "end",
    }

    /// People, hours or equipment planned (RA6).
    PlannedResource {
        /// What it is: a person's name, a group, a device.
        name: String = "名称" "name",
        /// People, equipment or another kind.
        kind: Option<ResourceKind> = "种类" "kind",
        /// The person, when it is one: overlaps across releases are found by it.
        person: Option<UserId> = "人员" "person",
        /// Working minutes planned; 0 for equipment.
        planned_minutes: u32 as Minutes = "计划工时" "planned working time",
        /// Number of pieces, or another note.
        quantity: String = "数量" "quantity",
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

impl<T: Entered> Entered for Table<T> {
    const INPUT: Input = match T::INPUT {
        Input::Group(fields) => Input::Table(fields),
        other => other,
    };
}
