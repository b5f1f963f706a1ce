use super::{ServiceObjectFields, check};
use crate::{AppError, Cx};
use fabu_domain::{directory::ServiceObject, policy_registers::Operation};
use serde_json::json;

/// Adds a service object.
///
/// # Errors
/// Not a registrar, unknown people, a name that is taken.
pub fn create_service_object(cx: &mut Cx<'_, '_>, fields: &ServiceObjectFields) -> Result<ServiceObject, AppError> {
    cx.permit(Operation::CreateServiceObject)?;
    check(cx, fields, None)?;
    let service_object = ServiceObject {
        id: cx.new_id(),
        code: fields.code.clone(),
        name: fields.name.clone(),
        customer_id: fields.customer_id,
        departments: fields.departments.clone(),
        active: fields.active,
        version: 1,
    };
    let entry = cx.entry("service_object.created", format!("service-objects/{}", service_object.id), json!(service_object));
    cx.tx.insert_service_object(&service_object, &entry)?;
    Ok(service_object)
}
