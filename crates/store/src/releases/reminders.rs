//! Reminders: each step of each open thing is told once to each person.

use super::schema::{approvals, configuration_changes, reminders, tasks};
use crate::{
    Reader, StoreError, Writer,
    dialect::InsertExt,
    row::Place,
    types::{Id, Instant},
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use fabu_domain::{
    approval::ApprovalState,
    ids::{ReleaseId, UserId},
    log::LogEntry,
    records::ConfigurationState,
    reminder::Reminder,
};
use std::collections::BTreeSet;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = reminders)]
struct ReminderRow {
    key: String,
    user_id: Id<UserId>,
    release_id: Option<Id<ReleaseId>>,
    raised_at: Instant,
    digest_day: Option<NaiveDate>,
    body: String,
}

impl TryFrom<ReminderRow> for Reminder {
    type Error = StoreError;
    fn try_from(row: ReminderRow) -> Result<Self, StoreError> {
        let place = Place { table: "reminders", key: row.key };
        serde_json::from_str(&row.body).map_err(|error| place.bad("body", error))
    }
}

impl Reader<'_> {
    /// Releases about which something is open: a task, an answer, the update of a configuration item.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn releases_with_open_work(&mut self) -> Result<BTreeSet<ReleaseId>, StoreError> {
        let open_tasks = tasks::table.filter(tasks::is_open.eq(true)).select(tasks::release_id).distinct();
        let open_panels =
            approvals::table.filter(approvals::state.eq(ApprovalState::Open.as_str())).select(approvals::release_id).distinct();
        let states = [ConfigurationState::Drafted, ConfigurationState::Requested, ConfigurationState::Returned];
        let open_items = configuration_changes::table
            .filter(configuration_changes::state.eq_any(states.map(ConfigurationState::as_str)))
            .select(configuration_changes::release_id)
            .distinct();
        let mut all: BTreeSet<ReleaseId> = BTreeSet::new();
        all.extend(open_tasks.load::<Id<ReleaseId>>(self.conn)?.into_iter().map(|id| id.0));
        all.extend(open_panels.load::<Id<ReleaseId>>(self.conn)?.into_iter().map(|id| id.0));
        all.extend(open_items.load::<Id<ReleaseId>>(self.conn)?.into_iter().map(|id| id.0));
        Ok(all)
    }

    /// Which of these reminders were raised, and for whom.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn raised_reminders(&mut self, keys: &[String]) -> Result<BTreeSet<(String, UserId)>, StoreError> {
        let found = reminders::table.filter(reminders::key.eq_any(keys)).select((reminders::key, reminders::user_id));
        let rows: Vec<(String, Id<UserId>)> = found.load(self.conn)?;
        Ok(rows.into_iter().map(|(key, user)| (key, user.0)).collect())
    }

    /// Reminders that no digest has told yet, by person and the time they were raised.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn untold_reminders(&mut self) -> Result<Vec<Reminder>, StoreError> {
        let untold = reminders::table.filter(reminders::digest_day.is_null());
        let rows: Vec<ReminderRow> = untold
            .order((reminders::user_id, reminders::raised_at, reminders::key))
            .select(ReminderRow::as_select())
            .load(self.conn)?;
        rows.into_iter().map(TryInto::try_into).collect()
    }
}

impl Writer<'_> {
    /// Raises a reminder; false (and nothing is logged) when it was raised before.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn raise_reminder(
        &mut self,
        release: ReleaseId,
        reminder: &Reminder,
        at: DateTime<Utc>,
        entry: &LogEntry,
    ) -> Result<bool, StoreError> {
        let place = Place { table: "reminders", key: &reminder.key };
        let row = ReminderRow {
            key: reminder.key.clone(),
            user_id: Id(reminder.to),
            release_id: Some(Id(release)),
            raised_at: Instant(at),
            digest_day: None,
            body: serde_json::to_string(reminder).map_err(|error| place.bad("body", error))?,
        };
        let raised = diesel::insert_into(reminders::table).values(row).or("(key, user_id) DO NOTHING").execute(self.conn)?;
        if raised == 1 {
            self.append(std::slice::from_ref(entry))?;
        }
        Ok(raised == 1)
    }

    /// The digest of this day tells the person what was raised and not told yet.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn reminders_told(&mut self, user: UserId, day: NaiveDate) -> Result<usize, StoreError> {
        let untold = reminders::table.filter(reminders::user_id.eq(Id(user))).filter(reminders::digest_day.is_null());
        Ok(diesel::update(untold).set(reminders::digest_day.eq(Some(day))).execute(self.conn)?)
    }
}
