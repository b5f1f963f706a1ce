//! Stand-in arrangements.

use crate::{Reader, StoreError, Writer, schema::deputies, types::Id};
use chrono::NaiveDate;
use diesel::prelude::*;
use fabu_domain::{
    directory::Deputy,
    ids::{DeputyId, UserId},
    log::LogEntry,
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = deputies)]
struct DeputyRow {
    id: Id<DeputyId>,
    principal_id: Id<UserId>,
    deputy_id: Id<UserId>,
    from_day: NaiveDate,
    until_day: NaiveDate,
    absent: bool,
}

impl From<DeputyRow> for Deputy {
    fn from(row: DeputyRow) -> Self {
        Self {
            id: row.id.0,
            principal: row.principal_id.0,
            deputy: row.deputy_id.0,
            from: row.from_day,
            until: row.until_day,
            absent: row.absent,
        }
    }
}

impl Reader<'_> {
    pub(super) fn all_deputies(&mut self) -> Result<Vec<Deputy>, StoreError> {
        let rows = deputies::table.order(deputies::id).select(DeputyRow::as_select()).load(self.conn)?;
        Ok(rows.into_iter().map(Deputy::from).collect())
    }
}

impl Writer<'_> {
    /// Adds an arrangement.
    ///
    /// # Errors
    /// [`StoreError::Reference`] for an unknown person.
    pub fn insert_deputy(&mut self, deputy: &Deputy, entry: &LogEntry) -> Result<(), StoreError> {
        self.touch_directory()?;
        let row = DeputyRow {
            id: Id(deputy.id),
            principal_id: Id(deputy.principal),
            deputy_id: Id(deputy.deputy),
            from_day: deputy.from,
            until_day: deputy.until,
            absent: deputy.absent,
        };
        diesel::insert_into(deputies::table).values(row).execute(self.conn)?;
        self.append(std::slice::from_ref(entry))
    }

    /// Ends an arrangement by removing it; its past stays in the log.
    ///
    /// # Errors
    /// [`StoreError::Stale`] without a version when it is gone; nothing is logged then.
    pub fn delete_deputy(&mut self, id: DeputyId, entry: &LogEntry) -> Result<(), StoreError> {
        self.touch_directory()?;
        if diesel::delete(deputies::table.find(Id(id))).execute(self.conn)? == 0 {
            return Err(StoreError::Stale { current: None });
        }
        self.append(std::slice::from_ref(entry))
    }
}
