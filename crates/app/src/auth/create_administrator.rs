use super::session::chosen_credentials;
use crate::{App, AppError, Caller, Failure, Fault, Rx, secrets::Secret, subjects::registers::users::check_login};
use fabu_domain::{
    language::Language,
    people::{directory::User, role::Role},
    text::Line,
};
use fabu_store::DirectoryLock;
use serde_json::json;

/// The first person of an instance.
#[derive(Debug, Clone)]
pub struct Administrator {
    /// The name to sign in with.
    pub login: String,
    /// The name that records show.
    pub name: Line,
    /// The password, chosen by the person.
    pub password: Secret<String>,
    /// Reading language.
    pub language: Language,
    /// What the program printed for its operator.
    pub token: Secret<String>,
}

/// True when the instance has an administrator, so that set-up is over.
///
/// # Errors
/// None of its own.
pub fn is_set_up(rx: &mut Rx<'_, '_>) -> Result<bool, AppError> {
    Ok(!rx.directory.users.is_empty())
}

impl App {
    /// Creates the first administrator; possible only while nobody has an account, and only for whoever can read what the
    /// program printed.
    ///
    /// # Errors
    /// [`Fault::SetupDone`], [`Fault::SetupToken`], invalid fields.
    pub async fn create_administrator(&self, caller: &Caller, new: Administrator) -> Result<User, Failure> {
        if self.read(caller, is_set_up).await? {
            return Err(Fault::SetupDone.into());
        }
        if !self.settings.is_set_up_token(new.token.expose()) {
            return Err(Fault::SetupToken.into());
        }
        let mut errors: Vec<_> = check_login(&new.login).into_iter().collect();
        errors.extend(self.check_new_password("/password", new.password.clone(), new.login.clone()).await?.err());
        AppError::unless_empty(errors)?;
        let hash = self.hash_password(new.password.clone()).await?;
        self.write(caller, move |cx| {
            cx.hold(DirectoryLock::Exclusive)?;
            if !cx.directory.users.is_empty() {
                return Err(Fault::SetupDone.into());
            }
            let user = User {
                id: cx.new_id(),
                login: new.login.clone(),
                name: new.name.clone(),
                email: None,
                phone: None,
                department_id: None,
                position: None,
                roles: [Role::SystemAdministrator].into_iter().collect(),
                language: new.language,
                active: true,
                session_version: 1,
                version: 1,
            };
            let entry = cx.entry("user.created", format!("users/{}", user.id), json!(user));
            cx.tx.insert_user(&user, Some(&chosen_credentials(cx.now, &hash)), &entry)?;
            Ok(user)
        })
        .await
    }
}
