use super::{LeftWaiting, UserFields, check, find, keeps_an_administrator, left_waiting::left_waiting};
use crate::{
    AppError, Cx,
    subjects::registers::{difference, is_concerned, not_of_own_release},
};
use fabu_domain::{ids::UserId, people::directory::User, subject::operation::Operation};

/// Replaces what is stated about a person. Deactivation ends every session of theirs at once; giving somebody their roles
/// back by activation needs a fresh password. Answers with what is left waiting in releases under way.
///
/// # Errors
/// Not an administrator, password not fresh, not found, stale, invalid fields, the last administrator.
pub fn update_user(
    cx: &mut Cx<'_, '_>,
    id: UserId,
    seen: i64,
    fields: &UserFields,
) -> Result<(User, Vec<LeftWaiting>), AppError> {
    cx.about(format!("users/{id}"), None);
    cx.permit(Operation::UpdateUser)?;
    let before = find(cx, id)?;
    cx.fresh(seen, before.version)?;
    if fields.active && !before.active {
        cx.require_reauthentication()?;
    }
    if fields.active != before.active && id != cx.caller.user_id {
        not_of_own_release(cx, |dossier| is_concerned(dossier, id))?;
    }
    AppError::unless_empty(check(cx, fields))?;
    let fields = fields.clone();
    let after = User {
        name: fields.name,
        email: fields.email,
        phone: fields.phone,
        department_id: fields.department_id,
        position: fields.position,
        language: fields.language,
        active: fields.active,
        session_version: before.session_version + i64::from(fields.active != before.active),
        version: seen + 1,
        ..before.clone()
    };
    keeps_an_administrator(cx, &after)?;
    let entry = cx.entry("user.updated", format!("users/{id}"), difference(&before, &after));
    cx.tx.update_user(&after, seen, &entry)?;
    cx.notify_concerned(&entry)?;
    let waiting = left_waiting(cx, &after)?;
    Ok((after, waiting))
}
