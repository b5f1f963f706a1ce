use crate::{AppError, Rx};
use fabu_domain::{directory::Department, ids::DepartmentId, policy_registers::Operation};

/// One department.
///
/// # Errors
/// Not found, also for a department that the caller may not know of.
pub fn view_department(rx: &mut Rx<'_, '_>, id: DepartmentId) -> Result<Department, AppError> {
    rx.permit(Operation::ViewDepartment)?;
    let found = rx.directory.departments.get(&id).and_then(|department| rx.scope().department(&rx.directory, department));
    found.ok_or(AppError::NotFound { what: "department" })
}
