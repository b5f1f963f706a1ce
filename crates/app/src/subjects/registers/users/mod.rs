//! People with an account: their roles, activity and passwords.

mod create_user;
mod left_waiting;
mod list_users;
mod reset_user_password;
mod set_user_roles;
mod update_user;
mod view_user;

pub use create_user::{NewUser, create_user};
pub use left_waiting::LeftWaiting;
pub use list_users::{UserFilter, list_users};
pub use reset_user_password::reset_user_password;
pub use set_user_roles::set_user_roles;
pub use update_user::update_user;
pub use view_user::view_user;

use crate::{AppError, Cx, Fault, FieldError};
use fabu_domain::{
    ids::{DepartmentId, UserId},
    language::Language,
    people::{
        directory::User,
        role::{Role, Roles},
    },
    text::Line,
};

/// What an administrator states about a person.
#[derive(Debug, Clone)]
pub struct UserFields {
    /// The name that records show.
    pub name: Line,
    /// Where mail goes.
    pub email: Option<String>,
    /// For duty rosters.
    pub phone: Option<String>,
    /// The department the person belongs to.
    pub department_id: Option<DepartmentId>,
    /// Ordinary position (D3).
    pub position: Option<Line>,
    /// Reading language.
    pub language: Language,
    /// False: may not sign in, holds no role, decides nothing.
    pub active: bool,
}

/// Refuses addresses and numbers that cannot be used, and an unknown department.
fn check(cx: &Cx<'_, '_>, fields: &UserFields) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if fields.email.as_deref().is_some_and(|email| !is_email(email)) {
        errors.push(FieldError::new("/email", Fault::EmailFormat));
    }
    errors.extend(check_phone(fields.phone.as_deref()));
    let known = |id| cx.directory.departments.get(&id).is_some_and(|department| department.active);
    if fields.department_id.is_some_and(|id| !known(id)) {
        errors.push(FieldError::new("/department_id", Fault::FieldUnknownId));
    }
    errors
}

/// Refuses a number that nobody could dial.
pub(crate) fn check_phone(phone: Option<&str>) -> Option<FieldError> {
    let good = |phone: &str| {
        let digits = phone.bytes().filter(u8::is_ascii_digit).count();
        (5..=20).contains(&digits) && phone.len() <= 40 && phone.chars().all(|c| c.is_ascii_digit() || "+-() ".contains(c))
    };
    phone.filter(|phone| !good(phone)).map(|_| FieldError::new("/phone", Fault::PhoneFormat))
}

/// One `@` between a plain local part and a host; what it is worth is known when mail arrives.
fn is_email(email: &str) -> bool {
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._%+-".contains(&b));
    let labels = |host: &str| host.split('.').all(|label| !label.is_empty() && plain(label)) && !host.contains(['_', '%', '+']);
    email.len() <= 254 && email.split_once('@').is_some_and(|(local, host)| plain(local) && labels(host))
}

/// A login: 2 to 64 lower-case letters, digits, dots, hyphens, underscores.
pub(crate) fn check_login(login: &str) -> Option<FieldError> {
    let first = login.bytes().next().is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let rest = login.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b));
    let good = first && rest && (2..=64).contains(&login.len());
    (!good).then(|| FieldError::new("/login", Fault::LoginFormat))
}

/// The person with this id, active or not.
fn find(cx: &Cx<'_, '_>, id: UserId) -> Result<User, AppError> {
    cx.directory.users.get(&id).cloned().ok_or(AppError::NotFound { what: "user" })
}

/// Refuses to leave the instance without an active administrator.
fn keeps_an_administrator(cx: &Cx<'_, '_>, after: &User) -> Result<(), AppError> {
    let administers = |user: &User| user.active && user.roles.has(Role::SystemAdministrator);
    let another = cx.directory.users.values().any(|user| user.id != after.id && administers(user));
    if another || administers(after) { Ok(()) } else { Err(Fault::LastAdministrator.into()) }
}

/// An error for roles of which one only reads and another acts: an auditor never writes (RX, principle 8).
fn reads_or_acts(roles: &Roles) -> Vec<FieldError> {
    let acts = roles.iter().find(|role| *role != Role::Auditor);
    let both = acts.filter(|_| roles.has(Role::Auditor));
    let error = |role: Role| {
        let zh = format!("审计员只查阅，不能同时担任{}", role.zh());
        FieldError::invalid("/roles", zh, format!("an auditor only reads and is not also {}", role.en()))
    };
    both.map(error).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_numbers_and_logins() {
        assert!(is_email("zhang.wei+rm@mail.example.com"));
        assert!(
            !is_email("zhang") && !is_email("a@b@c") && !is_email("a@b\r\nBcc: x@y") && !is_email("a@.com") && !is_email("@b")
        );
        assert!(check_phone(Some("+86 (0535) 123-4567")).is_none());
        assert!(check_phone(Some("call me")).is_some() && check_phone(Some("12")).is_some());
        assert!(
            check_login("zhang.wei").is_none()
                && check_login("Zhang").is_some()
                && check_login("a").is_some()
                && check_login(".a").is_some()
        );
    }
}
