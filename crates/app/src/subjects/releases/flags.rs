//! Flags of releases that are late (5.10b, D6): raised by the worker, taken away in the transaction that settles them.
//! Nobody's work is done for them: a flagged release stays open until its people close it.

use crate::deliveries::enqueue_dispatch;
use crate::{App, AppError, Caller, Cx};
use chrono::{DateTime, Utc};
use fabu_domain::{
    ids::ReleaseId,
    people::directory::Directory,
    subject::log::LogEntry,
    subjects::release::{
        Dossier, Release,
        overdue::{Flag, flag},
    },
};
use serde_json::json;
use std::collections::BTreeSet;

impl App {
    /// Flags what has become late and takes away flags that no longer hold; how many changed. Any number of processes may
    /// do so at once: each change happens once.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn flag_overdue_releases(&self) -> Result<usize, AppError> {
        let now = self.clock.now();
        let candidates: BTreeSet<ReleaseId> = self
            .store
            .read(move |tx| {
                let directory = tx.directory()?;
                let flags = tx.release_flags(&[])?;
                let mut differing = BTreeSet::new();
                let open = tx.releases_to_close()?;
                let flagged: BTreeSet<ReleaseId> = flags.iter().map(|(id, _)| *id).collect();
                for id in open.into_iter().chain(flagged).collect::<BTreeSet<_>>() {
                    let Some(dossier) = tx.dossier(id)? else { continue };
                    let wanted = late(&directory, &dossier.release, now);
                    let held: Vec<Flag> = flags.iter().filter(|(of, _)| *of == id).map(|(_, flag)| *flag).collect();
                    if held != wanted.into_iter().collect::<Vec<_>>() {
                        differing.insert(id);
                    }
                }
                Ok::<_, AppError>(differing)
            })
            .await?;
        let mut changed = 0;
        for id in candidates {
            let updated = self.write(&Caller::system("flag_overdue_releases"), move |cx| update(cx, id)).await;
            changed += usize::from(updated.map_err(|failure| failure.error)?);
        }
        Ok(changed)
    }
}

/// What is late of a release by the version of the procedure that it follows.
fn late(directory: &Directory, release: &Release, now: DateTime<Utc>) -> Option<Flag> {
    flag(release, &directory.calendar, directory.procedures.of(&release.procedure_version), now)
}

fn update(cx: &mut Cx<'_, '_>, id: ReleaseId) -> Result<bool, AppError> {
    let Some(dossier) = cx.tx.lock_release(id)? else { return Ok(false) };
    let cleared = clear_settled(cx, &dossier)?;
    let Some(late) = late(&cx.directory, &dossier.release, cx.now) else { return Ok(cleared) };
    let entry = entry(cx, &dossier, late, late.kind.raised_event());
    let raised = cx.tx.raise_flag(id, late, cx.now, &entry)?;
    if raised {
        enqueue_dispatch(cx, &[entry])?;
    }
    Ok(raised || cleared)
}

/// Takes away the flags that no longer hold.
pub(super) fn clear_settled(cx: &mut Cx<'_, '_>, dossier: &Dossier) -> Result<bool, AppError> {
    let release = &dossier.release;
    if release.verdict.is_none() {
        return Ok(false);
    }
    let wanted = late(&cx.directory, release, cx.now);
    let mut changed = false;
    for (id, held) in cx.tx.release_flags(&[release.id])? {
        if Some(held) != wanted {
            let entry = entry(cx, dossier, held, held.kind.cleared_event());
            changed |= cx.tx.clear_flag(id, held, &entry)?;
        }
    }
    Ok(changed)
}

fn entry(cx: &Cx<'_, '_>, dossier: &Dossier, flag: Flag, kind: &str) -> LogEntry {
    let release = &dossier.release;
    let payload = json!({ "due_at": flag.due_at, "stage": release.stage });
    LogEntry { release_id: Some(release.id), ..cx.entry(kind, format!("releases/{}", release.number), payload) }
}
