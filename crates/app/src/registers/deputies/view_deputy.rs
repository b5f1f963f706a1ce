use crate::{AppError, Rx};
use fabu_domain::{directory::Deputy, ids::DeputyId, policy_registers::Operation};

/// One arrangement.
///
/// # Errors
/// Not found, also for an arrangement that the caller may not know of.
pub fn view_deputy(rx: &mut Rx<'_, '_>, id: DeputyId) -> Result<Deputy, AppError> {
    rx.permit(Operation::ViewDeputy)?;
    let (scope, reader) = (rx.scope(), rx.caller.user_id);
    let found = rx.directory.deputies.iter().find(|deputy| deputy.id == id && scope.has_deputy(reader, deputy));
    found.cloned().ok_or(AppError::NotFound { what: "deputy" })
}
