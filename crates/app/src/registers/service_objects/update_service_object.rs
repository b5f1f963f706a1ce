use super::{ServiceObjectFields, check};
use crate::{
    AppError, Cx, Fault,
    registers::{difference, not_of_own_release},
};
use fabu_domain::{directory::ServiceObject, ids::ServiceObjectId, policy_registers::Operation, visibility::Scope};
use fabu_store::ChangeFilter;

/// Replaces what is stated about a service object.
///
/// # Errors
/// Not a registrar, not found, stale, unknown people, a name that is taken, another customer while changes concern it.
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
    if before.customer_id != fields.customer_id {
        // Who sees a change follows from the customer of what it touches (RX).
        let filter = ChangeFilter { scope: Scope::All, service_object_id: Some(id), ..ChangeFilter::default() };
        if !cx.tx.list_changes(&filter, None, 1)?.items.is_empty() {
            return Err(Fault::ServiceObjectInUse.into());
        }
    }
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
