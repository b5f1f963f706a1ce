//! Reminders: each step of each open thing is told once to each person.

use super::subject::{Row, subject};
use crate::releases::schema::{approvals, configuration_changes, reminders, subjects, tasks};
use crate::{
    Reader, StoreError, Writer,
    dialect::InsertExt,
    types::{Id, Instant},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use fabu_domain::{
    blocks::approval::ApprovalState,
    ids::{ReleaseId, UserId},
    notifications::reminder::Reminder,
    subject::{Subject, log::LogEntry},
    subjects::release::records::ConfigurationState,
};
use std::collections::BTreeSet;

#[derive(Insertable)]
#[diesel(table_name = reminders)]
struct ReminderRow<'a> {
    key: &'a str,
    user_id: Id<UserId>,
    release_id: Option<Id<ReleaseId>>,
    raised_at: Instant,
}

impl Reader<'_> {
    /// What something is open about: a task, an answer, the update of a configuration item; in the order of ids.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn subjects_with_open_work(&mut self) -> Result<Vec<Subject>, StoreError> {
        let open_tasks = tasks::table.filter(tasks::is_open.eq(true)).select(tasks::subject_id).distinct();
        let open_panels =
            approvals::table.filter(approvals::state.eq(ApprovalState::Open.as_str())).select(approvals::subject_id).distinct();
        let states = [ConfigurationState::Drafted, ConfigurationState::Requested, ConfigurationState::Returned];
        let open_items = configuration_changes::table
            .filter(configuration_changes::state.eq_any(states.map(ConfigurationState::as_str)))
            .select(configuration_changes::release_id)
            .distinct();
        let open = subjects::subject_id
            .eq_any(open_tasks)
            .or(subjects::subject_id.eq_any(open_panels))
            .or(subjects::subject_id.eq_any(open_items));
        let rows: Vec<Row> = subjects::table.filter(open).order(subjects::subject_id).load(self.conn)?;
        rows.into_iter().map(subject).collect()
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
}

impl Writer<'_> {
    /// Raises a reminder, of a release or of something else; false (and nothing is logged) when it was raised before.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn raise_reminder(
        &mut self,
        release: Option<ReleaseId>,
        reminder: &Reminder,
        at: DateTime<Utc>,
        entry: &LogEntry,
    ) -> Result<bool, StoreError> {
        let row =
            ReminderRow { key: &reminder.key, user_id: Id(reminder.to), release_id: release.map(Id), raised_at: Instant(at) };
        let raised = diesel::insert_into(reminders::table).values(row).or("(key, user_id) DO NOTHING").execute(self.conn)?;
        if raised == 1 {
            self.append(std::slice::from_ref(entry))?;
        }
        Ok(raised == 1)
    }
}
