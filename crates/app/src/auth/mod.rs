//! Signing in: set-up, login, refresh, logout, passwords (RELIABILITY 4.7).

mod password;

pub use password::check_password;

use chrono::{DateTime, Utc};
use fabu_domain::{
    directory::Language,
    ids::{SessionId, UserId},
};

/// Somebody who has just proved who they are: what an access token states.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The person.
    pub user_id: UserId,
    /// The session.
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
