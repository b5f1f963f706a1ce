//! Objects under service.

use super::yes;
use fabu_app::{
    paging::PageRequest,
    registers::service_objects::{ServiceObjectFields, ServiceObjectFilter},
};
use fabu_domain::{
    directory::ServiceObject,
    ids::{CustomerId, DepartmentId, ServiceObjectId},
    text::{Code, Line},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What people state about a service object.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "code": "CBS", "name": "核心业务系统", "customer_id": "0192f3c1-7b1e-7000-8000-000000000001", "departments": [], "active": true
}))]
pub struct ServiceObjectRequest {
    /// Unique short code.
    pub code: Code,
    /// Name.
    pub name: Line,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// Departments whose work a release of it touches; their heads review the plan (§5.3).
    #[serde(default)]
    #[schema(max_items = 200)]
    pub departments: Vec<DepartmentId>,
    /// False: outside the scope of §2.
    #[serde(default = "yes")]
    pub active: bool,
}

impl ServiceObjectRequest {
    /// The command.
    #[must_use]
    pub fn fields(&self) -> ServiceObjectFields {
        let Self { code, name, customer_id, departments, active } = self.clone();
        ServiceObjectFields { code, name, customer_id, departments, active }
    }
}

/// An object under service.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServiceObjectView {
    /// Identity.
    pub id: ServiceObjectId,
    /// Unique short code.
    pub code: Code,
    /// Name.
    pub name: Line,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// Departments whose work a release of it touches.
    pub departments: Vec<DepartmentId>,
    /// False: outside the scope of §2.
    pub active: bool,
    /// Rises with every change; the ETag is `"v<version>"`.
    pub version: i64,
}

impl From<ServiceObject> for ServiceObjectView {
    fn from(o: ServiceObject) -> Self {
        let ServiceObject { id, code, name, customer_id, departments, active, version } = o;
        Self { id, code, name, customer_id, departments, active, version }
    }
}

/// Which service objects are wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ServiceObjectQuery {
    /// Active or inactive ones only.
    pub active: Option<bool>,
    /// Objects of this customer only.
    pub customer_id: Option<CustomerId>,
    /// Words of the name or the code, in any order.
    #[param(max_length = 200)]
    pub q: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Items per page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
}

impl ServiceObjectQuery {
    /// The filter.
    #[must_use]
    pub fn filter(&self) -> ServiceObjectFilter {
        let page = PageRequest { cursor: self.cursor.clone(), limit: self.limit };
        ServiceObjectFilter { active: self.active, customer_id: self.customer_id, q: self.q.clone(), page }
    }
}
