use crate::{
    App, Caller, Failure,
    secrets::{Secret, digest},
};
use fabu_domain::subject::log::LogEntry;
use serde_json::json;

impl App {
    /// Ends the session of a refresh token; its access tokens end with it. A token that is not known, or whose session
    /// has ended, ends nothing.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn log_out(&self, caller: &Caller, token: Secret<String>) -> Result<(), Failure> {
        self.write(caller, move |cx| {
            let Some(session) = cx.tx.lock_session_by_token(&digest(token.expose().as_bytes()))? else { return Ok(()) };
            let entry = cx.entry("session.closed", format!("users/{}", session.user_id), json!({}));
            if cx.tx.revoke_family(session.family, cx.now)? == 0 {
                return Ok(());
            }
            Ok(cx.tx.append(&[LogEntry { actor: Some(session.user_id), ..entry }])?)
        })
        .await
    }
}
