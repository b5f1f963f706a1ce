//! What a release writes into the configuration database, and what change management hears of it (3.4, 5.9, 9.1e).

use crate::{AppError, Cx, deliveries::enqueue_dispatch, subjects::registers::replace};
use fabu_domain::{
    subject::log::LogEntry,
    subjects::{
        event::{ConfigurationAction, ReleaseEvent},
        registers::configuration_item::ConfirmedState,
        release::{decide::Outcome, items::items_confirmed},
    },
};
use serde_json::json;

/// Writes what the configuration administrator has confirmed into the items, in the transaction of the confirmation; each with its
/// entry in the log, which names the release.
pub(super) fn write_confirmed(cx: &mut Cx<'_, '_>, outcome: &Outcome) -> Result<(), AppError> {
    let release = &outcome.dossier.release;
    for (change, actual) in items_confirmed(&outcome.events) {
        let Some(before) = cx.tx.items_numbered(&[&change.item])?.pop() else {
            return Err(AppError::Internal(format!("configuration item {} was confirmed and is not registered", change.item)));
        };
        let confirmed = ConfirmedState { release: release.number.clone(), by: cx.caller.user_id, at: cx.now };
        let after = before.clone().confirmed(actual, confirmed);
        replace(cx, &before, &after)?;
    }
    Ok(())
}

/// Opens the changes of a release again when the configuration administrator sends a result back: change management hears of it.
pub(super) fn reopen_changes(cx: &mut Cx<'_, '_>, outcome: &Outcome) -> Result<(), AppError> {
    let returned = outcome.events.iter().filter_map(|event| match event {
        ReleaseEvent::Configuration { action: ConfigurationAction::Returned, change } => Some(change),
        _ => None,
    });
    let (release, mut entries) = (&outcome.dossier.release, Vec::new());
    for item in returned {
        for change in outcome.dossier.changes_held() {
            let payload = json!({
                "number": change.number, "release": release.number, "item": item.item, "reason": item.return_reason,
            });
            let entry = cx.entry("change.reopened", format!("changes/{}", change.id), payload);
            entries.push(LogEntry { release_id: Some(release.id), release_version: Some(release.version), ..entry });
        }
    }
    if entries.is_empty() {
        return Ok(());
    }
    cx.tx.append(&entries)?;
    enqueue_dispatch(cx, &entries)
}
