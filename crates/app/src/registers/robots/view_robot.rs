use super::find;
use crate::{AppError, Rx};
use fabu_domain::{ids::RobotId, policy_registers::Operation, robot::ChatRobot};

/// One robot.
///
/// # Errors
/// Not permitted, not found.
pub fn view_robot(rx: &mut Rx<'_, '_>, id: RobotId) -> Result<ChatRobot, AppError> {
    rx.permit(Operation::ViewRobot)?;
    find(rx.tx, id)
}
