use super::session::{RefreshToken, SignedIn, chosen_credentials, open_session};
use crate::{App, AppError, Caller, Failure, Fault, FieldError, secrets::Secret};
use fabu_domain::{people::directory::User, subject::operation::Operation};
use serde_json::json;

/// A person's own change of password.
#[derive(Debug, Clone)]
pub struct PasswordChange {
    /// The password until now.
    pub current: Secret<String>,
    /// The new one.
    pub new: Secret<String>,
}

impl App {
    /// Changes the caller's own password. Every session of the person ends; the answer opens a new one.
    ///
    /// # Errors
    /// [`Fault::PasswordWrong`]; the new password breaks a rule; [`Fault::TooManyAttempts`].
    pub async fn change_password(&self, caller: &Caller, change: PasswordChange) -> Result<(SignedIn, RefreshToken), Failure> {
        let checked = self.check_own_password(caller, Operation::ChangePassword, "/current_password", change.current.clone());
        let (user, _) = checked.await?;
        if change.new == change.current {
            return Err(AppError::from(FieldError::new("/new_password", Fault::PasswordWeak)).into());
        }
        self.check_new_password("/new_password", change.new.clone(), user.login.clone()).await?.map_err(AppError::from)?;
        let hash = self.hash_password(change.new).await?;
        self.write(caller, move |cx| {
            cx.permit(Operation::ChangePassword)?;
            let before = cx.directory.active_user(user.id).cloned().ok_or(Fault::SessionEnded)?;
            let seen = before.version;
            let after = User { session_version: before.session_version + 1, version: seen + 1, ..before };
            let entry = cx.entry("user.password_changed", format!("users/{}", user.id), json!({}));
            cx.tx.update_user(&after, seen, &entry)?;
            cx.tx.set_credentials(user.id, &chosen_credentials(cx.now, &hash), &[])?;
            cx.tx.revoke_sessions_of(user.id, cx.now)?;
            open_session(cx, &after, false)
        })
        .await
    }
}
