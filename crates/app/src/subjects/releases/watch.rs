//! Conflicts that come and go while nobody acts (5.5.4): what is known of a window and since when is kept, and whoever answers for an
//! approved release is notified once of what is new.

use super::surroundings::conflicts_in_force;
use crate::{
    App, AppError, Caller, Cx,
    deliveries::enqueue_dispatch,
    jobs::{Ask, CHECK_CONFLICTS, CHECK_RELEASE_CONFLICTS, enqueue},
};
use chrono::{DateTime, Utc};
use fabu_domain::{
    blocks::approval::ApprovalKind,
    ids::ReleaseId,
    subject::log::LogEntry,
    subjects::release::{
        Dossier,
        conflicts::{Conflict, Occasion},
    },
};
use fabu_store::{KnownConflict, Reader};
use serde_json::json;
use std::{collections::BTreeSet, sync::Arc};

impl App {
    /// Looks at every release that holds a window which is not over; how many differ from what was known.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn check_conflicts(&self) -> Result<usize, AppError> {
        let now = self.clock.now();
        let all = self.store.read(move |tx| tx.releases_to_compare(now).map_err(AppError::from)).await?;
        self.compare(all).await
    }

    /// Looks at one release that has changed, and at those that it collides with or was known to; how many differ.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn check_release_conflicts(&self, id: ReleaseId) -> Result<usize, AppError> {
        let now = self.clock.now();
        let all = self.store.read(move |tx| with_others(tx, id, now)).await?;
        self.compare(all).await
    }

    async fn compare(&self, all: impl IntoIterator<Item = ReleaseId>) -> Result<usize, AppError> {
        let mut changed = 0;
        for id in all {
            let now = self.clock.now();
            let differs = self.store.read(move |tx| {
                let Some(dossier) = tx.dossier(id)? else { return Ok(false) };
                Ok::<_, AppError>(!changes(tx, &dossier, now)?.is_empty())
            });
            if differs.await? {
                let noted = self.write(&Caller::system("check_conflicts"), move |cx| note(cx, id)).await;
                changed += usize::from(noted.map_err(|failure| failure.error)?);
            }
        }
        Ok(changed)
    }
}

/// Asks for a look at a release whose window, items or people are others than before.
pub(super) fn look_after_change(cx: &mut Cx<'_, '_>, before: &Dossier, after: &Dossier) -> Result<(), AppError> {
    if Occasion::in_force(before) == Occasion::in_force(after) {
        return Ok(());
    }
    let (id, version) = (after.release.id, after.release.version);
    let unique_key = Some(format!("{}:{id}:{version}", CHECK_RELEASE_CONFLICTS.name));
    let ask = Ask { payload: json!({ "release_id": id }), unique_key, run_at: None };
    enqueue(cx.tx, cx.ids, cx.now, &CHECK_RELEASE_CONFLICTS, ask)?;
    Ok(())
}

/// Asks for a look at every release: a freeze is another than before.
pub(crate) fn look_at_all(cx: &mut Cx<'_, '_>) -> Result<(), AppError> {
    let ask = Ask { payload: json!({}), unique_key: None, run_at: None };
    enqueue(cx.tx, cx.ids, cx.now, &CHECK_CONFLICTS, ask)?;
    Ok(())
}

fn with_others(tx: &mut Reader<'_>, id: ReleaseId, now: DateTime<Utc>) -> Result<BTreeSet<ReleaseId>, AppError> {
    let Some(dossier) = tx.dossier(id)? else { return Ok(BTreeSet::new()) };
    let directory = tx.directory()?;
    let known = tx.releases_against(&dossier.release.number)?;
    let mut all: BTreeSet<ReleaseId> = known.into_iter().chain([id]).collect();
    for number in conflicts_in_force(tx, &dossier, &directory, now)?.into_iter().filter_map(|conflict| conflict.release) {
        all.extend(tx.release_id(&number)?);
    }
    Ok(all)
}

/// What is new, gone or otherwise than it was known: gone ones have a time.
fn changes(tx: &mut Reader<'_>, dossier: &Dossier, now: DateTime<Utc>) -> Result<Vec<KnownConflict>, AppError> {
    let directory = tx.directory()?;
    let found: Vec<Conflict> = conflicts_in_force(tx, dossier, &directory, now)?;
    let known = tx.known_conflicts(dossier.release.id)?;
    let standing = |key: &str| known.iter().find(|known| known.key == key && known.gone_at.is_none());
    let mut changed: Vec<KnownConflict> = Vec::new();
    for conflict in &found {
        let fresh = KnownConflict::now(conflict, now);
        match standing(&conflict.key) {
            Some(before) if before.severity == fresh.severity => {}
            Some(before) => changed.push(KnownConflict { known_since: before.known_since, ..fresh }),
            None => changed.push(fresh),
        }
    }
    let gone = known.iter().filter(|known| known.gone_at.is_none() && !found.iter().any(|conflict| conflict.key == known.key));
    changed.extend(gone.map(|known| KnownConflict { gone_at: Some(now), ..known.clone() }));
    Ok(changed)
}

/// Keeps what changed, with an entry for what is new and one for what is gone.
fn note(cx: &mut Cx<'_, '_>, id: ReleaseId) -> Result<bool, AppError> {
    let Some(dossier) = cx.tx.lock_release(id)? else { return Ok(false) };
    let changed = changes(cx.tx, &dossier, cx.now)?;
    let (gone, found): (Vec<_>, Vec<_>) = changed.iter().partition(|known| known.gone_at.is_some());
    let mut entries = Vec::new();
    for (kind, list) in [("release.conflict_found", found), ("release.conflict_gone", gone)] {
        if !list.is_empty() {
            entries.push(entry(cx, &dossier, kind, &list));
        }
    }
    if entries.is_empty() {
        return Ok(false);
    }
    cx.tx.save_conflicts(id, &changed, &entries)?;
    enqueue_dispatch(cx, &entries)?;
    Ok(true)
}

fn entry(cx: &Cx<'_, '_>, dossier: &Arc<Dossier>, kind: &str, list: &[&KnownConflict]) -> LogEntry {
    let release = &dossier.release;
    let after = if dossier.is_signed_off(ApprovalKind::GoLiveApproval) { "approval" } else { "planning" };
    let conflicts: Vec<_> = list
        .iter()
        .map(|known| json!({ "key": known.key, "severity": known.severity, "zh": known.found.zh, "en": known.found.en }))
        .collect();
    let payload = json!({ "after": after, "conflicts": conflicts });
    LogEntry { release_id: Some(release.id), ..cx.entry(kind, format!("releases/{}", release.number), payload) }
}
