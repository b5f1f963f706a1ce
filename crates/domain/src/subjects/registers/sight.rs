//! What a person sees of a record (RX, D21).

use super::{Register, customer::Customer, department::Department, deputy::Deputy, service_object::ServiceObject};
use crate::{
    ids::{CustomerId, UserId},
    people::directory::Directory,
    subjects::visibility::Scope,
};

/// What a person may see of a record.
pub trait Visible: Register {
    /// The record as somebody may see it; none when the person may not know of it. Lists and single records ask this. By the rule of
    /// its register alone ([`by_customer`]) unless it says otherwise.
    #[must_use]
    fn seen(&self, eye: &Eye<'_>) -> Option<Self> {
        by_customer(self, eye)
    }
}

/// Whoever looks at a register.
#[derive(Debug)]
pub struct Eye<'a> {
    /// What the person may know of.
    pub scope: &'a Scope,
    /// Who it is.
    pub reader: UserId,
    /// People and things.
    pub directory: &'a Directory,
}

/// What a person may see of a record by the rule of its register alone: people of the company all of it, a customer's people what
/// belongs to that customer (RX, D21).
#[must_use]
pub fn by_customer<R: Register>(record: &R, eye: &Eye<'_>) -> Option<R> {
    let is_seen = match eye.scope {
        Scope::Nothing => false,
        Scope::All => true,
        Scope::Customers(customers) => {
            let of = |id: &CustomerId| R::DECLARED.customer.map(|field| (field, id.to_string()));
            let facets = record.facets();
            customers.iter().filter_map(of).any(|facet| facets.contains(&facet))
        }
    };
    is_seen.then(|| record.clone())
}

impl Visible for Customer {
    fn seen(&self, eye: &Eye<'_>) -> Option<Self> {
        eye.scope.customer(self)
    }
}

impl Visible for Department {
    fn seen(&self, eye: &Eye<'_>) -> Option<Self> {
        eye.scope.department(eye.directory, self)
    }
}

impl Visible for Deputy {
    fn seen(&self, eye: &Eye<'_>) -> Option<Self> {
        eye.scope.has_deputy(eye.reader, self).then(|| self.clone())
    }
}

impl Visible for ServiceObject {}
