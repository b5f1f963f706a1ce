use super::session::{RefreshToken, SignedIn, known_successor, successor};
use crate::{
    App, AppError, Caller, Cx, Failure, Fault,
    secrets::{Secret, digest},
};
use fabu_domain::{ids::SessionId, people::directory::User, subject::log::LogEntry};
use fabu_store::{DirectoryLock, Session};
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
    cx.hold(DirectoryLock::Shared)?;
    let Some(given) = cx.tx.lock_session_by_token(&digest(token.as_bytes()))? else { return Ok(Renewal::Ended) };
    let user = cx.directory.active_user(given.user_id).cloned();
    let Some(user) = user.filter(|user| is_valid(cx, &given, user)) else { return Ok(Renewal::Ended) };
    let must_change_password = cx.tx.credentials(user.id)?.is_some_and(|credentials| credentials.must_change);
    let (session, next) = match given.rotated_at {
        None => rotate(cx, &given, token)?,
        Some(at) if cx.now - at > cx.settings.session_times.grace => {
            let entry = cx.entry("session.reuse_detected", format!("users/{}", user.id), json!({ "session": given.family }));
            cx.tx.revoke_family(given.family, cx.now)?;
            cx.tx.append(&[LogEntry { actor: Some(user.id), ..entry }])?;
            return Ok(Renewal::Ended);
        }
        Some(_) => match newest(cx, given, token)? {
            Some(found) => found,
            None => return Ok(Renewal::Ended),
        },
    };
    let signed_in = SignedIn {
        user_id: user.id,
        session_id: session.family,
        session_version: user.session_version,
        language: user.language,
        at: cx.now,
        reauthenticated_at: session.authenticated_at,
        must_change_password,
    };
    Ok(Renewal::Done(Box::new((signed_in, RefreshToken { token: Secret::new(next), expires_at: session.expires_at }))))
}

/// Replaces a token by its successor.
fn rotate(cx: &mut Cx<'_, '_>, given: &Session, token: &str) -> Result<(Session, String), AppError> {
    let (id, next): (SessionId, String) = (cx.new_id(), successor(cx, token));
    let expires_at = (cx.now + cx.settings.session_times.idle).min(given.ends_at);
    let following = Session { id, token_hash: digest(next.as_bytes()), issued_at: cx.now, expires_at, ..given.clone() };
    cx.tx.insert_session(&following)?;
    if !cx.tx.rotate_session(given.id, id, cx.now)? {
        return Err(Fault::SessionEnded.into());
    }
    Ok((following, next))
}

/// The token that is in use now, for somebody who renewed at the same time as another tab and came second (or third).
fn newest(cx: &mut Cx<'_, '_>, given: Session, token: &str) -> Result<Option<(Session, String)>, AppError> {
    let (mut session, mut token) = (given, token.to_owned());
    while let Some(successor) = session.successor {
        let Some(next) = cx.tx.session(successor)? else { return Ok(None) };
        let Some(known) = known_successor(cx, &token, &next) else { return Ok(None) };
        (session, token) = (next, known);
    }
    Ok((session.revoked_at.is_none() && cx.now < session.expires_at).then_some((session, token)))
}

fn is_valid(cx: &Cx<'_, '_>, session: &Session, user: &User) -> bool {
    session.revoked_at.is_none()
        && cx.now < session.expires_at
        && cx.now < session.ends_at
        && session.session_version == user.session_version
}
