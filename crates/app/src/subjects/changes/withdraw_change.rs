use super::{find, must_be};
use crate::{
    AppError, Cx, Fault,
    subjects::releases::{Seen, act::take_step},
};
use fabu_domain::{
    ids::ChangeId,
    subject::operation::Operation,
    subjects::{
        change::{Change, ChangeState},
        release::command::Command,
    },
    text::Note,
};
use serde_json::json;

/// Takes a change back; it can start no release from then on. The reason stands in the log. Out of an open release it is taken only
/// when that is said: what it voids there is told before ([`super::preview_change_withdrawal`]).
///
/// # Errors
/// Not permitted, not found, stale, already withdrawn; part of an open release without saying so, or of one that lets no change go.
pub fn withdraw_change(
    cx: &mut Cx<'_, '_>,
    id: ChangeId,
    seen: i64,
    reason: &Note,
    from_release: bool,
) -> Result<Change, AppError> {
    cx.about(format!("changes/{id}"), None);
    cx.permit(Operation::WithdrawChange)?;
    let mut before = find(cx, id)?;
    cx.fresh(seen, before.version)?;
    must_be(&before, &[ChangeState::Registered, ChangeState::Approved])?;
    if let Some(release) = before.release_id {
        if !from_release {
            return Err(Fault::ChangeInRelease.into());
        }
        let command = Command::RemoveChange { change_id: id, reason: reason.to_string() };
        take_step(cx, release, Seen::Nothing, &command)?;
        cx.about(format!("changes/{id}"), None);
        before = find(cx, id)?;
    }
    let seen = before.version;
    let after = Change { state: ChangeState::Withdrawn, version: seen + 1, ..before };
    let entry = cx.entry("change.withdrawn", format!("changes/{id}"), json!({ "reason": reason }));
    cx.tx.update_change(&after, seen, &entry)?;
    Ok(after)
}
