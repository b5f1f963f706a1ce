use crate::{AppError, Rx};
use fabu_domain::{directory::Deputy, ids::DeputyId, policy_registers::Operation};

/// One arrangement.
///
/// # Errors
/// Not found.
pub fn view_deputy(rx: &mut Rx<'_, '_>, id: DeputyId) -> Result<Deputy, AppError> {
    rx.permit(Operation::ViewDeputy)?;
    let found = rx.directory.deputies.iter().find(|deputy| deputy.id == id).cloned();
    found.ok_or(AppError::NotFound { what: "deputy" })
}
