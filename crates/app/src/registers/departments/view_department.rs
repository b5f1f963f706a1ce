use crate::{AppError, Rx};
use fabu_domain::{directory::Department, ids::DepartmentId, policy_registers::Operation};

/// One department.
///
/// # Errors
/// Not found.
pub fn view_department(rx: &mut Rx<'_, '_>, id: DepartmentId) -> Result<Department, AppError> {
    rx.permit(Operation::ViewDepartment)?;
    rx.directory.departments.get(&id).cloned().ok_or(AppError::NotFound { what: "department" })
}
