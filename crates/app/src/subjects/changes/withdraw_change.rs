use super::{find, must_be};
use crate::{AppError, Cx, Fault};
use fabu_domain::{
    ids::ChangeId,
    subject::operation::Operation,
    subjects::change::{Change, ChangeState},
    text::Note,
};
use serde_json::json;

/// Takes a change back; it can start no release from then on. The reason stands in the log.
///
/// # Errors
/// Not permitted, not found, stale, already withdrawn, part of an open release.
pub fn withdraw_change(cx: &mut Cx<'_, '_>, id: ChangeId, seen: i64, reason: &Note) -> Result<Change, AppError> {
    cx.about(format!("changes/{id}"), None);
    cx.permit(Operation::WithdrawChange)?;
    let before = find(cx, id)?;
    cx.fresh(seen, before.version)?;
    must_be(&before, &[ChangeState::Registered, ChangeState::Approved])?;
    if before.release_id.is_some() {
        return Err(Fault::ChangeInRelease.into());
    }
    let after = Change { state: ChangeState::Withdrawn, version: seen + 1, ..before };
    let entry = cx.entry("change.withdrawn", format!("changes/{id}"), json!({ "reason": reason }));
    cx.tx.update_change(&after, seen, &entry)?;
    Ok(after)
}
