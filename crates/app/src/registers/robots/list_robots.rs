use crate::{
    AppError, Rx,
    paging::{Page, PageRequest},
};
use fabu_domain::{policy_registers::Operation, robot::ChatRobot};

/// Robots by name.
///
/// # Errors
/// Not permitted, an invalid cursor or limit.
pub fn list_robots(rx: &mut Rx<'_, '_>, page: &PageRequest) -> Result<Page<ChatRobot>, AppError> {
    rx.permit(Operation::ListRobots)?;
    page.of(rx.tx.robots()?, |robot| robot.name.to_string())
}
