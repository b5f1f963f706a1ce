//! Reminders and escalation (5.6b, section 13): raised when their working days are over, each once.

use super::{act::enqueue_dispatch, ground::Ground};
use crate::{App, AppError, Caller, Cx};
use fabu_domain::{ids::ReleaseId, log::LogEntry, reminder::due_reminders};
use serde_json::json;
use std::sync::Arc;

impl App {
    /// Raises every reminder that is due and was not raised before; their number. Any number of processes may do so at
    /// once, also late: each is raised once.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn raise_reminders(&self) -> Result<usize, AppError> {
        let open = self.store.read(|tx| tx.releases_with_open_work().map_err(AppError::from)).await?;
        let mut raised = 0;
        for id in open {
            let of_release = self.write(&Caller::system("raise_reminders"), move |cx| raise(cx, id)).await;
            raised += of_release.map_err(|failure| failure.error)?;
        }
        Ok(raised)
    }
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
