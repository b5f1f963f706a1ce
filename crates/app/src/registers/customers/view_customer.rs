use crate::{AppError, Rx};
use fabu_domain::{directory::Customer, ids::CustomerId, policy_registers::Operation};

/// One customer.
///
/// # Errors
/// Not found, also for a customer that the caller may not know of.
pub fn view_customer(rx: &mut Rx<'_, '_>, id: CustomerId) -> Result<Customer, AppError> {
    rx.permit(Operation::ViewCustomer)?;
    let found = rx.directory.customers.get(&id).and_then(|customer| rx.scope().customer(customer));
    found.ok_or(AppError::NotFound { what: "customer" })
}
