//! Who may know of a release. Everybody of the company may; somebody who only represents customers sees theirs (RX).

use crate::{
    directory::Directory,
    ids::{CustomerId, UserId},
    release::Dossier,
    role::Role,
};

/// Which releases a person may know of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All.
    All,
    /// Those of these customers, and those that the person was asked about.
    Customers(Vec<CustomerId>),
}

/// Which releases the person may know of.
#[must_use]
pub fn scope_of(directory: &Directory, user: UserId) -> Scope {
    let outsider = directory
        .active_user(user)
        .is_some_and(|u| u.roles.has(Role::CustomerRepresentative) && u.roles.iter().all(|r| r == Role::CustomerRepresentative));
    if !outsider {
        return Scope::All;
    }
    let stands_for = |c: &&crate::directory::Customer| c.representatives.iter().any(|r| r.user_id == user);
    let mut customers: Vec<CustomerId> = directory.customers.values().filter(stands_for).map(|c| c.id).collect();
    customers.sort();
    Scope::Customers(customers)
}

/// True when the person may know of the release.
#[must_use]
pub fn may_read(directory: &Directory, user: UserId, dossier: &Dossier) -> bool {
    match scope_of(directory, user) {
        Scope::All => directory.active_user(user).is_some(),
        Scope::Customers(customers) => {
            dossier.release.customer_id.is_some_and(|id| customers.contains(&id))
                || dossier.team.iter().any(|a| a.user_id == user && a.until.is_none())
                || dossier.approvals.iter().any(|a| a.members.iter().any(|m| m.user_id == user))
                || dossier.tasks.iter().any(|t| t.assignee == user)
        }
    }
}
