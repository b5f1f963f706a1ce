use super::{
    password::is_outdated,
    session::{RefreshToken, SignedIn, chosen_credentials, open_session},
};
use crate::{App, AppError, Caller, Failure, Fault, secrets::Secret};
use chrono::TimeDelta;
use fabu_domain::{directory::User, ids::UserId};
use fabu_store::{Credentials, DirectoryLock};
use serde_json::json;

/// An attempt to sign in.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// The name to sign in with.
    pub login: String,
    /// The password.
    pub password: Secret<String>,
    /// The address that the request came from.
    pub address: String,
}

impl App {
    /// Signs somebody in. An unknown login, a wrong password, an inactive person and a one-time password that is over look
    /// the same from outside, in time too.
    ///
    /// # Errors
    /// [`Fault::LoginFailed`]; [`Fault::TooManyAttempts`] after too many of them.
    pub async fn log_in(&self, caller: &Caller, attempt: Attempt) -> Result<(SignedIn, RefreshToken), Failure> {
        let login = attempt.login.trim().to_lowercase();
        let known = self.find_credentials(caller, &login).await?;
        let hash = known.as_ref().map(|(_, credentials)| credentials.password_hash.clone());
        let gate = || self.guesses_left(&login, &attempt.address);
        let right = self.verify_password(attempt.password.clone(), hash, gate).await?;
        let now = self.clock.now();
        let usable = known.filter(|(user, credentials)| right && user.active && credentials.expires_at.is_none_or(|at| now < at));
        let Some((user, credentials)) = usable else {
            return Err(self.failed(caller, &login, &attempt.address).await?);
        };
        let renewed = self.renewed_hash(&credentials, attempt.password).await?;
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
            let entry = cx.entry("session.opened", format!("users/{}", user.id), json!({}));
            cx.tx.append(&[fabu_domain::log::LogEntry { actor: Some(user.id), ..entry }])?;
            open_session(cx, &current, credentials.must_change)
        })
        .await
    }

    async fn find_credentials(&self, caller: &Caller, login: &str) -> Result<Option<(User, Credentials)>, Failure> {
        let login = login.to_owned();
        self.read(caller, move |rx| {
            let Some(user) = rx.directory.users.values().find(|user| user.login == login).cloned() else { return Ok(None) };
            Ok(rx.tx.credentials(user.id)?.map(|credentials| (user, credentials)))
        })
        .await
    }

    /// Refuses a guess when the account's or the address's are used up.
    fn guesses_left(&self, login: &str, address: &str) -> Result<(), AppError> {
        let now = self.clock.now();
        let waits = [self.shared.account_guesses.check(login, now), self.shared.address_guesses.check(address, now)];
        match waits.into_iter().filter_map(Result::err).max() {
            Some(wait) => Err(too_many(wait)),
            None => Ok(()),
        }
    }

    /// Refuses a wrong password of somebody who has signed in; counts for the account only.
    pub(super) fn own_guesses_left(&self, login: &str) -> Result<(), AppError> {
        self.shared.account_guesses.check(login, self.clock.now()).map_err(too_many)
    }

    /// Counts a wrong password of somebody who has signed in.
    pub(super) fn count_own_guess(&self, login: &str) {
        // An empty bucket is what the next check finds.
        let _empty = self.shared.account_guesses.take(login, self.clock.now());
    }

    /// Counts and logs a failure, and gives the error for it.
    async fn failed(&self, caller: &Caller, login: &str, address: &str) -> Result<Failure, Failure> {
        let now = self.clock.now();
        // Empty buckets are what the next check finds.
        let _empty = (self.shared.account_guesses.take(login, now), self.shared.address_guesses.take(address, now));
        if self.shared.logged_refusals.take(address, now).is_ok() {
            let login = login.to_owned();
            self.write(caller, move |cx| {
                let user: Option<UserId> = cx.directory.users.values().find(|user| user.login == login).map(|user| user.id);
                // A login that nobody has may be a password typed into the wrong field: it is not written down.
                let subject = user.map_or_else(|| "users/unknown".to_owned(), |id| format!("users/{id}"));
                let entry = cx.entry("session.refused", subject, json!({}));
                Ok(cx.tx.append(&[entry])?)
            })
            .await?;
        }
        Ok(Fault::LoginFailed.into())
    }

    /// A hash of today's cost, when the kept one was made with another.
    async fn renewed_hash(&self, credentials: &Credentials, password: Secret<String>) -> Result<Option<String>, AppError> {
        let outdated = is_outdated(self.settings.password_cost, &credentials.password_hash) && !credentials.must_change;
        if outdated { self.hash_password(password).await.map(Some) } else { Ok(None) }
    }
}

fn too_many(wait: TimeDelta) -> AppError {
    AppError::fault(Fault::TooManyAttempts, "seconds", wait.num_seconds().max(1))
}
