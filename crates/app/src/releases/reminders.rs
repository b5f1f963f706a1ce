//! Reminders and escalation (5.6b, section 13): raised when their working days are over, each once.

use super::{act::enqueue_dispatch, ground::Ground};
use crate::{App, AppError, Caller, Cx};
use chrono::{DateTime, Utc};
use fabu_domain::{ids::ReleaseId, log::LogEntry, reminder::due_reminders};
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
        for id in open {
            let of_release = self.write(&Caller::system("raise_reminders"), move |cx| raise(cx, id)).await;
            raised += of_release.map_err(|failure| failure.error)?;
        }
        Ok(raised)
    }
}

/// Releases about which somebody is to be told something new: most looks find none and write nothing.
fn owing(tx: &mut Reader<'_>, now: DateTime<Utc>) -> Result<Vec<ReleaseId>, AppError> {
    let directory = tx.directory()?;
    let mut owing = Vec::new();
    for id in tx.releases_with_open_work()? {
        let Some(dossier) = tx.dossier(id)? else { continue };
        let ground = Ground::new(tx, dossier, Arc::clone(&directory), now)?;
        let due = due_reminders(&ground.facts());
        let keys: Vec<String> = due.iter().map(|reminder| reminder.key.clone()).collect();
        let raised = if keys.is_empty() { BTreeSet::new() } else { tx.raised_reminders(&keys)? };
        if due.into_iter().any(|reminder| !raised.contains(&(reminder.key, reminder.to))) {
            owing.push(id);
        }
    }
    Ok(owing)
}

fn raise(cx: &mut Cx<'_, '_>, id: ReleaseId) -> Result<usize, AppError> {
    let Some(dossier) = cx.tx.dossier(id)? else { return Ok(0) };
    let ground = Ground::new(cx.tx, dossier, Arc::clone(&cx.directory), cx.now)?;
    let mut entries: Vec<LogEntry> = Vec::new();
    for reminder in due_reminders(&ground.facts()) {
        let payload = json!({
            "to": reminder.to, "step": reminder.step, "owed": reminder.owed, "by": reminder.by, "title": reminder.title,
            "due_at": reminder.due_at, "place": reminder.place,
        });
        let subject = format!("releases/{}", reminder.release);
        let entry = LogEntry { release_id: Some(id), ..cx.entry("reminder.raised", subject, payload) };
        if cx.tx.raise_reminder(id, &reminder, cx.now, &entry)? {
            entries.push(entry);
        }
    }
    enqueue_dispatch(cx, &entries)?;
    Ok(entries.len())
}
