use crate::{
    AppError, Rx,
    paging::{Page, PageRequest},
};
use fabu_domain::{directory::User, ids::DepartmentId, policy_registers::Operation, role::Role};

/// Which people are wanted.
#[derive(Debug, Clone, Default)]
pub struct UserFilter {
    /// Active or inactive ones only.
    pub active: Option<bool>,
    /// Holders of one of these roles; empty for all.
    pub roles: Vec<Role>,
    /// People of this department only.
    pub department_id: Option<DepartmentId>,
    /// A part of the name or the login.
    pub q: Option<String>,
    /// Which part of the list.
    pub page: PageRequest,
}

/// People by login.
///
/// # Errors
/// An invalid cursor or limit.
pub fn list_users(rx: &mut Rx<'_, '_>, filter: &UserFilter) -> Result<Page<User>, AppError> {
    rx.permit(Operation::ListUsers)?;
    let wanted = |u: &&User| {
        filter.active.is_none_or(|active| u.active == active)
            && (filter.roles.is_empty() || filter.roles.iter().any(|role| u.roles.has(*role)))
            && filter.department_id.is_none_or(|id| u.department_id == Some(id))
            && filter.q.as_ref().is_none_or(|q| u.name.as_str().contains(q) || u.login.contains(q))
    };
    let found = rx.directory.users.values().filter(wanted).cloned().collect();
    filter.page.of(found, |user| user.login.clone())
}
