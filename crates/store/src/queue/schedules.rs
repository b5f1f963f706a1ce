//! The last slot of each periodic job that was put in: what came after it is still outstanding, also after a long stop.

use crate::{Reader, StoreError, Writer, dialect::InsertExt, schema::schedules, types::Instant};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use std::collections::BTreeMap;

impl Reader<'_> {
    /// By the name of the periodic job: the instant of its last slot that was put in.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn schedules(&mut self) -> Result<BTreeMap<String, DateTime<Utc>>, StoreError> {
        let rows = schedules::table.select((schedules::name, schedules::through)).load::<(String, Instant)>(self.conn)?;
        Ok(rows.into_iter().map(|(name, through)| (name, through.0)).collect())
    }
}

impl Writer<'_> {
    /// Remembers that the slots of a periodic job are put in up to this one. An older instant changes nothing.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn advance_schedule(&mut self, name: &str, through: DateTime<Utc>, slot: &str) -> Result<(), StoreError> {
        diesel::insert_into(schedules::table)
            .values((schedules::name.eq(name), schedules::through.eq(Instant(through)), schedules::slot.eq(slot)))
            .or("(name) DO UPDATE SET through = excluded.through, slot = excluded.slot WHERE schedules.through < excluded.through")
            .execute(self.conn)?;
        Ok(())
    }
}
