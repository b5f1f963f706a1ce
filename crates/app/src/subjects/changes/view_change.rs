use crate::{AppError, Rx};
use fabu_domain::{ids::ChangeId, subject::operation::Operation, subjects::change::Change};

/// One change.
///
/// # Errors
/// Not found, also for a change that the caller may not know of.
pub fn view_change(rx: &mut Rx<'_, '_>, id: ChangeId) -> Result<Change, AppError> {
    rx.permit(Operation::ViewChange)?;
    let change = rx.tx.change(id)?.and_then(|change| rx.scope().change(&rx.directory, change));
    change.ok_or(AppError::NotFound { what: "change" })
}
