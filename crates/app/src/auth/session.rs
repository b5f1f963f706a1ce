//! What a login gives: a session, and the token that renews it.

use crate::{
    AppError, Cx,
    secrets::{Secret, derive, digest, random_bytes},
};
use chrono::{DateTime, TimeDelta, Utc};
use fabu_domain::{
    ids::{SessionId, UserId},
    language::Language,
    people::directory::User,
};
use fabu_store::{Credentials, Session};

/// Somebody who has just proved who they are: what an access token states.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The person.
    pub user_id: UserId,
    /// The session: all tokens that come from one login.
    pub session_id: SessionId,
    /// The person's session version.
    pub session_version: i64,
    /// Reading language.
    pub language: Language,
    /// Now.
    pub at: DateTime<Utc>,
    /// When the password was last given.
    pub reauthenticated_at: DateTime<Utc>,
    /// Signed in with a one-time password.
    pub must_change_password: bool,
}

/// The token in the refresh cookie, and when it ends.
#[derive(Debug, Clone)]
pub struct RefreshToken {
    /// The token; only its SHA-256 is kept.
    pub token: Secret<String>,
    /// When it ends if it is not used.
    pub expires_at: DateTime<Utc>,
}

/// The credentials of a one-time password: good for 24 hours and for nothing but choosing another.
pub(crate) fn one_time_credentials(now: DateTime<Utc>, password_hash: &str) -> Credentials {
    Credentials { must_change: true, expires_at: Some(now + TimeDelta::hours(24)), ..chosen_credentials(now, password_hash) }
}

/// The credentials of a password that the person chose.
pub(crate) fn chosen_credentials(now: DateTime<Utc>, password_hash: &str) -> Credentials {
    Credentials {
        password_hash: password_hash.to_owned(),
        must_change: false,
        expires_at: None,
        failed_attempts: 0,
        locked_until: None,
        changed_at: now,
    }
}

/// Opens a session for somebody whose password was right just now.
pub(crate) fn open_session(
    cx: &mut Cx<'_, '_>,
    user: &User,
    must_change_password: bool,
) -> Result<(SignedIn, RefreshToken), AppError> {
    let session_id: SessionId = cx.new_id();
    let token = hex::encode(random_bytes());
    let times = cx.settings.session_times;
    let session = Session {
        id: session_id,
        family: session_id,
        user_id: user.id,
        token_hash: digest(token.as_bytes()),
        session_version: user.session_version,
        authenticated_at: cx.now,
        issued_at: cx.now,
        expires_at: cx.now + times.idle,
        ends_at: cx.now + times.absolute,
        rotated_at: None,
        successor: None,
        revoked_at: None,
    };
    cx.tx.insert_session(&session)?;
    let signed_in = SignedIn {
        user_id: user.id,
        session_id,
        session_version: user.session_version,
        language: user.language,
        at: cx.now,
        reauthenticated_at: cx.now,
        must_change_password,
    };
    Ok((signed_in, RefreshToken { token: Secret::new(token), expires_at: session.expires_at }))
}

/// The token that follows `token`: derived, so that it need not be kept for those who renew at once and get the same one.
pub(crate) fn successor(cx: &Cx<'_, '_>, token: &str) -> String {
    let key = cx.settings.signing_keys.first().map_or(&[][..], |key| key.expose().as_slice());
    derive_successor(key, token)
}

/// The token of `next`, which followed `token`; none when the keys were replaced since.
pub(crate) fn known_successor(cx: &Cx<'_, '_>, token: &str, next: &Session) -> Option<String> {
    let mut derived = cx.settings.signing_keys.iter().map(|key| derive_successor(key.expose(), token));
    derived.find(|derived| digest(derived.as_bytes()) == next.token_hash)
}

fn derive_successor(key: &[u8], token: &str) -> String {
    derive(key, "refresh token", token.as_bytes())
}
