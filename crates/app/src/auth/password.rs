//! Passwords: the rules, the hash (argon2id), and the same time for people who do not exist.

use super::hashing::{Turn, Whose};
use crate::{App, AppError, Fault, error::FieldError, secrets::Secret, settings::PasswordCost};
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use std::sync::OnceLock;

/// Checks a new password (RELIABILITY 4.7): 12 to 128 characters, hard to guess, without the login or the product's name.
///
/// # Errors
/// The rule that it breaks.
pub fn check_password(pointer: &str, password: &str, login: &str) -> Result<(), FieldError> {
    let length = password.chars().count();
    let lower = password.to_lowercase();
    let fault = if !(12..=128).contains(&length) {
        Fault::PasswordLength
    } else if [login, "fabu", "发布"].iter().any(|word| word.chars().count() >= 2 && lower.contains(&word.to_lowercase())) {
        Fault::PasswordContext
    } else if u8::from(zxcvbn::zxcvbn(password, &[login, "fabu", "发布"]).score()) < 3 {
        Fault::PasswordWeak
    } else {
        return Ok(());
    };
    Err(FieldError::new(pointer, fault))
}

impl App {
    /// [`check_password`] on a blocking thread: guessing at the strength takes a while.
    ///
    /// # Errors
    /// The rule that the password breaks.
    pub async fn check_new_password(
        &self,
        pointer: &'static str,
        password: Secret<String>,
        login: String,
    ) -> Result<Result<(), FieldError>, AppError> {
        blocking(move || check_password(pointer, password.expose(), &login)).await
    }

    /// Hashes a password of somebody who may be let wait. At most [`PasswordCost::parallel_hashes`] run at a time.
    ///
    /// # Errors
    /// [`Fault::Busy`] when too many wait; [`AppError::Internal`] when argon2 refuses its parameters.
    pub async fn hash_password(&self, password: Secret<String>) -> Result<String, AppError> {
        let turn = self.shared.hashing.turn(Whose::Known).await?;
        self.hash_in(&turn, password).await
    }

    /// Hashes a password in a turn that the caller has.
    pub(super) async fn hash_in(&self, _turn: &Turn<'_>, password: Secret<String>) -> Result<String, AppError> {
        let cost = self.settings.password_cost;
        blocking(move || hash(cost, password.expose())).await?
    }

    /// True when `password` belongs to `known`. Without a hash (nobody has this login) it takes as long and is false.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the stored hash cannot be read.
    pub(super) async fn verify_in(
        &self,
        _turn: &Turn<'_>,
        password: Secret<String>,
        known: Option<String>,
    ) -> Result<bool, AppError> {
        let cost = self.settings.password_cost;
        let verify = move || {
            let exists = known.is_some();
            let text = match known {
                Some(text) => text,
                None => dummy(cost)?,
            };
            let parsed = PasswordHash::new(&text).map_err(|error| AppError::Internal(format!("stored password: {error}")))?;
            Ok(argon2(cost)?.verify_password(password.expose().as_bytes(), &parsed).is_ok() && exists)
        };
        blocking(verify).await?
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(format!("hashing: {error}")))
}

/// True when a stored hash was made with another cost and should be made anew at the next login.
#[must_use]
pub fn is_outdated(cost: PasswordCost, stored: &str) -> bool {
    !stored.starts_with(&format!("$argon2id$v=19$m={},t={},p=1$", cost.memory_kib, cost.passes))
}

fn argon2(cost: PasswordCost) -> Result<Argon2<'static>, AppError> {
    let params = Params::new(cost.memory_kib, cost.passes, 1, None);
    let params = params.map_err(|error| AppError::Internal(format!("password cost: {error}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(cost: PasswordCost, password: &str) -> Result<String, AppError> {
    let hash = argon2(cost)?.hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|error| AppError::Internal(format!("password: {error}")))
}

/// A hash of this process's cost that no password belongs to.
fn dummy(cost: PasswordCost) -> Result<String, AppError> {
    static DUMMY: OnceLock<String> = OnceLock::new();
    if let Some(text) = DUMMY.get().filter(|text| !is_outdated(cost, text)) {
        return Ok(text.clone());
    }
    let text = hash(cost, "no password belongs to this hash")?;
    Ok(DUMMY.get_or_init(|| text.clone()).clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_short_weak_and_related_passwords() {
        let fault = |password: &str| check_password("/password", password, "zhang.wei").err().map(|error| error.fault);
        assert_eq!(fault("short"), Some(Fault::PasswordLength));
        assert_eq!(fault(&"x".repeat(129)), Some(Fault::PasswordLength));
        assert_eq!(fault("aaaaaaaaaaaaaa"), Some(Fault::PasswordWeak));
        assert_eq!(fault("password1234"), Some(Fault::PasswordWeak));
        assert_eq!(fault("Zhang.Wei-tulip-orbit-93"), Some(Fault::PasswordContext));
        assert_eq!(fault("fabu-tulip-orbit-93-kettle"), Some(Fault::PasswordContext));
        assert_eq!(fault("tulip-orbit-93-kettle"), None);
    }

    #[test]
    fn a_hash_of_another_cost_is_outdated() {
        let text = hash(PasswordCost::QUICK, "tulip-orbit-93-kettle").unwrap();
        assert!(!is_outdated(PasswordCost::QUICK, &text));
        assert!(is_outdated(PasswordCost::PRODUCT, &text));
    }
}
