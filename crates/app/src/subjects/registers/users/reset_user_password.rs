use super::find;
use crate::{
    AppError, Cx,
    auth::one_time_credentials,
    subjects::registers::{is_concerned, not_of_own_release},
};
use fabu_domain::{ids::UserId, people::directory::User, subject::operation::Operation};
use serde_json::json;

/// Gives a person a new one-time password; needs a fresh password of the administrator. Every session of the person ends.
///
/// # Errors
/// Not an administrator, password not fresh, not found, stale, a person of a release in which the caller takes part.
pub fn reset_user_password(cx: &mut Cx<'_, '_>, id: UserId, seen: i64, password_hash: &str) -> Result<User, AppError> {
    cx.about(format!("users/{id}"), None);
    cx.permit(Operation::ResetUserPassword)?;
    cx.require_reauthentication()?;
    let before = find(cx, id)?;
    cx.fresh(seen, before.version)?;
    not_of_own_release(cx, |dossier| is_concerned(dossier, id))?;
    let after = User { session_version: before.session_version + 1, version: seen + 1, ..before };
    let entry = cx.entry("user.password_reset", format!("users/{id}"), json!({}));
    cx.tx.update_user(&after, seen, &entry)?;
    cx.notify_concerned(&entry)?;
    cx.tx.set_credentials(id, &one_time_credentials(cx.now, password_hash), &[])?;
    cx.tx.revoke_sessions_of(id, cx.now)?;
    Ok(after)
}
