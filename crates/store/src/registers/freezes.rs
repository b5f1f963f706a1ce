//! The freezes as rules look at them: expanded, and kept in memory until their register changes.

use super::kept::Kept;
use crate::{Reader, StoreError, schema::register_records as records};
use diesel::prelude::*;
use fabu_domain::subjects::{
    registers::{Register, freeze_window::FreezeWindow},
    release::conflicts::FreezeCalendar,
};
use std::sync::Arc;

impl Reader<'_> {
    /// Every freeze with its occurrences, as of this transaction. The stamp is the sum of the versions: no freeze is ever deleted, so
    /// it rises with every change. What a write transaction builds is its own, since it may be rolled back.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn freeze_calendar(&mut self) -> Result<Arc<FreezeCalendar>, StoreError> {
        let of = records::table.filter(records::register.eq(FreezeWindow::DECLARED.kind));
        let versions: Vec<i64> = of.select(records::version).load(self.conn)?;
        let stamp: i64 = versions.iter().sum();
        let known = self.shared.freezes();
        if let Some(known) = known.as_ref().filter(|known| known.stamp == stamp) {
            return Ok(Arc::clone(known));
        }
        let records = FreezeWindow::all(self)?;
        // Another commit may lie between the two queries: what was read decides.
        let stamp = records.iter().map(|record| record.version).sum();
        let calendar = Arc::new(FreezeCalendar::of(stamp, records, known.as_deref()));
        if self.fresh.is_none() {
            self.shared.publish_freezes(&calendar);
        }
        Ok(calendar)
    }
}
