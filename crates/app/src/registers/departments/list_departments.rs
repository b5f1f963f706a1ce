use crate::{
    AppError, Rx,
    paging::{Page, PageRequest},
};
use fabu_domain::{directory::Department, identity::finds, policy_registers::Operation};

/// Which departments are wanted.
#[derive(Debug, Clone, Default)]
pub struct DepartmentFilter {
    /// Active or inactive ones only.
    pub active: Option<bool>,
    /// A part of the name.
    pub q: Option<String>,
    /// Which part of the list.
    pub page: PageRequest,
}

/// Departments that the caller may know of, by name.
///
/// # Errors
/// An invalid cursor or limit.
pub fn list_departments(rx: &mut Rx<'_, '_>, filter: &DepartmentFilter) -> Result<Page<Department>, AppError> {
    rx.permit(Operation::ListDepartments)?;
    let wanted = |d: &&Department| {
        filter.active.is_none_or(|active| d.active == active) && filter.q.as_ref().is_none_or(|q| finds(q, &[d.name.as_str()]))
    };
    let (scope, directory) = (rx.scope(), &rx.directory);
    let found = directory.departments.values().filter(wanted).filter_map(|department| scope.department(directory, department));
    let found = found.collect();
    filter.page.of(found, |department| format!("{}\u{0}{}", department.name, department.id))
}
