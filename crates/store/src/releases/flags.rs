//! Releases that are late now (5.10b, D6). A flag is raised and taken away together with its entry in the log.

use super::schema::{release_flags, release_service_objects, releases};
use crate::{
    Reader, StoreError, Writer,
    dialect::InsertExt,
    row::Place,
    types::{Id, Instant},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use fabu_domain::{
    ids::{ReleaseId, ServiceObjectId},
    subject::log::LogEntry,
    subjects::release::{overdue::Flag, stage::Stage},
    time::quarter::Quarter,
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = release_flags)]
struct FlagRow {
    release_id: Id<ReleaseId>,
    kind: String,
    due_at: Instant,
    flagged_at: Instant,
}

impl TryFrom<FlagRow> for (ReleaseId, Flag) {
    type Error = StoreError;
    fn try_from(row: FlagRow) -> Result<Self, StoreError> {
        let place = Place { table: "release_flags", key: row.release_id.0 };
        Ok((row.release_id.0, Flag { kind: place.word("kind", &row.kind)?, due_at: row.due_at.0 }))
    }
}

impl Reader<'_> {
    /// Releases that have their verdict and are not completed, imported history left out.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn releases_to_close(&mut self) -> Result<Vec<ReleaseId>, StoreError> {
        let stages = [Stage::ConfigurationUpdate, Stage::Closure, Stage::Closed].map(Stage::as_str);
        let open = releases::table
            .filter(releases::stage.eq_any(stages))
            .filter(releases::verdict.is_not_null())
            .filter(releases::imported_number.is_null());
        let ids: Vec<Id<ReleaseId>> = open.order(releases::id).select(releases::id).load(self.conn)?;
        Ok(ids.into_iter().map(|id| id.0).collect())
    }

    /// What is flagged of these releases; of all when none is named.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn release_flags(&mut self, of: &[ReleaseId]) -> Result<Vec<(ReleaseId, Flag)>, StoreError> {
        let mut query = release_flags::table.select(FlagRow::as_select()).into_boxed();
        if !of.is_empty() {
            query = query.filter(release_flags::release_id.eq_any(of.iter().copied().map(Id).collect::<Vec<_>>()));
        }
        let rows: Vec<FlagRow> = query.order((release_flags::due_at, release_flags::release_id)).load(self.conn)?;
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// Which objects the releases of a quarter changed.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn objects_in_quarter(&mut self, quarter: Quarter) -> Result<Vec<(ReleaseId, ServiceObjectId)>, StoreError> {
        use {release_service_objects as o, releases as r};
        let rows: Vec<(Id<ReleaseId>, Id<ServiceObjectId>)> = o::table
            .inner_join(r::table.on(r::id.eq(o::release_id)))
            .filter(r::verdict_quarter.eq(Some(quarter.to_string())))
            .order((o::release_id, o::position))
            .select((o::release_id, o::service_object_id))
            .load(self.conn)?;
        Ok(rows.into_iter().map(|(release, object)| (release.0, object.0)).collect())
    }
}

impl Writer<'_> {
    /// Flags a release; false (and nothing is logged) when it is flagged already.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn raise_flag(
        &mut self,
        release: ReleaseId,
        flag: Flag,
        at: DateTime<Utc>,
        entry: &LogEntry,
    ) -> Result<bool, StoreError> {
        let row = FlagRow {
            release_id: Id(release),
            kind: flag.kind.as_str().to_owned(),
            due_at: Instant(flag.due_at),
            flagged_at: Instant(at),
        };
        let raised =
            diesel::insert_into(release_flags::table).values(row).or("(release_id, kind) DO NOTHING").execute(self.conn)?;
        if raised == 1 {
            self.append(std::slice::from_ref(entry))?;
        }
        Ok(raised == 1)
    }

    /// Takes a flag away; false (and nothing is logged) when there is none.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn clear_flag(&mut self, release: ReleaseId, flag: Flag, entry: &LogEntry) -> Result<bool, StoreError> {
        let found = release_flags::table.find((Id(release), flag.kind.as_str()));
        let cleared = diesel::delete(found).execute(self.conn)?;
        if cleared == 1 {
            self.append(std::slice::from_ref(entry))?;
        }
        Ok(cleared == 1)
    }
}
