//! Reminders and escalation (5.6b, 3.5, 7a, section 13): raised when their working days are over, each once. They are told as
//! the messages of their entries, by the table `fabu_domain::notifications::step_mail`.

use super::context::ReleaseContext;
use crate::{App, AppError, Caller, Cx, company_records, deliveries::enqueue_dispatch};
use chrono::{DateTime, Utc};
use fabu_domain::{
    ids::ReleaseId,
    notifications::reminder::{Reminder, due_in_record, due_reminders},
    people::directory::Directory,
    subject::{Subject, SubjectKind, log::LogEntry},
};
use fabu_store::Reader;
use serde_json::json;
use std::{collections::BTreeSet, sync::Arc};

impl App {
    /// Raises every reminder that is due and was not raised before; their number. Any number of processes may do so at
    /// once, also late: each is raised once.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn raise_reminders(&self) -> Result<usize, AppError> {
        let now = self.clock.now();
        let open = self.store.read(move |tx| owing(tx, now)).await?;
        let mut raised = 0;
        for subject in open {
            let of_it = self.write(&Caller::system("raise_reminders"), move |cx| raise(cx, &subject)).await;
            raised += of_it.map_err(|failure| failure.error)?;
        }
        Ok(raised)
    }
}

/// Subjects about which somebody is to be told something new: most looks find none and write nothing.
fn owing(tx: &mut Reader<'_>, now: DateTime<Utc>) -> Result<Vec<Subject>, AppError> {
    let directory = tx.directory()?;
    let mut owing = Vec::new();
    for subject in tx.subjects_with_open_work()? {
        let due = due(tx, &subject, &directory, now)?;
        let keys: Vec<String> = due.iter().map(|reminder| reminder.key.clone()).collect();
        let raised = if keys.is_empty() { BTreeSet::new() } else { tx.raised_reminders(&keys)? };
        if due.into_iter().any(|reminder| !raised.contains(&(reminder.key, reminder.to))) {
            owing.push(subject);
        }
    }
    Ok(owing)
}

/// What is due by now.
fn due(
    tx: &mut Reader<'_>,
    subject: &Subject,
    directory: &Arc<Directory>,
    now: DateTime<Utc>,
) -> Result<Vec<Reminder>, AppError> {
    match subject.kind {
        SubjectKind::Release => {
            let Some(dossier) = tx.dossier(ReleaseId(subject.id))? else { return Ok(Vec::new()) };
            Ok(due_reminders(&ReleaseContext::new(tx, dossier, Arc::clone(directory), now)?.facts()))
        }
        SubjectKind::QuarterlyReport | SubjectKind::ProcedureVersion => {
            let record = company_records::find(tx, subject)?;
            Ok(record
                .map(|record| due_in_record(record.as_ref(), directory, directory.procedures.at(now), now))
                .unwrap_or_default())
        }
    }
}

fn raise(cx: &mut Cx<'_, '_>, subject: &Subject) -> Result<usize, AppError> {
    let release = (subject.kind == SubjectKind::Release).then_some(ReleaseId(subject.id));
    let directory = Arc::clone(&cx.directory);
    let due = due(cx.tx, subject, &directory, cx.now)?;
    let mut entries: Vec<LogEntry> = Vec::new();
    for reminder in due {
        let entry = LogEntry { release_id: release, ..cx.entry("reminder.raised", &subject.address, json!(reminder)) };
        if cx.tx.raise_reminder(release, &reminder, cx.now, &entry)? {
            entries.push(entry);
        }
    }
    enqueue_dispatch(cx, &entries)?;
    Ok(entries.len())
}
