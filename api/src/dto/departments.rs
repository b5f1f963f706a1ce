//! Departments.

use super::yes;
use fabu_app::{
    paging::PageRequest,
    registers::departments::{DepartmentFields, DepartmentFilter},
};
use fabu_domain::{
    directory::Department,
    ids::{DepartmentId, UserId},
    text::Line,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What people state about a department.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "name": "运维部", "head": null, "deputy_head": null, "active": true }))]
pub struct DepartmentRequest {
    /// Unique name.
    pub name: Line,
    /// Who reviews release plans for it (§5.3).
    pub head: Option<UserId>,
    /// Who reviews when there is no head.
    pub deputy_head: Option<UserId>,
    /// False: no longer offered.
    #[serde(default = "yes")]
    pub active: bool,
}

impl DepartmentRequest {
    /// The command.
    #[must_use]
    pub fn fields(&self) -> DepartmentFields {
        DepartmentFields { name: self.name.clone(), head: self.head, deputy_head: self.deputy_head, active: self.active }
    }
}

/// A department.
#[derive(Debug, Serialize, ToSchema)]
pub struct DepartmentView {
    /// Identity.
    pub id: DepartmentId,
    /// Unique name.
    pub name: Line,
    /// Who reviews release plans for it (§5.3).
    #[schema(required)]
    pub head: Option<UserId>,
    /// Who reviews when there is no head.
    #[schema(required)]
    pub deputy_head: Option<UserId>,
    /// False: no longer offered.
    pub active: bool,
    /// Rises with every change; the ETag is `"v<version>"`.
    pub version: i64,
}

impl From<Department> for DepartmentView {
    fn from(d: Department) -> Self {
        Self { id: d.id, name: d.name, head: d.head, deputy_head: d.deputy_head, active: d.active, version: d.version }
    }
}

/// Which departments are wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DepartmentQuery {
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

impl DepartmentQuery {
    /// The filter.
    #[must_use]
    pub fn filter(&self) -> DepartmentFilter {
        let page = PageRequest { cursor: self.cursor.clone(), limit: self.limit };
        DepartmentFilter { active: self.active, q: self.q.clone(), page }
    }
}
