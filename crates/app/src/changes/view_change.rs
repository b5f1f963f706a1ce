use crate::{AppError, Rx};
use fabu_domain::{change::Change, ids::ChangeId, policy_registers::Operation};

/// One change.
///
/// # Errors
/// Not found.
pub fn view_change(rx: &mut Rx<'_, '_>, id: ChangeId) -> Result<Change, AppError> {
    rx.permit(Operation::ViewChange)?;
    rx.tx.change(id)?.ok_or(AppError::NotFound { what: "change" })
}
