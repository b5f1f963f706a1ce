//! Other releases in a time that have something to do with one: an object, a configuration item, a person (5.5.4).

use super::{
    claims::{BookingRow, holding},
    schema::{release_bookings as bookings, release_items as items, release_service_objects as objects, releases},
};
use crate::{
    Reader, StoreError,
    types::{Id, Instant},
};
use diesel::prelude::*;
use fabu_domain::{
    identity::folded,
    ids::{ReleaseId, ServiceObjectId, UserId},
    subjects::release::{
        Window,
        conflicts::{Booking, OtherRelease},
        stage::Stage,
    },
};
use std::collections::{HashMap, HashSet};

/// As many releases are asked about in one query.
pub(super) const AT_ONCE: usize = 500;

/// Id, number, stage and window of a release.
type HeldRow = (Id<ReleaseId>, String, String, Option<Instant>, Option<Instant>);

/// What another release may have to do with.
#[derive(Debug, Clone, Copy)]
pub struct Common<'a> {
    /// Objects under service.
    pub objects: &'a [ServiceObjectId],
    /// Numbers of configuration items, related ones included.
    pub items: &'a [String],
    /// People.
    pub people: &'a [UserId],
}

impl Reader<'_> {
    /// Other releases that hold a window in this time and have something in common, in order of their numbers; of their bookings
    /// those of the people asked for.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn other_releases(&mut self, of: ReleaseId, time: Window, common: Common<'_>) -> Result<Vec<OtherRelease>, StoreError> {
        // The time leaves few; what they have in common with the release is asked of those alone.
        let rows: Vec<HeldRow> = releases::table
            .filter(releases::stage.eq_any(holding()))
            .filter(releases::window_end.gt(Some(Instant(time.start))))
            .filter(releases::window_start.lt(Some(Instant(time.end))))
            .filter(releases::id.ne(Id(of)))
            .select((releases::id, releases::number, releases::stage, releases::window_start, releases::window_end))
            .load(self.conn)?;
        let ids: Vec<ReleaseId> = rows.iter().map(|row| row.0.0).collect();
        let (mut objects, mut items, mut people) = (HashMap::new(), HashMap::new(), HashMap::new());
        for ids in ids.chunks(AT_ONCE) {
            self.objects_of(ids, &mut objects)?;
            self.items_of(ids, &mut items)?;
            self.bookings_of(ids, common.people, &mut people)?;
        }
        let keys: HashSet<String> = common.items.iter().map(|number| folded(number)).collect();
        let firm = [Stage::GoLiveApproval, Stage::Readiness, Stage::Deployment].map(Stage::as_str);
        let other = |(id, number, stage, start, end): HeldRow| {
            let (objects, items, people) = (
                objects.remove(&id.0).unwrap_or_default(),
                items.remove(&id.0).unwrap_or_default(),
                people.remove(&id.0).unwrap_or_default(),
            );
            let touches = objects.iter().any(|object| common.objects.contains(object));
            let changes = items.iter().any(|(key, _)| keys.contains(key));
            (touches || changes || !people.is_empty()).then_some(OtherRelease {
                number,
                window: Window { start: start?.0, end: end?.0 },
                is_firm: firm.contains(&stage.as_str()),
                objects,
                items: items.into_iter().map(|(_, item)| item).collect(),
                people,
            })
        };
        let mut found: Vec<OtherRelease> = rows.into_iter().filter_map(other).collect();
        found.sort_by(|one, another| one.number.cmp(&another.number));
        Ok(found)
    }

    fn objects_of(&mut self, ids: &[ReleaseId], of: &mut HashMap<ReleaseId, Vec<ServiceObjectId>>) -> Result<(), StoreError> {
        let found =
            objects::table.filter(objects::release_id.eq_any(keys_of(ids))).order((objects::release_id, objects::position));
        let rows: Vec<(Id<ReleaseId>, Id<ServiceObjectId>)> =
            found.select((objects::release_id, objects::service_object_id)).load(self.conn)?;
        rows.into_iter().for_each(|(id, object)| of.entry(id.0).or_default().push(object.0));
        Ok(())
    }

    fn items_of(&mut self, ids: &[ReleaseId], of: &mut HashMap<ReleaseId, Vec<(String, String)>>) -> Result<(), StoreError> {
        let found = items::table.filter(items::release_id.eq_any(keys_of(ids))).order((items::release_id, items::item_key));
        let rows: Vec<(Id<ReleaseId>, String, String)> =
            found.select((items::release_id, items::item_key, items::item)).load(self.conn)?;
        rows.into_iter().for_each(|(id, key, item)| of.entry(id.0).or_default().push((key, item)));
        Ok(())
    }

    fn bookings_of(
        &mut self,
        ids: &[ReleaseId],
        people: &[UserId],
        of: &mut HashMap<ReleaseId, Vec<Booking>>,
    ) -> Result<(), StoreError> {
        let people: Vec<Id<UserId>> = people.iter().copied().map(Id).collect();
        let found = bookings::table.filter(bookings::release_id.eq_any(keys_of(ids))).filter(bookings::user_id.eq_any(people));
        let rows: Vec<BookingRow> = found.select(BookingRow::as_select()).load(self.conn)?;
        rows.into_iter().for_each(|row| of.entry(row.release_id.0).or_default().push(row.booking()));
        Ok(())
    }

    /// Releases that have a window in this time, in order of their numbers.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn releases_between(&mut self, time: Window) -> Result<Vec<(ReleaseId, String)>, StoreError> {
        let stages: Vec<&str> = Stage::ALL.iter().map(|stage| stage.as_str()).collect();
        // By stage, because the index of windows begins with it.
        let rows: Vec<(Id<ReleaseId>, String)> = releases::table
            .filter(releases::stage.eq_any(stages))
            .filter(releases::window_end.gt(Some(Instant(time.start))))
            .filter(releases::window_start.lt(Some(Instant(time.end))))
            .select((releases::id, releases::number))
            .load(self.conn)?;
        let mut found: Vec<(ReleaseId, String)> = rows.into_iter().map(|(id, number)| (id.0, number)).collect();
        found.sort_by(|one, another| one.1.cmp(&another.1));
        Ok(found)
    }

    /// Which objects these releases touch, by the number of the release.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn objects_of_releases(&mut self, all: &[(ReleaseId, String)]) -> Result<Vec<(String, ServiceObjectId)>, StoreError> {
        let ids: Vec<ReleaseId> = all.iter().map(|(id, _)| *id).collect();
        let mut objects = HashMap::new();
        for ids in ids.chunks(AT_ONCE) {
            self.objects_of(ids, &mut objects)?;
        }
        let of = |(id, number): &(ReleaseId, String)| {
            let touched = objects.remove(id).unwrap_or_default();
            touched.into_iter().map(|object| (number.clone(), object)).collect::<Vec<_>>()
        };
        Ok(all.iter().flat_map(of).collect())
    }
}

pub(super) fn keys_of(ids: &[ReleaseId]) -> Vec<Id<ReleaseId>> {
    ids.iter().copied().map(Id).collect()
}
