//! What stands against the window of a release (5.5.4): freezes, other releases on the same or related things, people who are booked
//! or away, the working hours of the customer.
//!
//! Windows are half open: one that begins when the other ends does not collide. The severity says whether the window is refused or
//! needs a reason by name; the key names a conflict for as long as it stands, so that a reason can be given for it.

mod find;
mod free;
mod freezes;
mod occasion;
#[cfg(test)]
mod tests;

pub use crate::subjects::release::{AcceptedConflict, FreezeException};
pub use find::{RELATED_STEPS, find};
pub use free::{FREE_WINDOW_DAYS, FreeWindow, free_windows};
pub use freezes::{FreezeCalendar, HeldFreeze};
pub use occasion::{Booking, Occasion, bookings};

use crate::{
    ids::ServiceObjectId,
    people::directory::Directory,
    subject::refusal::{Party, Text},
    subjects::{
        registers::freeze_window::{FreezeAuthority, FreezeWindowId},
        release::Window,
    },
};
use std::sync::Arc;

crate::word_enum! {
    /// What a window collides with (5.5.4).
    ConflictKind {
        /// A freeze or protection window that does not allow the release.
        Freeze = "freeze" "封网或重保期" "freeze",
        /// Another release that changes the same configuration item.
        SameItem = "same_item" "同一配置项" "same configuration item",
        /// Another release that touches the same object under service.
        SameObject = "same_object" "同一服务对象" "same service object",
        /// Another release that changes an item one or two steps away.
        RelatedItem = "related_item" "关联配置项" "related configuration item",
        /// A person named in the steps or on the roster works for another release.
        PersonBooked = "person_booked" "人员另有发布" "person booked",
        /// Such a person is away.
        PersonAway = "person_away" "人员不在岗" "person away",
        /// The customer works at that time.
        BusinessHours = "business_hours" "客户营业时间" "customer's business hours",
    }
}

crate::word_enum! {
    /// What a conflict asks for.
    Severity {
        /// Another window, or an exception.
        Hard = "hard" "不可上线" "blocking",
        /// A reason by name.
        Soft = "soft" "须说明理由" "reason needed",
    }
}

impl ConflictKind {
    /// True for what another release is needed for.
    #[must_use]
    pub const fn is_with_release(self) -> bool {
        matches!(self, Self::SameItem | Self::SameObject | Self::RelatedItem | Self::PersonBooked)
    }
}

/// A freeze as it was when it was looked at, and who may except from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrozenBy {
    /// Which freeze.
    pub id: FreezeWindowId,
    /// Its version.
    pub version: i64,
    /// Who may grant an exception.
    pub authority: FreezeAuthority,
}

/// Something that stands against the window of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// With what.
    pub kind: ConflictKind,
    /// Refused, or a reason needed.
    pub severity: Severity,
    /// Its name: kind, and what it is with. The same conflict has the same key whenever it is looked for.
    pub key: String,
    /// What it is with: the number of a release, the name of a freeze, a person or a customer.
    pub against: String,
    /// The number of the other release, where there is one.
    pub release: Option<String>,
    /// The time that both want.
    pub window: Window,
    /// It in words.
    pub sentence: Text,
    /// The freeze, where it is one.
    pub frozen_by: Option<FrozenBy>,
    /// Who can clear it by an exception; empty: nobody.
    pub cleared_by: Vec<Party>,
    /// False for another release whose window is neither approved nor being approved: it is that one's to give way.
    pub is_firm: bool,
}

/// Another release in the time looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherRelease {
    /// Its number.
    pub number: String,
    /// Its window.
    pub window: Window,
    /// True once its go-live approval is asked for.
    pub is_firm: bool,
    /// What it touches.
    pub objects: Vec<ServiceObjectId>,
    /// The numbers of the configuration items that it changes.
    pub items: Vec<String>,
    /// Its people.
    pub people: Vec<Booking>,
}

/// A configuration item near one of the release: the numbers from that one to it, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedItem {
    /// The way there.
    pub path: Vec<String>,
}

/// What there is around a window.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// Every freeze of the register.
    pub freezes: &'a [Arc<HeldFreeze>],
    /// Other releases in the time.
    pub others: &'a [OtherRelease],
    /// Items near those of the release.
    pub related: &'a [RelatedItem],
    /// People, deputies and customers.
    pub directory: &'a Directory,
}
