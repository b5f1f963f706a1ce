use crate::{
    AppError, Rx,
    verification::{Findings, check_database},
};
use fabu_domain::subject::operation::Operation;

/// Recomputes the hash chain of the whole log and compares every record with it; files are not read.
///
/// # Errors
/// Not permitted.
pub fn verify_events(rx: &mut Rx<'_, '_>) -> Result<Findings, AppError> {
    rx.permit(Operation::VerifyEvents)?;
    check_database(rx.tx, &[], |_| {})
}
