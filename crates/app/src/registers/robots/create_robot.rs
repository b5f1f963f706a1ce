use super::{RobotFields, subject};
use crate::{AppError, Cx, secrets::Secret};
use fabu_domain::{policy_registers::Operation, robot::ChatRobot};
use serde_json::json;

/// Adds a robot; needs a fresh password, since it carries the company's messages away. The administrators are told.
///
/// # Errors
/// Not permitted, password not fresh, an address that is none, no or foreign kinds of message, unknown customers or departments, no token, a name
/// that is taken.
pub fn create_robot(cx: &mut Cx<'_, '_>, fields: &RobotFields) -> Result<ChatRobot, AppError> {
    cx.permit(Operation::CreateRobot)?;
    cx.require_reauthentication()?;
    fields.check(cx, None)?;
    let id = cx.new_id();
    let signed = fields.credentials.as_ref().map(Secret::expose).is_some_and(|given| given.secret.is_some());
    let robot = fields.robot(id, signed, 1);
    let sealed = fields.sealed(cx.settings, id)?.ok_or_else(|| AppError::Internal("a robot without a token".to_owned()))?;
    let entry = cx.entry("robot.created", subject(id), json!(robot));
    cx.tx.insert_robot(&robot, &sealed, &entry)?;
    cx.tell_concerned(&entry)?;
    Ok(robot)
}
