use super::{DepartmentFields, check};
use crate::{AppError, Cx};
use fabu_domain::{directory::Department, policy_registers::Operation};
use serde_json::json;

/// Adds a department.
///
/// # Errors
/// Not an administrator, unknown people, a name that is taken.
pub fn create_department(cx: &mut Cx<'_, '_>, fields: &DepartmentFields) -> Result<Department, AppError> {
    cx.permit(Operation::CreateDepartment)?;
    check(cx, fields, None)?;
    let department = Department {
        id: cx.new_id(),
        name: fields.name.clone(),
        head: fields.head,
        deputy_head: fields.deputy_head,
        active: fields.active,
        version: 1,
    };
    let entry = cx.entry("department.created", format!("departments/{}", department.id), json!(department));
    cx.tx.insert_department(&department, &entry)?;
    Ok(department)
}
