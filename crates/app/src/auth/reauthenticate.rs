use super::{
    hashing::Whose,
    limits::{forget_of_session, take_of_session},
    session::SignedIn,
};
use crate::{App, AppError, Caller, Failure, Fault, FieldError, Via, secrets::Secret};
use fabu_domain::{people::directory::User, subject::operation::Operation};
use fabu_store::Credentials;
use serde_json::json;

impl App {
    /// Checks the password of somebody who has signed in, for a step that needs a fresh one.
    ///
    /// # Errors
    /// The session has ended; [`Fault::PasswordWrong`]; [`Fault::TooManyAttempts`].
    pub async fn reauthenticate(&self, caller: &Caller, password: Secret<String>) -> Result<SignedIn, Failure> {
        let (user, _) = self.check_own_password(caller, Operation::Reauthenticate, "/password", password).await?;
        let Via::Session { session_id, session_version } = caller.via else { return Err(Fault::TokenMissing.into()) };
        let noted = self.write(caller, move |cx| {
            cx.permit(Operation::Reauthenticate)?;
            cx.tx.reauthenticate_family(session_id, cx.now)?;
            let entry = cx.entry("session.reauthenticated", format!("users/{}", cx.caller.user_id), json!({}));
            cx.tx.append(&[entry])?;
            Ok(cx.now)
        });
        let now = noted.await?;
        Ok(SignedIn {
            user_id: user.id,
            session_id,
            session_version,
            language: user.language,
            at: now,
            reauthenticated_at: now,
            must_change_password: caller.must_change_password,
        })
    }

    /// The caller and their credentials, once the password has been found right.
    pub(super) async fn check_own_password(
        &self,
        caller: &Caller,
        operation: Operation,
        pointer: &'static str,
        password: Secret<String>,
    ) -> Result<(User, Credentials), Failure> {
        let found = self.read(caller, move |rx| {
            rx.permit(operation)?;
            let user = rx.directory.active_user(rx.caller.user_id).cloned().ok_or(Fault::SessionEnded)?;
            let credentials = rx.tx.credentials(user.id)?.ok_or(Fault::SessionEnded)?;
            Ok((user, credentials))
        });
        let (user, credentials) = found.await?;
        let Via::Session { session_id, .. } = caller.via else { return Err(Fault::TokenMissing.into()) };
        let turn = self.shared.hashing.turn(Whose::Known).await?;
        self.write(caller, move |cx| take_of_session(cx, session_id)).await?;
        if !self.verify_in(&turn, password, Some(credentials.password_hash.clone())).await? {
            return Err(AppError::from(FieldError::new(pointer, Fault::PasswordWrong)).into());
        }
        self.write(caller, move |cx| forget_of_session(cx, session_id)).await?;
        Ok((user, credentials))
    }
}
