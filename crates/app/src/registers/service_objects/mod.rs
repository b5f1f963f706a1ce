//! Objects under service (§2): what releases are about.

mod create_service_object;
mod list_service_objects;
mod update_service_object;
mod view_service_object;

pub use create_service_object::create_service_object;
pub use list_service_objects::{ServiceObjectFilter, list_service_objects};
pub use update_service_object::update_service_object;
pub use view_service_object::view_service_object;

use crate::{AppError, Cx, Fault, FieldError};
use fabu_domain::{
    identity,
    ids::{CustomerId, DepartmentId, ServiceObjectId},
    text::{Code, Line},
};

/// What people state about a service object.
#[derive(Debug, Clone)]
pub struct ServiceObjectFields {
    /// Unique short code.
    pub code: Code,
    /// Name.
    pub name: Line,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// Departments whose work a release of it touches.
    pub departments: Vec<DepartmentId>,
    /// False: outside the scope of §2.
    pub active: bool,
}

/// Refuses an unknown customer, unknown or repeated departments, and a code that another object has.
fn check(cx: &Cx<'_, '_>, fields: &ServiceObjectFields, own: Option<ServiceObjectId>) -> Result<(), AppError> {
    let mut errors = Vec::new();
    if !cx.directory.customers.get(&fields.customer_id).is_some_and(|customer| customer.active) {
        errors.push(FieldError::new("/customer_id", Fault::FieldUnknownId));
    }
    for (n, id) in fields.departments.iter().enumerate() {
        let known = cx.directory.departments.get(id).is_some_and(|department| department.active);
        if !known {
            errors.push(FieldError::new(format!("/departments/{n}"), Fault::FieldUnknownId));
        } else if fields.departments[..n].contains(id) {
            errors.push(FieldError::new(format!("/departments/{n}"), Fault::FieldDuplicate));
        }
    }
    AppError::unless_empty(errors)?;
    // A record that stood before keeps its code, also beside another spelling of it.
    let kept = own.and_then(|id| cx.directory.service_objects.get(&id)).is_some_and(|known| known.code == fields.code);
    let same = |other: &str| identity::same(other, fields.code.as_str());
    let taken = !kept && cx.directory.service_objects.values().any(|other| Some(other.id) != own && same(other.code.as_str()));
    if taken { Err(AppError::fault(Fault::CodeTaken, "code", &fields.code)) } else { Ok(()) }
}
