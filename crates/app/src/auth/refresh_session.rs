use super::session::{RefreshToken, SignedIn, successor};
use crate::{
    App, AppError, Caller, Cx, Failure, Fault,
    secrets::{Secret, digest},
};
use fabu_domain::{directory::User, ids::SessionId, log::LogEntry};
use fabu_store::Session;
use serde_json::json;

/// What became of a refresh token.
enum Renewal {
    Done(Box<(SignedIn, RefreshToken)>),
    Ended,
}

impl App {
    /// Renews a session: the token is replaced at each use. A token that was replaced before the last few seconds has been
    /// stolen or copied, so the whole session ends.
    ///
    /// # Errors
    /// [`Fault::SessionEnded`].
    pub async fn refresh_session(&self, caller: &Caller, token: Secret<String>) -> Result<(SignedIn, RefreshToken), Failure> {
        match self.write(caller, move |cx| renew(cx, token.expose())).await? {
            Renewal::Done(renewed) => Ok(*renewed),
            Renewal::Ended => Err(Fault::SessionEnded.into()),
        }
    }
}

fn renew(cx: &mut Cx<'_, '_>, token: &str) -> Result<Renewal, AppError> {
    let Some(session) = cx.tx.session_by_token(&digest(token.as_bytes()))? else { return Ok(Renewal::Ended) };
    let user = cx.directory.active_user(session.user_id).cloned();
    let Some(user) = user.filter(|user| is_valid(cx, &session, user)) else { return Ok(Renewal::Ended) };
    let must_change_password = cx.tx.credentials(user.id)?.is_some_and(|credentials| credentials.must_change);
    let next = successor(cx, token);
    let expires_at = (cx.now + cx.settings.session_times.idle).min(session.ends_at);
    match session.rotated_at {
        Some(at) if cx.now - at > cx.settings.session_times.grace => {
            let entry = cx.entry("session.reuse_detected", format!("users/{}", user.id), json!({ "session": session.family }));
            cx.tx.revoke_family(session.family, cx.now)?;
            cx.tx.append(&[LogEntry { actor: Some(user.id), ..entry }])?;
            return Ok(Renewal::Ended);
        }
        Some(_) => {}
        None => {
            let id: SessionId = cx.new_id();
            let token_hash = digest(next.as_bytes());
            let following = Session { id, token_hash, issued_at: cx.now, expires_at, ..session.clone() };
            cx.tx.insert_session(&following)?;
            cx.tx.rotate_session(session.id, id, cx.now)?;
        }
    }
    let signed_in = SignedIn {
        user_id: user.id,
        session_id: session.family,
        session_version: user.session_version,
        language: user.language,
        at: cx.now,
        reauthenticated_at: session.authenticated_at,
        must_change_password,
    };
    Ok(Renewal::Done(Box::new((signed_in, RefreshToken { token: Secret::new(next), expires_at }))))
}

fn is_valid(cx: &Cx<'_, '_>, session: &Session, user: &User) -> bool {
    session.revoked_at.is_none()
        && cx.now < session.expires_at
        && cx.now < session.ends_at
        && session.session_version == user.session_version
}
