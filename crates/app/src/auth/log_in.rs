use super::{
    hashing::{Turn, Whose},
    limits::{Origin, Standing, Taken},
    password::is_outdated,
    session::{RefreshToken, SignedIn, chosen_credentials, open_session},
};
use crate::{App, AppError, Caller, Failure, Fault, FieldError, secrets::Secret};
use fabu_domain::{identity::folded, ids::UserId, people::directory::User};
use fabu_store::{Credentials, DirectoryLock};
use serde_json::json;
use std::{net::IpAddr, time::Instant};

/// The longest login that is looked at, in characters; no account has a longer one.
const LONGEST_LOGIN: usize = 128;

/// An attempt to sign in.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// The name to sign in with.
    pub login: String,
    /// The password.
    pub password: Secret<String>,
    /// The address that the request came from.
    pub address: IpAddr,
}

/// What is known before the password is looked at.
struct Before {
    account: Option<(User, Credentials)>,
    origin: Origin,
    standing: Standing,
}

impl App {
    /// Signs somebody in. An unknown login, a wrong password, an inactive person and a one-time password that is over look
    /// the same from outside, in time too.
    ///
    /// # Errors
    /// [`Fault::LoginFailed`]; [`Fault::TooManyAttempts`] after too many of them; [`Fault::Busy`] when too many are under way;
    /// a login that is too long.
    pub async fn log_in(&self, caller: &Caller, attempt: Attempt) -> Result<(SignedIn, RefreshToken), Failure> {
        if attempt.login.chars().count() > LONGEST_LOGIN {
            return Err(AppError::from(FieldError::new("/login", Fault::LoginFormat)).into());
        }
        let begin = Instant::now();
        let login = folded(&attempt.login);
        let Before { account, origin, standing } = self.look_up(caller, &login, attempt.address).await?;
        if let Some(refusal) = standing.refusal() {
            if standing.owner_could_try() {
                // Otherwise the time would tell who has signed in from here before.
                tokio::time::sleep(self.shared.hashing.usual()).await;
            }
            return Err(refusal.into());
        }
        let whose = if standing.known { Whose::Known } else { Whose::Strangers };
        let turn = self.shared.hashing.turn(whose).await?;
        let taken = self.take(caller, &origin, standing.known).await?;
        let hash = account.as_ref().map(|(_, credentials)| credentials.password_hash.clone());
        let right = self.verify_in(&turn, attempt.password.clone(), hash).await?;
        self.shared.hashing.took(begin);
        let now = self.clock.now();
        let usable =
            account.filter(|(user, credentials)| right && user.active && credentials.expires_at.is_none_or(|at| now < at));
        let Some((user, credentials)) = usable else {
            self.note_failure(caller, login, attempt.address).await?;
            return Err(standing.failure().into());
        };
        let renewed = self.renewed_hash(&turn, &credentials, attempt.password).await?;
        self.write(caller, move |cx| {
            // The password was checked outside: it must not be replaced, nor the person deactivated, meanwhile.
            cx.hold(DirectoryLock::Shared)?;
            let current = cx.directory.active_user(user.id).cloned().ok_or(Fault::LoginFailed)?;
            if current.session_version != user.session_version {
                return Err(Fault::LoginFailed.into());
            }
            if let Some(hash) = &renewed {
                cx.tx.set_credentials(user.id, &chosen_credentials(credentials.changed_at, hash), &[])?;
            }
            origin.succeeded(cx, taken)?;
            let entry = cx.entry("session.opened", format!("users/{}", user.id), json!({}));
            cx.tx.append(&[fabu_domain::subject::log::LogEntry { actor: Some(user.id), ..entry }])?;
            open_session(cx, &current, credentials.must_change)
        })
        .await
    }

    async fn look_up(&self, caller: &Caller, login: &str, address: IpAddr) -> Result<Before, Failure> {
        let login = login.to_owned();
        self.read(caller, move |rx| {
            let origin = Origin::new(rx.settings, &rx.directory, &login, address);
            let standing = origin.standing(rx)?;
            let user = rx.directory.users.values().find(|user| user.login == login).cloned();
            let credentials = user.as_ref().map(|user| rx.tx.credentials(user.id)).transpose()?.flatten();
            Ok(Before { account: user.zip(credentials), origin, standing })
        })
        .await
    }

    async fn take(&self, caller: &Caller, origin: &Origin, known: bool) -> Result<Taken, Failure> {
        let origin = origin.clone();
        self.write(caller, move |cx| origin.take(cx, known)).await
    }

    /// Logs a failure; not more often than every few seconds from one address.
    async fn note_failure(&self, caller: &Caller, login: String, address: IpAddr) -> Result<(), Failure> {
        if !self.shared.logged_refusals.take(&address.to_string()) {
            return Ok(());
        }
        self.write(caller, move |cx| {
            let user: Option<UserId> = cx.directory.users.values().find(|user| user.login == login).map(|user| user.id);
            // A login that nobody has may be a password typed into the wrong field: it is not written down.
            let subject = user.map_or_else(|| "users/unknown".to_owned(), |id| format!("users/{id}"));
            let entry = cx.entry("session.refused", subject, json!({}));
            Ok(cx.tx.append(&[entry])?)
        })
        .await
    }

    /// A hash of today's cost, when the kept one was made with another.
    async fn renewed_hash(
        &self,
        turn: &Turn<'_>,
        credentials: &Credentials,
        password: Secret<String>,
    ) -> Result<Option<String>, AppError> {
        let outdated = is_outdated(self.settings.password_cost, &credentials.password_hash) && !credentials.must_change;
        if outdated { self.hash_in(turn, password).await.map(Some) } else { Ok(None) }
    }
}
