use crate::{
    AppError, Rx,
    paging::{Page, PageRequest},
};
use fabu_domain::{
    identity::finds, ids::DepartmentId, people::role::Role, subject::operation::Operation, subjects::visibility::VisiblePerson,
};

/// Which people are wanted.
#[derive(Debug, Clone, Default)]
pub struct UserFilter {
    /// Active or inactive ones only.
    pub active: Option<bool>,
    /// Holders of one of these roles; empty for all.
    pub roles: Vec<Role>,
    /// People of this department only.
    pub department_id: Option<DepartmentId>,
    /// Words of the name or the login, in any order.
    pub q: Option<String>,
    /// Which part of the list.
    pub page: PageRequest,
}

/// People that the caller may know of, by login; those of whom the caller may not know the login by name. What is hidden
/// cannot be searched for either.
///
/// # Errors
/// An invalid cursor or limit.
pub fn list_users(rx: &mut Rx<'_, '_>, filter: &UserFilter) -> Result<Page<VisiblePerson>, AppError> {
    rx.permit(Operation::ListUsers)?;
    let wanted = |u: &VisiblePerson| {
        let details = u.details.as_ref();
        filter.active.is_none_or(|active| u.active == active)
            && (filter.roles.is_empty() || filter.roles.iter().any(|role| u.roles.has(*role)))
            && filter.department_id.is_none_or(|id| details.is_some_and(|details| details.department_id == Some(id)))
            && filter.q.as_ref().is_none_or(|q| finds(q, &[u.name.as_str(), details.map_or("", |details| &details.login)]))
    };
    let (scope, reader, named) = (rx.scope(), rx.caller.user_id, rx.people_named()?);
    let visible = rx.directory.users.values().filter_map(|user| VisiblePerson::of(&scope, reader, &named, user));
    let found = visible.filter(wanted).collect();
    filter.page.of(found, |person| match &person.details {
        Some(details) => details.login.clone(),
        None => format!("\u{0}{}\u{0}{}", person.name, person.id),
    })
}
