use super::{LeftWaiting, find, keeps_an_administrator, left_waiting::left_waiting};
use crate::{
    AppError, Cx,
    subjects::registers::{difference, is_concerned, not_of_own_release},
};
use fabu_domain::{
    ids::UserId,
    people::{directory::User, role::Roles},
    subject::{
        operation::Operation,
        refusal::{Code, Refusal, Text, Unmet},
    },
};

/// Replaces the roles of a person; needs a fresh password. Every session of the person ends at once. Answers
/// with what is left waiting in releases under way.
///
/// # Errors
/// Not an administrator, password not fresh, not found, stale, the last administrator, a person of a release in which
/// the caller takes part.
pub fn set_user_roles(cx: &mut Cx<'_, '_>, id: UserId, seen: i64, roles: &Roles) -> Result<(User, Vec<LeftWaiting>), AppError> {
    cx.about(format!("users/{id}"), None);
    cx.permit(Operation::SetUserRoles)?;
    cx.require_reauthentication()?;
    let before = find(cx, id)?;
    cx.fresh(seen, before.version)?;
    self_appointed(cx, &before, roles)?;
    AppError::unless_empty(super::reads_or_acts(roles))?;
    if *roles != before.roles && id != cx.caller.user_id {
        not_of_own_release(cx, |dossier| is_concerned(dossier, id))?;
    }
    let changed = i64::from(*roles != before.roles);
    let after =
        User { roles: roles.clone(), session_version: before.session_version + changed, version: seen + 1, ..before.clone() };
    keeps_an_administrator(cx, &after)?;
    let entry = cx.entry("user.roles_changed", format!("users/{id}"), difference(&before, &after));
    cx.tx.update_user(&after, seen, &entry)?;
    cx.notify_concerned(&entry)?;
    let waiting = left_waiting(cx, &after)?;
    Ok((after, waiting))
}

/// Nobody takes a role with a say in releases for himself: a second administrator grants it (D16, RX).
fn self_appointed(cx: &Cx<'_, '_>, before: &User, roles: &Roles) -> Result<(), AppError> {
    let taken = roles.iter().find(|role| role.has_say() && !before.roles.has(*role));
    let Some(role) = taken.filter(|_| before.id == cx.caller.user_id) else { return Ok(()) };
    let name = Text::same(before.name.to_string());
    Err(Refusal::one(Unmet::new(Code::SelfAppointed).with_text("name", name).with_text("role", role)).into())
}
