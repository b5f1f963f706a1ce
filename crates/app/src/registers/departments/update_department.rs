use super::{DepartmentFields, check};
use crate::{
    AppError, Cx,
    registers::{difference, not_of_own_release},
};
use fabu_domain::{
    directory::{Department, ServiceObject},
    ids::{DepartmentId, ServiceObjectId},
    policy_registers::Operation,
};

/// Replaces what is stated about a department.
///
/// # Errors
/// Not an administrator, not found, stale, unknown people, a name that is taken, another reviewer of a release in which the
/// caller takes part.
pub fn update_department(
    cx: &mut Cx<'_, '_>,
    id: DepartmentId,
    seen: i64,
    fields: &DepartmentFields,
) -> Result<Department, AppError> {
    cx.about(format!("departments/{id}"), None);
    cx.permit(Operation::UpdateDepartment)?;
    let before = cx.directory.departments.get(&id).cloned().ok_or(AppError::NotFound { what: "department" })?;
    cx.fresh(seen, before.version)?;
    check(cx, fields, Some(id))?;
    let decides = |d: &Department| (d.head, d.deputy_head, d.active);
    if decides(&before) != (fields.head, fields.deputy_head, fields.active) {
        let objects = cx.directory.service_objects.clone();
        let concerned =
            |object: &ServiceObjectId| objects.get(object).is_some_and(|o: &ServiceObject| o.departments.contains(&id));
        not_of_own_release(cx, |dossier| dossier.release.service_objects.iter().any(concerned))?;
    }
    let after = Department {
        id,
        name: fields.name.clone(),
        head: fields.head,
        deputy_head: fields.deputy_head,
        active: fields.active,
        version: seen + 1,
    };
    let entry = cx.entry("department.updated", format!("departments/{id}"), difference(&before, &after));
    cx.tx.update_department(&after, seen, &entry)?;
    Ok(after)
}
