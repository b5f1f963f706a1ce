use crate::{AppError, Rx};
use fabu_domain::{directory::Customer, ids::CustomerId, policy_registers::Operation};

/// One customer.
///
/// # Errors
/// Not found.
pub fn view_customer(rx: &mut Rx<'_, '_>, id: CustomerId) -> Result<Customer, AppError> {
    rx.permit(Operation::ViewCustomer)?;
    rx.directory.customers.get(&id).cloned().ok_or(AppError::NotFound { what: "customer" })
}
