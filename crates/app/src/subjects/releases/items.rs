//! What a release writes into the configuration database (3.4, 5.9).

use crate::{AppError, Cx, subjects::registers::difference};
use fabu_domain::subjects::{
    registers::{
        Register,
        configuration_item::{ConfigurationItem, ConfirmedState},
    },
    release::{decide::Outcome, items::items_confirmed},
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
        let mut payload = difference(&before, &after);
        payload[ConfigurationItem::DECLARED.kind] = json!(before.number);
        payload["release"] = json!(release.number);
        let entry = cx.entry("configuration_item.updated", ConfigurationItem::subject(before.id), payload);
        cx.tx.update_record(&after, before.version, None, &entry)?;
    }
    Ok(())
}
