//! Messages that wait, and go out as a part of another: a digest to a person, a bundle to a group.

use super::messages::DeliveryRow;
use crate::{
    Delivery, Reader, StoreError, Writer,
    dialect::LockExt,
    schema::deliveries,
    types::{Id, Instant},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use fabu_domain::{
    ids::{DeliveryId, RobotId},
    notifications::delivery::DeliveryState,
};
use std::collections::BTreeSet;

impl Reader<'_> {
    /// Everything that waits for a digest, the oldest first.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn held_deliveries(&mut self) -> Result<Vec<Delivery>, StoreError> {
        let held = deliveries::table
            .filter(deliveries::state.eq(DeliveryState::Held.as_str()))
            .order((deliveries::created_at, deliveries::id))
            .select(DeliveryRow::as_select());
        held.load::<DeliveryRow>(self.conn)?.into_iter().map(Delivery::try_from).collect()
    }
}

impl Writer<'_> {
    /// Everything that waits for a digest, held until the end of the transaction: no other digest takes it.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn held_deliveries_for_update(&mut self) -> Result<Vec<Delivery>, StoreError> {
        let held = deliveries::table.filter(deliveries::state.eq(DeliveryState::Held.as_str()));
        let ids: BTreeSet<DeliveryId> = held
            .order(deliveries::id)
            .select(deliveries::id)
            .lock()
            .load::<Id<DeliveryId>>(self.conn)?
            .into_iter()
            .map(|id| id.0)
            .collect();
        let mut all = self.held_deliveries()?;
        all.retain(|delivery| ids.contains(&delivery.id));
        Ok(all)
    }

    /// Everything that is to be said by a robot by now, the oldest first, held until the end of the transaction.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn due_of_robot_for_update(&mut self, robot: RobotId, now: DateTime<Utc>) -> Result<Vec<Delivery>, StoreError> {
        let due = deliveries::table
            .filter(deliveries::state.eq(DeliveryState::Pending.as_str()))
            .filter(deliveries::recipient_id.eq(Some(Id(robot.0))))
            .filter(deliveries::next_at.le(Some(Instant(now))))
            .order((deliveries::created_at, deliveries::id))
            .select(DeliveryRow::as_select())
            .lock();
        due.load::<DeliveryRow>(self.conn)?.into_iter().map(Delivery::try_from).collect()
    }

    /// Marks messages that wait as part of another, which says them all; their number.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn merge_deliveries(&mut self, ids: &[DeliveryId]) -> Result<usize, StoreError> {
        let ids: Vec<Id<DeliveryId>> = ids.iter().copied().map(Id).collect();
        let waiting = [DeliveryState::Held, DeliveryState::Pending].map(DeliveryState::as_str);
        let held = deliveries::table.filter(deliveries::id.eq_any(ids)).filter(deliveries::state.eq_any(waiting));
        let merged = diesel::update(held).set((
            deliveries::state.eq(DeliveryState::Merged.as_str()),
            deliveries::next_at.eq(None::<Instant>),
            deliveries::version.eq(deliveries::version + 1),
        ));
        Ok(merged.execute(self.conn)?)
    }
}
