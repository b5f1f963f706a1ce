use super::{CustomerFields, check};
use crate::{AppError, Cx};
use fabu_domain::{directory::Customer, policy_registers::Operation};
use serde_json::json;

/// Adds a customer.
///
/// # Errors
/// Not a registrar, unknown people, a name that is taken.
pub fn create_customer(cx: &mut Cx<'_, '_>, fields: &CustomerFields) -> Result<Customer, AppError> {
    cx.permit(Operation::CreateCustomer)?;
    check(cx, fields, None)?;
    let customer = Customer {
        id: cx.new_id(),
        name: fields.name.clone(),
        contract: fields.contract.clone(),
        representatives: fields.representatives.clone(),
        active: fields.active,
        version: 1,
    };
    let entry = cx.entry("customer.created", format!("customers/{}", customer.id), json!(customer));
    cx.tx.insert_customer(&customer, &entry)?;
    Ok(customer)
}
