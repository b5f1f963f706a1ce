//! Customers and who may accept and confirm for them (§5.4d, D13).

mod create_customer;
mod list_customers;
mod update_customer;
mod view_customer;

pub use create_customer::create_customer;
pub use list_customers::{CustomerFilter, list_customers};
pub use update_customer::update_customer;
pub use view_customer::view_customer;

use super::known_user;
use crate::{AppError, Cx, Fault, FieldError};
use fabu_domain::{
    directory::Representative,
    identity,
    ids::CustomerId,
    role::Role,
    text::{Code, Line, Note},
};

/// What people state about a customer.
#[derive(Debug, Clone)]
pub struct CustomerFields {
    /// Unique name.
    pub name: Line,
    /// Contract number, if any.
    pub contract: Option<Code>,
    /// Who may accept and confirm.
    pub representatives: Vec<Representative>,
    /// False: no new release.
    pub active: bool,
}

/// Refuses unknown representatives, reversed dates, and internal people without a reason (D13).
fn check(cx: &Cx<'_, '_>, fields: &CustomerFields, own: Option<CustomerId>) -> Result<(), AppError> {
    let errors = fields.representatives.iter().enumerate().flat_map(|(n, r)| representative(cx, n, r)).collect();
    AppError::unless_empty(errors)?;
    // A record that stood before keeps its name, also beside another spelling of it.
    let kept = own.and_then(|id| cx.directory.customers.get(&id)).is_some_and(|known| known.name == fields.name);
    let same = |other: &str| identity::same(other, fields.name.as_str());
    let taken = !kept && cx.directory.customers.values().any(|other| Some(other.id) != own && same(other.name.as_str()));
    if taken { Err(AppError::fault(Fault::NameTaken, "name", &fields.name)) } else { Ok(()) }
}

fn representative(cx: &Cx<'_, '_>, n: usize, r: &Representative) -> Vec<FieldError> {
    let at = |field: &str| format!("/representatives/{n}/{field}");
    let mut errors: Vec<FieldError> = known_user(&cx.directory, Some(r.user_id), &at("user_id")).into_iter().collect();
    if r.until.is_some_and(|until| until < r.from) {
        errors.push(FieldError::new(at("until"), Fault::FieldDates));
    }
    if let Some(Err(error)) = r.internal_reason.as_deref().map(Note::parse) {
        errors.push(FieldError::text(at("internal_reason"), &error));
    }
    let internal =
        cx.directory.users.get(&r.user_id).is_some_and(|user| user.roles.iter().any(|role| role != Role::CustomerRepresentative));
    if internal && r.internal_reason.is_none() {
        errors.push(FieldError::new(at("internal_reason"), Fault::InternalReason));
    }
    errors
}
