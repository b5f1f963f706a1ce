use crate::{AppError, Rx};
use fabu_domain::{
    subject::operation::Operation,
    subjects::event_kinds::{EventKind, event_kinds},
};

/// Every kind of entry that the log may hold.
///
/// # Errors
/// The session has ended.
pub fn list_event_kinds(rx: &mut Rx<'_, '_>) -> Result<Vec<EventKind>, AppError> {
    rx.permit(Operation::ListEventKinds)?;
    Ok(event_kinds().collect())
}
