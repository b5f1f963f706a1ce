use crate::{AppError, Rx};
use fabu_domain::{directory::User, ids::UserId, policy_registers::Operation};

/// One person.
///
/// # Errors
/// Not found.
pub fn view_user(rx: &mut Rx<'_, '_>, id: UserId) -> Result<User, AppError> {
    rx.permit(Operation::ViewUser)?;
    rx.directory.users.get(&id).cloned().ok_or(AppError::NotFound { what: "user" })
}
