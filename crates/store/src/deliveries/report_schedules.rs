//! What was sent by an arrangement: once for each slot.

use crate::{
    Reader, StoreError, Writer,
    dialect::InsertExt,
    row::Place,
    schema::report_sendings,
    types::{Id, Instant},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use fabu_domain::{
    ids::{ScheduleId, UserId},
    subject::log::LogEntry,
    time::quarter::Quarter,
};
use std::collections::BTreeSet;

/// What was sent for one slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// The slot: a day, or a quarter and a revision; what was sent by hand has the instant behind it.
    pub slot: String,
    /// When.
    pub sent_at: DateTime<Utc>,
    /// To whom.
    pub recipients: Vec<UserId>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = report_sendings)]
struct SendingRow {
    schedule_id: Id<ScheduleId>,
    slot: String,
    sent_at: Instant,
    body: String,
}

impl TryFrom<SendingRow> for Sending {
    type Error = StoreError;
    fn try_from(row: SendingRow) -> Result<Self, StoreError> {
        let place = Place { table: "report_sendings", key: format!("{}/{}", row.schedule_id.0, row.slot) };
        let recipients = serde_json::from_str(&row.body).map_err(|error| place.bad("body", error))?;
        Ok(Self { slot: row.slot, sent_at: row.sent_at.0, recipients })
    }
}

impl Reader<'_> {
    /// What an arrangement has sent, newest first; at most 100.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn report_sendings(&mut self, id: ScheduleId) -> Result<Vec<Sending>, StoreError> {
        let sent = report_sendings::table.filter(report_sendings::schedule_id.eq(Id(id)));
        let rows: Vec<SendingRow> = sent
            .order((report_sendings::sent_at.desc(), report_sendings::slot.desc()))
            .limit(100)
            .select(SendingRow::as_select())
            .load(self.conn)?;
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// True when the slot was sent.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn was_sent(&mut self, id: ScheduleId, slot: &str) -> Result<bool, StoreError> {
        let found = report_sendings::table.find((Id(id), slot));
        Ok(diesel::select(diesel::dsl::exists(found)).get_result(self.conn)?)
    }
}

impl Reader<'_> {
    /// Who was sent a revision of the report of this quarter, by whatever arrangement: slots begin with the quarter.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn report_readers(&mut self, quarter: Quarter) -> Result<BTreeSet<UserId>, StoreError> {
        let sent = report_sendings::table.filter(report_sendings::slot.like(format!("{quarter}/%")));
        let rows: Vec<SendingRow> = sent.select(SendingRow::as_select()).load(self.conn)?;
        let mut readers = BTreeSet::new();
        for row in rows {
            readers.extend(Sending::try_from(row)?.recipients);
        }
        Ok(readers)
    }
}

impl Writer<'_> {
    /// Takes a slot; false (and nothing is logged) when it was sent before.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn record_sending(&mut self, id: ScheduleId, sending: &Sending, entry: &LogEntry) -> Result<bool, StoreError> {
        let place = Place { table: "report_sendings", key: &sending.slot };
        let row = SendingRow {
            schedule_id: Id(id),
            slot: sending.slot.clone(),
            sent_at: Instant(sending.sent_at),
            body: serde_json::to_string(&sending.recipients).map_err(|error| place.bad("body", error))?,
        };
        let taken =
            diesel::insert_into(report_sendings::table).values(row).or("(schedule_id, slot) DO NOTHING").execute(self.conn)?;
        if taken == 1 {
            self.append(std::slice::from_ref(entry))?;
        }
        Ok(taken == 1)
    }
}
