use crate::{AppError, Rx};
use fabu_domain::policy_registers::Operation;
use fabu_store::Verification;

/// Recomputes the hash chain of the whole log and names the first fault.
///
/// # Errors
/// Not permitted.
pub fn verify_events(rx: &mut Rx<'_, '_>) -> Result<Verification, AppError> {
    rx.permit(Operation::VerifyEvents)?;
    Ok(rx.tx.verify(1, &[])?)
}
