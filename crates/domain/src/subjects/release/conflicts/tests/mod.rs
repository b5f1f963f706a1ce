//! A table of named cases, and what holds of any case.

mod free;
mod properties;
mod table;

use super::{Booking, FreezeException, HeldFreeze, Occasion, OtherRelease, RelatedItem, Surroundings, find};
use crate::{
    ids::{CustomerId, DeputyId, ServiceObjectId, UserId},
    people::directory::{Customer, Deputy, Directory},
    subjects::{
        registers::{
            customer::BusinessDay,
            freeze_window::{FreezeAuthority, FreezeKind, FreezeWindow, FreezeWindowId},
        },
        release::{Stamp, Window, stage::ReleaseKind},
    },
    text::{Line, Note},
    time::recurrence::china,
};
use std::sync::Arc;
use uuid::Uuid;

pub(super) const BANK: CustomerId = CustomerId(Uuid::from_u128(0xB));
pub(super) const OTHER_CUSTOMER: CustomerId = CustomerId(Uuid::from_u128(0xC));
pub(super) const CORE: ServiceObjectId = ServiceObjectId(Uuid::from_u128(1));
pub(super) const OFFICE: ServiceObjectId = ServiceObjectId(Uuid::from_u128(2));
pub(super) const LI: UserId = UserId(Uuid::from_u128(0x11));
pub(super) const WU: UserId = UserId(Uuid::from_u128(0x12));
pub(super) const FREEZE: FreezeWindowId = FreezeWindowId(Uuid::from_u128(0xF));

/// `"2026-12-31 22:00" - "2027-01-01 02:00"` in China time.
pub(super) fn span(start: &str, end: &str) -> Window {
    Window { start: china(start), end: china(end) }
}

/// A case: a release at a time, and what is around it.
#[derive(Clone)]
pub(super) struct Case {
    pub occasion: Occasion,
    pub freezes: Vec<Arc<HeldFreeze>>,
    pub others: Vec<OtherRelease>,
    pub related: Vec<RelatedItem>,
    pub directory: Directory,
}

pub(super) fn release(start: &str, end: &str) -> Case {
    let occasion = Occasion {
        number: "REL-1".to_owned(),
        kind: ReleaseKind::Minor,
        window: span(start, end),
        customer: Some(BANK),
        objects: vec![CORE],
        items: vec!["CI-APP".to_owned()],
        people: Vec::new(),
        exceptions: Vec::new(),
    };
    let (freezes, others, related, directory) = Default::default();
    Case { occasion, freezes, others, related, directory }
}

pub(super) fn freeze(start: &str, end: &str) -> FreezeWindow {
    let Window { start, end } = span(start, end);
    FreezeWindow {
        id: FREEZE,
        name: Line::parse("年终结账封网").unwrap(),
        kind: FreezeKind::Freeze,
        reason: Note::parse("结账").unwrap(),
        starts: start,
        ends: end,
        recurrence: None,
        customers: Vec::new(),
        service_objects: Vec::new(),
        configuration_items: Vec::new(),
        allowed: [ReleaseKind::Emergency].into(),
        authority: FreezeAuthority::GeneralManager,
        active: true,
        version: 3,
    }
}

pub(super) fn recurring(rule: &str, start: &str, end: &str) -> FreezeWindow {
    let record = FreezeWindow { recurrence: Some(Line::parse(rule).unwrap()), ..freeze(start, end) };
    let later = record.starts + chrono::TimeDelta::days(800);
    assert!(record.occurrences_before(later).len() > 1, "{rule} does not recur from {start}");
    record
}

/// Another release whose window is approved: on its own object and item unless it is told otherwise.
pub(super) fn other(start: &str, end: &str) -> OtherRelease {
    OtherRelease {
        number: "REL-2".to_owned(),
        window: span(start, end),
        is_firm: true,
        objects: vec![OFFICE],
        items: vec!["CI-OA".to_owned()],
        people: Vec::new(),
    }
}

impl Case {
    pub fn change(mut self, change: impl FnOnce(&mut Occasion)) -> Self {
        change(&mut self.occasion);
        self
    }

    pub fn frozen(mut self, record: FreezeWindow) -> Self {
        self.freezes.push(Arc::new(HeldFreeze::new(record)));
        self
    }

    pub fn beside(mut self, other: OtherRelease) -> Self {
        self.others.push(other);
        self
    }

    pub fn near(mut self, path: &[&str]) -> Self {
        self.related.push(RelatedItem { path: path.iter().map(|number| (*number).to_owned()).collect() });
        self
    }

    pub fn working(mut self, person: UserId, start: &str, end: &str) -> Self {
        self.occasion.people.push(Booking { person, window: span(start, end) });
        self
    }

    pub fn away(mut self, person: UserId, from: &str, until: &str) -> Self {
        let id = DeputyId(Uuid::from_u128(self.directory.deputies.len() as u128));
        let (from, until) = (from.parse().unwrap(), until.parse().unwrap());
        self.directory.deputies.push(Deputy { id, principal: person, deputy: WU, from, until, absent: true, version: 1 });
        self
    }

    pub fn open(mut self, days: &[BusinessDay], opens: u32, closes: u32) -> Self {
        let customer = Customer {
            id: BANK,
            name: Line::parse("烟台某银行").unwrap(),
            contract: None,
            representatives: Vec::new(),
            business_days: days.iter().copied().collect(),
            opens: Some(opens),
            closes: Some(closes),
            active: true,
            version: 1,
        };
        self.directory.customers.insert(BANK, customer);
        self
    }

    pub fn excepted(self, change: impl FnOnce(&mut FreezeException)) -> Self {
        let mark = Stamp { by: WU, at: china("2026-12-01 09:00"), reason: "监管要求".to_owned() };
        let window = self.occasion.window;
        let mut exception =
            FreezeException { freeze_id: FREEZE, name: "年终结账封网".to_owned(), freeze_version: 3, window, mark };
        change(&mut exception);
        self.change(|occasion| occasion.exceptions.push(exception))
    }

    pub fn around(&self) -> Surroundings<'_> {
        Surroundings { freezes: &self.freezes, others: &self.others, related: &self.related, directory: &self.directory }
    }

    /// Key and severity of what is found.
    pub fn found(&self) -> Vec<String> {
        find(&self.occasion, &self.around())
            .into_iter()
            .map(|conflict| format!("{} {}", conflict.key, conflict.severity))
            .collect()
    }
}

/// An approved release on the same item.
pub(super) fn same_item(start: &str, end: &str) -> OtherRelease {
    OtherRelease { items: vec!["CI-APP".to_owned()], ..other(start, end) }
}

/// An approved release on the same object.
pub(super) fn same_object(start: &str, end: &str) -> OtherRelease {
    OtherRelease { objects: vec![CORE], ..other(start, end) }
}

/// An approved release with a person in a span.
pub(super) fn staffed(person: UserId, start: &str, end: &str) -> OtherRelease {
    OtherRelease { people: vec![Booking { person, window: span(start, end) }], ..other(start, end) }
}
