//! What an entry of the log is about, from the database.

use crate::{AppError, subjects::releases::context::ReleaseContext};
use chrono::{DateTime, Utc};
use fabu_domain::{
    ids::UserId,
    notifications::{
        notice::Notice,
        reminder::{Reminder, is_open_in_report},
        step_mail::{About, Notification, group_notice, notifications},
    },
    people::directory::Directory,
    subject::{Subject, log::LogEntry, operation::Operation},
    subjects::{policy::permit, quarterly_report::QuarterlyReport, release::Dossier, visibility::may_read},
};
use fabu_store::Reader;
use serde::Deserialize as _;
use serde_json::json;
use std::sync::Arc;
use uuid::Uuid;

/// The owned form of [`About`].
pub(super) enum EventSubject {
    Release(Box<ReleaseContext>),
    Report { report: Box<QuarterlyReport>, readers: Vec<UserId> },
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
        let Some(quarter) = Subject::quarter_at(&entry.subject) else { return Ok(None) };
        let mut revisions = tx.quarterly_reports_of(quarter)?;
        let Some(index) = revisions.iter().rposition(|report| is_about(entry, report, directory, now)) else { return Ok(None) };
        let readers = tx.report_readers(quarter)?.into_iter().collect();
        Ok(Some(Self::Report { report: Box::new(revisions.swap_remove(index)), readers }))
    }

    /// The messages to people who may know of it.
    pub(super) fn notifications(&self, entry: &LogEntry, directory: &Directory, now: DateTime<Utc>) -> Vec<Notification> {
        let messages = match self {
            Self::Release(context) => notifications(entry, About::Release(&context.facts()), directory, now),
            Self::Report { report, readers } => notifications(entry, About::Report { report, readers }, directory, now),
        };
        messages.into_iter().filter(|message| self.may_be_notified(message.reader, directory, now)).collect()
    }

    fn may_be_notified(&self, reader: UserId, directory: &Directory, now: DateTime<Utc>) -> bool {
        match self {
            Self::Release(context) => may_read(directory, reader, now, &context.dossier),
            Self::Report { .. } => permit(directory, reader, Operation::ViewQuarterlyReport, None).is_ok(),
        }
    }

    /// The message to groups, and the release that it is about: of nothing else is a group told.
    pub(super) fn group_notice(&self, entry: &LogEntry) -> Option<(Notice, &Dossier)> {
        match self {
            Self::Release(context) => Some((group_notice(entry, &context.facts())?, context.dossier.as_ref())),
            Self::Report { .. } => None,
        }
    }
}

/// True for the revision of a report that an entry is about: it names the revision, or an approval or a task of it.
fn is_about(entry: &LogEntry, report: &QuarterlyReport, directory: &Directory, now: DateTime<Utc>) -> bool {
    let payload = &entry.payload;
    let names = |id: Uuid| [&payload["id"], &payload["approval_id"], &payload["task"]["id"]].iter().any(|at| **at == json!(id));
    match entry.kind.split('.').next() {
        Some("approval") => report.approvals.iter().any(|approval| names(approval.id.0)),
        Some("task") => report.tasks.iter().any(|task| names(task.id.0)),
        Some("reminder") => {
            let reminder = Reminder::deserialize(payload);
            reminder.is_ok_and(|reminder| is_open_in_report(report, directory, &reminder, now))
        }
        _ => payload["revision"].as_u64().is_none_or(|named| u64::from(report.revision) == named),
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
