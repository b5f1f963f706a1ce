use super::{ServiceObjectFields, check};
use crate::{
    AppError, Cx,
    registers::{difference, not_of_own_release},
};
use fabu_domain::{directory::ServiceObject, ids::ServiceObjectId, policy_registers::Operation};

/// Replaces what is stated about a service object.
///
/// # Errors
/// Not a registrar, not found, stale, unknown people, a name that is taken.
pub fn update_service_object(
    cx: &mut Cx<'_, '_>,
    id: ServiceObjectId,
    seen: i64,
    fields: &ServiceObjectFields,
) -> Result<ServiceObject, AppError> {
    cx.about(format!("service-objects/{id}"), None);
    cx.permit(Operation::UpdateServiceObject)?;
    let before = cx.directory.service_objects.get(&id).cloned().ok_or(AppError::NotFound { what: "service_object" })?;
    cx.fresh(seen, before.version)?;
    check(cx, fields, Some(id))?;
    if (&before.departments, before.customer_id, before.active) != (&fields.departments, fields.customer_id, fields.active) {
        not_of_own_release(cx, |dossier| dossier.release.service_objects.contains(&id))?;
    }
    let after = ServiceObject {
        id,
        code: fields.code.clone(),
        name: fields.name.clone(),
        customer_id: fields.customer_id,
        departments: fields.departments.clone(),
        active: fields.active,
        version: seen + 1,
    };
    let entry = cx.entry("service_object.updated", format!("service-objects/{id}"), difference(&before, &after));
    cx.tx.update_service_object(&after, seen, &entry)?;
    Ok(after)
}
