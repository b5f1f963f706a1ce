use super::{CustomerFields, check};
use crate::{
    AppError, Cx,
    registers::{difference, not_of_own_release},
};
use fabu_domain::{directory::Customer, ids::CustomerId, policy_registers::Operation};

/// Replaces what is stated about a customer.
///
/// # Errors
/// Not a registrar, not found, stale, unknown people, a name that is taken.
pub fn update_customer(cx: &mut Cx<'_, '_>, id: CustomerId, seen: i64, fields: &CustomerFields) -> Result<Customer, AppError> {
    cx.about(format!("customers/{id}"), None);
    cx.permit(Operation::UpdateCustomer)?;
    let before = cx.directory.customers.get(&id).cloned().ok_or(AppError::NotFound { what: "customer" })?;
    cx.fresh(seen, before.version)?;
    check(cx, fields, Some(id))?;
    if before.representatives != fields.representatives {
        not_of_own_release(cx, |dossier| dossier.release.customer_id == Some(id))?;
    }
    let after = Customer {
        id,
        name: fields.name.clone(),
        contract: fields.contract.clone(),
        representatives: fields.representatives.clone(),
        active: fields.active,
        version: seen + 1,
    };
    let entry = cx.entry("customer.updated", format!("customers/{id}"), difference(&before, &after));
    cx.tx.update_customer(&after, seen, &entry)?;
    Ok(after)
}
