//! Customers and their representatives.

use super::yes;
use fabu_app::{
    paging::PageRequest,
    registers::customers::{CustomerFields, CustomerFilter},
};
use fabu_domain::{
    directory::{Customer, Representative},
    ids::CustomerId,
    text::{Code, Line},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What people state about a customer.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "name": "烟台某银行", "contract": "HT-2026-018", "representatives": [], "active": true }))]
pub struct CustomerRequest {
    /// Unique name.
    pub name: Line,
    /// Contract number, if any.
    pub contract: Option<Code>,
    /// Who may accept and confirm, and when (§5.4d).
    #[serde(default)]
    #[schema(max_items = 200)]
    pub representatives: Vec<Representative>,
    /// False: no new release.
    #[serde(default = "yes")]
    pub active: bool,
}

impl CustomerRequest {
    /// The command.
    #[must_use]
    pub fn fields(&self) -> CustomerFields {
        let Self { name, contract, representatives, active } = self.clone();
        CustomerFields { name, contract, representatives, active }
    }
}

/// A customer, or the company's own business side.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomerView {
    /// Identity.
    pub id: CustomerId,
    /// Unique name.
    pub name: Line,
    /// Contract number, if any.
    #[schema(required)]
    pub contract: Option<Code>,
    /// Who may accept and confirm, and when.
    pub representatives: Vec<Representative>,
    /// False: no new release.
    pub active: bool,
    /// Rises with every change; the ETag is `"v<version>"`.
    pub version: i64,
}

impl From<Customer> for CustomerView {
    fn from(c: Customer) -> Self {
        let Customer { id, name, contract, representatives, active, version } = c;
        Self { id, name, contract, representatives, active, version }
    }
}

/// Which customers are wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CustomerQuery {
    /// Active or inactive ones only.
    pub active: Option<bool>,
    /// Words of the name, in any order.
    #[param(max_length = 200)]
    pub q: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Items per page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
}

impl CustomerQuery {
    /// The filter.
    #[must_use]
    pub fn filter(&self) -> CustomerFilter {
        let page = PageRequest { cursor: self.cursor.clone(), limit: self.limit };
        CustomerFilter { active: self.active, q: self.q.clone(), page }
    }
}
