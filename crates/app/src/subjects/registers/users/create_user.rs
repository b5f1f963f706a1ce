use super::{UserFields, check, check_login, reads_or_acts};
use crate::{AppError, Cx, Fault, auth::one_time_credentials, subjects::registers::not_of_own_release};
use fabu_domain::{
    people::{
        directory::User,
        role::{Role, Roles},
    },
    subject::operation::Operation,
};
use serde_json::json;

/// A person to add.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// The name to sign in with.
    pub login: String,
    /// What the person may be asked to do.
    pub roles: Roles,
    /// The rest.
    pub fields: UserFields,
    /// The hash of the one-time password.
    pub password_hash: String,
}

/// Adds a person, with a one-time password that is good for 24 hours. Roles need a fresh password of the administrator.
///
/// # Errors
/// Not an administrator, password not fresh, invalid fields, a login that is taken.
pub fn create_user(cx: &mut Cx<'_, '_>, new: &NewUser) -> Result<User, AppError> {
    cx.permit(Operation::CreateUser)?;
    if new.roles.iter().next().is_some() {
        cx.require_reauthentication()?;
    }
    if new.roles.iter().any(Role::has_say) {
        not_of_own_release(cx, |_| true)?; // nobody makes up the people who decide on his own release
    }
    let mut errors = check(cx, &new.fields);
    errors.extend(check_login(&new.login));
    errors.extend(reads_or_acts(&new.roles));
    AppError::unless_empty(errors)?;
    if cx.directory.users.values().any(|user| user.login == new.login) {
        return Err(AppError::fault(Fault::LoginTaken, "login", &new.login));
    }
    let fields = new.fields.clone();
    let user = User {
        id: cx.new_id(),
        login: new.login.clone(),
        name: fields.name,
        email: fields.email,
        phone: fields.phone,
        department_id: fields.department_id,
        position: fields.position,
        roles: new.roles.clone(),
        language: fields.language,
        active: fields.active,
        session_version: 1,
        version: 1,
    };
    let entry = cx.entry("user.created", format!("users/{}", user.id), json!(user));
    let credentials = one_time_credentials(cx.now, &new.password_hash);
    cx.tx.insert_user(&user, Some(&credentials), &entry)?;
    cx.notify_concerned(&entry)?;
    Ok(user)
}
