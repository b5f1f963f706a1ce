//! What is asked of the definitive media library besides lists: by the name that versions share, by their configuration item, by the
//! open releases that may need them.

use super::records::RecordRow;
use crate::{
    Reader, StoreError,
    releases::schema::{release_units as units, releases},
    schema::{register_facets as facets, register_records as records},
    types::Id,
};
use diesel::prelude::*;
use fabu_domain::{
    identity::{folded, same},
    ids::ReleaseId,
    subjects::{
        registers::{
            Register,
            media_item::{MediaItem, NAMED, OF_ITEM},
        },
        release::stage::Stage,
    },
};

impl Reader<'_> {
    /// Every version that the library has under these names, in whatever spelling, active or not.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn media_named(&mut self, names: &[&str]) -> Result<Vec<MediaItem>, StoreError> {
        self.media_linked(NAMED, names)
    }

    /// Every version that the library has of this configuration item, active or not.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn media_of_item(&mut self, number: &str) -> Result<Vec<MediaItem>, StoreError> {
        self.media_linked(OF_ITEM, &[number])
    }

    /// The releases that are not closed and have a unit of this name in force, in whatever spelling.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn open_releases_with_unit(&mut self, name: &str) -> Result<Vec<ReleaseId>, StoreError> {
        let open: Vec<&str> = Stage::ALL.iter().filter(|stage| !stage.is_closed()).map(|stage| stage.as_str()).collect();
        let rows: Vec<(Id<ReleaseId>, String)> = units::table
            .filter(units::release_id.eq_any(releases::table.filter(releases::stage.eq_any(open)).select(releases::id)))
            .filter(units::withdrawn.eq(false))
            .order(units::release_id)
            .select((units::release_id, units::name))
            .load(self.conn)?;
        let mut found: Vec<ReleaseId> = rows.into_iter().filter(|(_, unit)| same(unit, name)).map(|(id, _)| id.0).collect();
        found.dedup();
        Ok(found)
    }

    fn media_linked(&mut self, link: &str, values: &[&str]) -> Result<Vec<MediaItem>, StoreError> {
        let mut found = Vec::new();
        for values in values.chunks(500) {
            let keys: Vec<String> = values.iter().map(|value| folded(value)).collect();
            let of = facets::table
                .filter(facets::register.eq(MediaItem::DECLARED.kind))
                .filter(facets::name.eq(link))
                .filter(facets::value.eq_any(keys));
            let rows: Vec<RecordRow> = records::table
                .filter(records::id.eq_any(of.select(facets::record_id)))
                .order((records::position, records::id))
                .select(RecordRow::as_select())
                .load(self.conn)?;
            for row in rows {
                found.push(row.record()?);
            }
        }
        Ok(found)
    }
}
