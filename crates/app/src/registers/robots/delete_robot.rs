use super::{find, subject};
use crate::{AppError, Cx};
use fabu_domain::{ids::RobotId, policy_registers::Operation};
use serde_json::json;

/// Removes a robot with its token; what it said stays on record, what it was still to say is parked.
///
/// # Errors
/// Not permitted, not found, stale.
pub fn delete_robot(cx: &mut Cx<'_, '_>, id: RobotId, seen: i64) -> Result<(), AppError> {
    cx.about(subject(id), None);
    cx.permit(Operation::DeleteRobot)?;
    let before = find(cx.tx, id)?;
    cx.fresh(seen, before.version)?;
    let entry = cx.entry("robot.deleted", subject(id), json!(before));
    cx.tx.delete_robot(id, seen, &entry)?;
    cx.tell_concerned(&entry)
}
