//! What an entry of the log is about, from the database.

use crate::{
    AppError,
    company_records::{self, Record, reading},
    subjects::releases::context::ReleaseContext,
};
use chrono::{DateTime, Utc};
use fabu_domain::{
    ids::UserId,
    notifications::{
        notice::Notice,
        reminder::{Reminder, is_open_in_record},
        step_mail::{About, Notification, group_notice, notifications},
    },
    people::directory::Directory,
    subject::{CompanyRecord, SubjectKind, log::LogEntry},
    subjects::{policy::permit, release::Dossier, visibility::may_read},
};
use fabu_store::Reader;
use serde::Deserialize as _;
use serde_json::json;
use std::sync::Arc;
use uuid::Uuid;

/// The owned form of [`About`].
pub(super) enum EventSubject {
    Release(Box<ReleaseContext>),
    Company { record: Record, readers: Vec<UserId> },
}

impl EventSubject {
    /// What the entry is about, as it stands now.
    pub(super) fn of(
        tx: &mut Reader<'_>,
        entry: &LogEntry,
        directory: &Arc<Directory>,
        now: DateTime<Utc>,
    ) -> Result<Option<Self>, AppError> {
        if let Some(release) = entry.release_id {
            let Some(dossier) = tx.dossier(release)? else { return Ok(None) };
            return Ok(Some(Self::Release(Box::new(ReleaseContext::new(tx, dossier, Arc::clone(directory), now)?))));
        }
        let mut records = company_records::at(tx, &entry.subject)?;
        let named = records.iter().rposition(|record| is_about(entry, record.as_ref(), directory, now));
        let Some(record) = named.map(|index| records.swap_remove(index)) else { return Ok(None) };
        let quarter = SubjectKind::QuarterlyReport.key_at(&entry.subject);
        let readers = quarter.map(|quarter| tx.report_readers(quarter)).transpose()?.into_iter().flatten().collect();
        Ok(Some(Self::Company { record, readers }))
    }

    /// The messages to people who may know of it.
    pub(super) fn notifications(&self, entry: &LogEntry, directory: &Directory, now: DateTime<Utc>) -> Vec<Notification> {
        let messages = match self {
            Self::Release(context) => notifications(entry, About::Release(&context.facts()), directory, now),
            Self::Company { record, readers } => {
                notifications(entry, About::Company { record: record.as_ref(), readers }, directory, now)
            }
        };
        messages.into_iter().filter(|message| self.may_be_notified(message.reader, directory, now)).collect()
    }

    fn may_be_notified(&self, reader: UserId, directory: &Directory, now: DateTime<Utc>) -> bool {
        match self {
            Self::Release(context) => may_read(directory, reader, now, &context.dossier),
            Self::Company { record, .. } => permit(directory, reader, reading(record.subject().kind), None).is_ok(),
        }
    }

    /// The message to groups, and the release that it is about: of nothing else is a group told.
    pub(super) fn group_notice(&self, entry: &LogEntry) -> Option<(Notice, &Dossier)> {
        match self {
            Self::Release(context) => Some((group_notice(entry, &context.facts())?, context.dossier.as_ref())),
            Self::Company { .. } => None,
        }
    }
}

/// True for the record that an entry is about: it names the record, or an approval or a task of it.
fn is_about(entry: &LogEntry, record: &dyn CompanyRecord, directory: &Directory, now: DateTime<Utc>) -> bool {
    let (payload, parts) = (&entry.payload, record.parts());
    let names = |id: Uuid| [&payload["id"], &payload["approval_id"], &payload["task"]["id"]].iter().any(|at| **at == json!(id));
    match entry.kind.split('.').next() {
        Some("approval") => parts.approvals.iter().any(|approval| names(approval.id.0)),
        Some("task") => parts.tasks.iter().any(|task| names(task.id.0)),
        Some("reminder") => {
            let reminder = Reminder::deserialize(payload);
            reminder.is_ok_and(|reminder| is_open_in_record(record, directory, &reminder, now))
        }
        _ => record.is_named_in(entry),
    }
}

/// The messages of one entry to people, as things stand now.
pub(crate) fn notifications_of(
    tx: &mut Reader<'_>,
    entry: &LogEntry,
    directory: &Arc<Directory>,
    now: DateTime<Utc>,
) -> Result<Vec<Notification>, AppError> {
    Ok(EventSubject::of(tx, entry, directory, now)?.map_or_else(Vec::new, |about| about.notifications(entry, directory, now)))
}
