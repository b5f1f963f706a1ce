//! Reminders and escalation (5.6b, 3.5, 7a, section 13): raised when their working days are over, each once. They are told as
//! the messages of their entries, by the table `fabu_domain::step_mail`.

use super::{
    act::enqueue_dispatch,
    ground::{Ground, PARAMETERS},
};
use crate::{App, AppError, Caller, Cx};
use chrono::{DateTime, Utc};
use fabu_domain::{
    directory::Directory,
    ids::ReleaseId,
    log::LogEntry,
    quarter::Quarter,
    quarterly::ReportState,
    reminder::{Reminder, due_measures, due_reminders},
};
use fabu_store::Reader;
use serde_json::json;
use std::{collections::BTreeSet, sync::Arc};

/// What something is open about.
#[derive(Debug, Clone, Copy)]
enum Matter {
    Release(ReleaseId),
    Report(Quarter),
}

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
        for matter in open {
            let of_matter = self.write(&Caller::system("raise_reminders"), move |cx| raise(cx, matter)).await;
            raised += of_matter.map_err(|failure| failure.error)?;
        }
        Ok(raised)
    }
}

/// Matters about which somebody is to be told something new: most looks find none and write nothing.
fn owing(tx: &mut Reader<'_>, now: DateTime<Utc>) -> Result<Vec<Matter>, AppError> {
    let directory = tx.directory()?;
    let releases = tx.releases_with_open_work()?.into_iter().map(Matter::Release);
    let quarters: BTreeSet<Quarter> = tx.approved_reports()?.into_iter().map(|(quarter, _)| quarter).collect();
    let mut owing = Vec::new();
    for matter in releases.chain(quarters.into_iter().map(Matter::Report)) {
        let (_, due) = due(tx, matter, &directory, now)?;
        let keys: Vec<String> = due.iter().map(|reminder| reminder.key.clone()).collect();
        let raised = if keys.is_empty() { BTreeSet::new() } else { tx.raised_reminders(&keys)? };
        if due.into_iter().any(|reminder| !raised.contains(&(reminder.key, reminder.to))) {
            owing.push(matter);
        }
    }
    Ok(owing)
}

/// What is due by now, and what its entries are about.
fn due(
    tx: &mut Reader<'_>,
    matter: Matter,
    directory: &Arc<Directory>,
    now: DateTime<Utc>,
) -> Result<(String, Vec<Reminder>), AppError> {
    match matter {
        Matter::Release(id) => {
            let Some(dossier) = tx.dossier(id)? else { return Ok(Default::default()) };
            let subject = format!("releases/{}", dossier.release.number);
            let ground = Ground::new(tx, dossier, Arc::clone(directory), now)?;
            Ok((subject, due_reminders(&ground.facts())))
        }
        Matter::Report(quarter) => {
            let latest = tx.quarterly_reports_of(quarter)?.pop().filter(|report| report.state == ReportState::Approved);
            let due = latest.map(|report| due_measures(&report, directory, &PARAMETERS, now));
            Ok((format!("reports/quarterly/{quarter}"), due.unwrap_or_default()))
        }
    }
}

fn raise(cx: &mut Cx<'_, '_>, matter: Matter) -> Result<usize, AppError> {
    let release = match matter {
        Matter::Release(id) => Some(id),
        Matter::Report(_) => None,
    };
    let directory = Arc::clone(&cx.directory);
    let (subject, due) = due(cx.tx, matter, &directory, cx.now)?;
    let mut entries: Vec<LogEntry> = Vec::new();
    for reminder in due {
        let entry = LogEntry { release_id: release, ..cx.entry("reminder.raised", subject.clone(), json!(reminder)) };
        if cx.tx.raise_reminder(release, &reminder, cx.now, &entry)? {
            entries.push(entry);
        }
    }
    enqueue_dispatch(cx, &entries)?;
    Ok(entries.len())
}
