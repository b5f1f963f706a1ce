//! Who is sent which report when, and what was sent: once for each slot.

use crate::{
    Reader, StoreError, Writer,
    dialect::InsertExt,
    row::Place,
    schema::{report_schedules, report_sendings},
    types::{Id, Instant},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use fabu_domain::{
    ids::{ScheduleId, UserId},
    log::LogEntry,
    quarter::Quarter,
    schedule::ReportSchedule,
};
use std::collections::BTreeSet;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = report_schedules)]
struct ScheduleRow {
    id: Id<ScheduleId>,
    kind: String,
    active: bool,
    version: i64,
    body: String,
}

impl ScheduleRow {
    fn new(schedule: &ReportSchedule, version: i64) -> Result<Self, StoreError> {
        let stored = ReportSchedule { version, ..schedule.clone() };
        let place = Place { table: "report_schedules", key: schedule.id };
        Ok(Self {
            id: Id(schedule.id),
            kind: schedule.report.as_str().to_owned(),
            active: schedule.active,
            version,
            body: serde_json::to_string(&stored).map_err(|error| place.bad("body", error))?,
        })
    }
}

impl TryFrom<ScheduleRow> for ReportSchedule {
    type Error = StoreError;
    fn try_from(row: ScheduleRow) -> Result<Self, StoreError> {
        let place = Place { table: "report_schedules", key: row.id.0 };
        let schedule: Self = serde_json::from_str(&row.body).map_err(|error| place.bad("body", error))?;
        let same = schedule.id == row.id.0 && schedule.version == row.version && schedule.active == row.active;
        if same { Ok(schedule) } else { Err(place.bad("body", "the columns say otherwise")) }
    }
}

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
    /// Every arrangement, by id.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn report_schedules(&mut self) -> Result<Vec<ReportSchedule>, StoreError> {
        let rows: Vec<ScheduleRow> =
            report_schedules::table.order(report_schedules::id).select(ScheduleRow::as_select()).load(self.conn)?;
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// An arrangement.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the row cannot be read.
    pub fn report_schedule(&mut self, id: ScheduleId) -> Result<Option<ReportSchedule>, StoreError> {
        let row: Option<ScheduleRow> =
            report_schedules::table.find(Id(id)).select(ScheduleRow::as_select()).first(self.conn).optional()?;
        row.map(TryInto::try_into).transpose()
    }

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
    /// Adds an arrangement.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn insert_report_schedule(&mut self, schedule: &ReportSchedule, entry: &LogEntry) -> Result<(), StoreError> {
        diesel::insert_into(report_schedules::table).values(ScheduleRow::new(schedule, schedule.version)?).execute(self.conn)?;
        self.append(std::slice::from_ref(entry))
    }

    /// Replaces an arrangement; its new version.
    ///
    /// # Errors
    /// [`StoreError::Stale`].
    pub fn update_report_schedule(
        &mut self,
        schedule: &ReportSchedule,
        expected: i64,
        entry: &LogEntry,
    ) -> Result<i64, StoreError> {
        super::update_versioned!(self, report_schedules, schedule.id, expected, ScheduleRow::new(schedule, expected + 1)?);
        self.append(std::slice::from_ref(entry))?;
        Ok(expected + 1)
    }

    /// Ends an arrangement; what it sent stays on record.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when it has another version or is gone; nothing is logged then.
    pub fn delete_report_schedule(&mut self, id: ScheduleId, expected: i64, entry: &LogEntry) -> Result<(), StoreError> {
        super::delete_versioned!(self, report_schedules, id, expected);
        self.append(std::slice::from_ref(entry))
    }

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
