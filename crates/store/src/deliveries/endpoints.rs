//! Ways that are closed: what waits because nothing gets through, and when a way was found open again.

use crate::{
    Reader, StoreError, Writer,
    dialect::InsertExt,
    row::Place,
    schema::{deliveries, delivery_attempts, jobs, ways},
    types::{Id, Instant, Json},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use fabu_domain::{
    ids::{DeliveryId, JobId},
    notifications::delivery::{AttemptOutcome, Channel, DeliveryState, JobStatus, Queue},
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A message that waits because its way is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Barred {
    /// The message.
    pub id: DeliveryId,
    /// The way it goes.
    pub channel: Channel,
    /// The person, or the robot.
    pub recipient_id: Option<Uuid>,
}

impl Reader<'_> {
    /// What waits because its way was closed at the last try, the soonest first.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn barred_deliveries(&mut self, now: DateTime<Utc>, limit: i64) -> Result<Vec<Barred>, StoreError> {
        let last = delivery_attempts::delivery_id.eq(deliveries::id).and(delivery_attempts::number.eq(deliveries::attempts));
        let rows = deliveries::table
            .inner_join(delivery_attempts::table.on(last))
            .filter(deliveries::next_at.gt(Some(Instant(now))))
            .filter(deliveries::state.eq(DeliveryState::Pending.as_str()))
            .filter(delivery_attempts::outcome.eq(AttemptOutcome::Unreachable.as_str()))
            .order((deliveries::next_at, deliveries::id))
            .limit(limit)
            .select((deliveries::id, deliveries::channel, deliveries::recipient_id));
        rows.load::<(Id<DeliveryId>, String, Option<Id<Uuid>>)>(self.conn)?
            .into_iter()
            .map(|(id, channel, recipient)| {
                let channel = Place { table: "deliveries", key: id.0 }.word("channel", &channel)?;
                Ok(Barred { id: id.0, channel, recipient_id: recipient.map(|id| id.0) })
            })
            .collect()
    }

    /// When a way was last found open again.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn endpoint_opened_at(&mut self, name: &str) -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(ways::table.find(name).select(ways::opened_at).first::<Instant>(self.conn).optional()?.map(|at| at.0))
    }

    /// When a message was last tried.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn last_tried_at(&mut self, id: DeliveryId) -> Result<Option<DateTime<Utc>>, StoreError> {
        let tries = delivery_attempts::table.filter(delivery_attempts::delivery_id.eq(Id(id)));
        let last = tries.order(delivery_attempts::number.desc()).select(delivery_attempts::at).first::<Instant>(self.conn);
        Ok(last.optional()?.map(|at| at.0))
    }
}

impl Writer<'_> {
    /// Notes that a way was found open, and makes these messages due now, with the jobs that send them; their number.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn open_endpoint(
        &mut self,
        name: &str,
        queue: Queue,
        ids: &[DeliveryId],
        now: DateTime<Utc>,
    ) -> Result<usize, StoreError> {
        let row = (ways::name.eq(name), ways::opened_at.eq(Instant(now)));
        let added = diesel::insert_into(ways::table).values(row).or("(name) DO NOTHING").execute(self.conn)?;
        if added == 0 {
            diesel::update(ways::table.find(name)).set(ways::opened_at.eq(Instant(now))).execute(self.conn)?;
        }
        let waiting: Vec<(Id<JobId>, Json)> = jobs::table
            .filter(jobs::finished_at.is_null())
            .filter(jobs::queue.eq(queue.as_str()))
            .filter(jobs::run_at.gt(Instant(now)))
            .filter(jobs::status.eq(JobStatus::Pending.as_str()))
            .select((jobs::id, jobs::payload))
            .load(self.conn)?;
        let wanted: BTreeSet<String> = ids.iter().map(ToString::to_string).collect();
        let sends = |payload: &Json| payload.0["delivery_id"].as_str().is_some_and(|id| wanted.contains(id));
        let waiting: Vec<Id<JobId>> = waiting.into_iter().filter(|(_, payload)| sends(payload)).map(|(id, _)| id).collect();
        let pending = jobs::status.eq(JobStatus::Pending.as_str());
        diesel::update(jobs::table.filter(jobs::id.eq_any(waiting)).filter(pending))
            .set(jobs::run_at.eq(Instant(now)))
            .execute(self.conn)?;
        let ids: Vec<Id<DeliveryId>> = ids.iter().copied().map(Id).collect();
        let pending = deliveries::state.eq(DeliveryState::Pending.as_str());
        let due = diesel::update(deliveries::table.filter(deliveries::id.eq_any(ids)).filter(pending))
            .set((deliveries::next_at.eq(Some(Instant(now))), deliveries::version.eq(deliveries::version + 1)))
            .execute(self.conn)?;
        self.enqueued |= due > 0;
        Ok(due)
    }
}
