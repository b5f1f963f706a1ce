//! What releases claim of a time, made from their plans and lists: people and configuration items. By this they are found in other
//! releases (5.5.4).

use super::{
    neighbours::{AT_ONCE, keys_of},
    schema::{release_bookings as bookings, release_items as items, releases},
};
use crate::{
    Reader, StoreError,
    conn::Conn,
    types::{Id, Instant},
};
use diesel::prelude::*;
use fabu_domain::{
    identity::folded,
    ids::{ReleaseId, UserId},
    subjects::release::{
        Dossier, Window,
        conflicts::{self, Booking},
        records::ConfigurationState,
        stage::Stage,
    },
};
use std::collections::{BTreeMap, HashMap};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = bookings)]
pub(super) struct BookingRow {
    pub release_id: Id<ReleaseId>,
    position: i32,
    user_id: Id<UserId>,
    starts_at: Instant,
    ends_at: Instant,
}

impl BookingRow {
    pub fn booking(&self) -> Booking {
        Booking { person: self.user_id.0, window: Window { start: self.starts_at.0, end: self.ends_at.0 } }
    }
}

/// The stages in which a release holds its window.
pub(super) fn holding() -> Vec<&'static str> {
    Stage::BEFORE_DEPLOYMENT.iter().map(|stage| stage.as_str()).chain([Stage::Deployment.as_str()]).collect()
}

/// What a release claims while it holds a window: people, and items by the key of their numbers.
fn claims(dossier: &Dossier) -> (Vec<Booking>, BTreeMap<String, &str>) {
    if !holding().contains(&dossier.release.stage.as_str()) {
        return (Vec::new(), BTreeMap::new());
    }
    let kept = dossier.configuration.iter().filter(|change| change.state != ConfigurationState::Dropped);
    (conflicts::bookings(dossier), kept.map(|change| (folded(&change.item), change.item.as_str())).collect())
}

/// Writes what a release claims when it changed.
pub(super) fn save(conn: &mut Conn, old: &Dossier, new: &Dossier) -> Result<(), StoreError> {
    let (before, now) = (claims(old), claims(new));
    if before.0 != now.0 {
        write_bookings(conn, new.release.id, &now.0)?;
    }
    if before.1 == now.1 { Ok(()) } else { write_items(conn, new.release.id, &now.1) }
}

fn write_bookings(conn: &mut Conn, id: ReleaseId, all: &[Booking]) -> Result<(), StoreError> {
    diesel::delete(bookings::table.filter(bookings::release_id.eq(Id(id)))).execute(conn)?;
    for (position, booking) in (0..).zip(all) {
        let row = BookingRow {
            release_id: Id(id),
            position,
            user_id: Id(booking.person),
            starts_at: Instant(booking.window.start),
            ends_at: Instant(booking.window.end),
        };
        diesel::insert_into(bookings::table).values(row).execute(conn)?;
    }
    Ok(())
}

fn write_items(conn: &mut Conn, id: ReleaseId, all: &BTreeMap<String, &str>) -> Result<(), StoreError> {
    diesel::delete(items::table.filter(items::release_id.eq(Id(id)))).execute(conn)?;
    for (key, item) in all {
        let row = (items::release_id.eq(Id(id)), items::item_key.eq(key), items::item.eq(*item));
        diesel::insert_into(items::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Makes what the releases claim that hold a window, for a database in which they stand before these tables do.
pub(crate) fn fill(conn: &mut Conn) -> Result<(), StoreError> {
    let open = releases::table.filter(releases::stage.eq_any(holding()));
    let ids: Vec<Id<ReleaseId>> = open.select(releases::id).load(conn)?;
    for id in ids {
        if let Some(dossier) = super::load(conn, id.0)? {
            let (people, items) = claims(&dossier);
            write_bookings(conn, id.0, &people)?;
            write_items(conn, id.0, &items)?;
        }
    }
    Ok(())
}

/// Somebody's time in a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookedTime {
    /// The number of the release.
    pub release: String,
    /// Who, and when.
    pub booking: Booking,
}

impl Reader<'_> {
    /// Who works for which of these releases in a time, by person.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn bookings_between(&mut self, all: &[(ReleaseId, String)], time: Window) -> Result<Vec<BookedTime>, StoreError> {
        let numbers: HashMap<ReleaseId, &String> = all.iter().map(|(id, number)| (*id, number)).collect();
        let ids: Vec<ReleaseId> = all.iter().map(|(id, _)| *id).collect();
        let mut found = Vec::new();
        for ids in ids.chunks(AT_ONCE) {
            let rows: Vec<BookingRow> = bookings::table
                .filter(bookings::release_id.eq_any(keys_of(ids)))
                .filter(bookings::ends_at.gt(Instant(time.start)))
                .filter(bookings::starts_at.lt(Instant(time.end)))
                .select(BookingRow::as_select())
                .load(self.conn)?;
            let booked = |row: BookingRow| {
                let release = (*numbers.get(&row.release_id.0)?).clone();
                Some(BookedTime { release, booking: row.booking() })
            };
            found.extend(rows.into_iter().filter_map(booked));
        }
        found.sort_by(|one, other| {
            let key = |row: &BookedTime| (row.booking.person, row.booking.window.start);
            key(one).cmp(&key(other)).then_with(|| one.release.cmp(&other.release))
        });
        Ok(found)
    }
}
