use crate::{AppError, Rx};
use fabu_domain::{directory::ServiceObject, ids::ServiceObjectId, policy_registers::Operation};

/// One service object.
///
/// # Errors
/// Not found, also for an object that the caller may not know of.
pub fn view_service_object(rx: &mut Rx<'_, '_>, id: ServiceObjectId) -> Result<ServiceObject, AppError> {
    rx.permit(Operation::ViewServiceObject)?;
    let found = rx.directory.service_objects.get(&id).and_then(|object| rx.scope().service_object(object));
    found.ok_or(AppError::NotFound { what: "service_object" })
}
