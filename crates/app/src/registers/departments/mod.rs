//! Departments; their heads review release plans (§5.3).

mod create_department;
mod list_departments;
mod update_department;
mod view_department;

pub use create_department::create_department;
pub use list_departments::{DepartmentFilter, list_departments};
pub use update_department::update_department;
pub use view_department::view_department;

use super::known_user;
use crate::{AppError, Cx, Fault};
use fabu_domain::{
    identity,
    ids::{DepartmentId, UserId},
    text::Line,
};

/// What people state about a department.
#[derive(Debug, Clone)]
pub struct DepartmentFields {
    /// Unique name.
    pub name: Line,
    /// Who reviews for it.
    pub head: Option<UserId>,
    /// Who reviews when there is no head.
    pub deputy_head: Option<UserId>,
    /// False: no longer offered.
    pub active: bool,
}

/// Refuses unknown people and a name that another department has.
fn check(cx: &Cx<'_, '_>, fields: &DepartmentFields, own: Option<DepartmentId>) -> Result<(), AppError> {
    let people = [(fields.head, "/head"), (fields.deputy_head, "/deputy_head")];
    let errors = people.into_iter().filter_map(|(user, pointer)| known_user(&cx.directory, user, pointer)).collect();
    AppError::unless_empty(errors)?;
    // A record that stood before keeps its name, also beside another spelling of it.
    let kept = own.and_then(|id| cx.directory.departments.get(&id)).is_some_and(|known| known.name == fields.name);
    let same = |other: &str| identity::same(other, fields.name.as_str());
    let taken = !kept && cx.directory.departments.values().any(|other| Some(other.id) != own && same(other.name.as_str()));
    if taken { Err(AppError::fault(Fault::NameTaken, "name", &fields.name)) } else { Ok(()) }
}
