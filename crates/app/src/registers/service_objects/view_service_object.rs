use crate::{AppError, Rx};
use fabu_domain::{directory::ServiceObject, ids::ServiceObjectId, policy_registers::Operation};

/// One service object.
///
/// # Errors
/// Not found.
pub fn view_service_object(rx: &mut Rx<'_, '_>, id: ServiceObjectId) -> Result<ServiceObject, AppError> {
    rx.permit(Operation::ViewServiceObject)?;
    rx.directory.service_objects.get(&id).cloned().ok_or(AppError::NotFound { what: "service_object" })
}
