use super::{RobotFields, find, subject};
use crate::{AppError, Cx, registers::difference};
use fabu_domain::{ids::RobotId, policy_registers::Operation, robot::ChatRobot};

/// Replaces what is stated about a robot. Without new credentials it keeps those that it has, but only for the address that
/// they were given for. Needs a fresh password; the administrators are told.
///
/// # Errors
/// Not permitted, password not fresh, not found, stale, and those of [`super::create_robot`].
pub fn update_robot(cx: &mut Cx<'_, '_>, id: RobotId, seen: i64, fields: &RobotFields) -> Result<ChatRobot, AppError> {
    cx.about(subject(id), None);
    cx.permit(Operation::UpdateRobot)?;
    cx.require_reauthentication()?;
    let before = find(cx.tx, id)?;
    cx.fresh(seen, before.version)?;
    fields.check(cx, Some(&before))?;
    let signed = fields.credentials.as_ref().map_or(before.signed, |given| given.expose().secret.is_some());
    let mut after = fields.robot(id, signed, seen);
    let sealed = fields.sealed(cx.settings, id)?;
    let mut payload = difference(&before, &after);
    payload["robot"] = before.name.as_str().into();
    payload["credentials_replaced"] = sealed.is_some().into();
    let entry = cx.entry("robot.updated", subject(id), payload);
    after.version = cx.tx.update_robot(&after, sealed.as_deref(), seen, &entry)?;
    cx.tell_concerned(&entry)?;
    Ok(after)
}
