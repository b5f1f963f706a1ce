//! What the operator decides; read once at start by the binary.

use crate::secrets::Secret;
use chrono::TimeDelta;
use std::{path::PathBuf, time::Duration};

/// The cost of hashing a password (argon2id).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// How many hashes run at the same time.
    pub parallel_hashes: usize,
}

impl PasswordCost {
    /// The cost of the product: 64 MiB, three passes, two at a time (137 ms on one core).
    pub const PRODUCT: Self = Self { memory_kib: 64 * 1024, passes: 3, parallel_hashes: 2 };
    /// The least that argon2 accepts: for tests and bulk replays, never for people's passwords.
    pub const QUICK: Self = Self { memory_kib: 8, passes: 1, parallel_hashes: 2 };
}

/// How long sessions last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionTimes {
    /// Life of an access token.
    pub access: TimeDelta,
    /// A refresh cookie not used for so long ends.
    pub idle: TimeDelta,
    /// A session ends at the latest after so long.
    pub absolute: TimeDelta,
    /// A refresh cookie that was just replaced still gives the same successor for so long (two tabs at once).
    pub grace: TimeDelta,
    /// How fresh the password must be for a sensitive step.
    pub reauthentication: TimeDelta,
}

impl Default for SessionTimes {
    fn default() -> Self {
        Self {
            access: TimeDelta::minutes(15),
            idle: TimeDelta::hours(2),
            absolute: TimeDelta::hours(12),
            grace: TimeDelta::seconds(10),
            reauthentication: TimeDelta::minutes(10),
        }
    }
}

/// Where messages come from, as their readers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailFrom {
    /// The name: `发布管理`.
    pub name: String,
    /// The address; message ids are made in its domain.
    pub address: String,
    /// The company, in the foot of every mail.
    pub company: String,
}

impl Default for MailFrom {
    fn default() -> Self {
        Self { name: "发布管理".to_owned(), address: "fabu@localhost".to_owned(), company: String::new() }
    }
}

/// The settings of one instance.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address people use, such as `https://release.example.com`; decides about `Secure` cookies and links in mail.
    pub base_url: String,
    /// Where files are kept.
    pub data_dir: PathBuf,
    /// Keys for tokens: the first one signs, all are accepted (two during a rotation). At least 32 bytes each.
    pub signing_keys: Vec<Secret<Vec<u8>>>,
    /// Cost of hashing a password.
    pub password_cost: PasswordCost,
    /// Lengths of sessions.
    pub session_times: SessionTimes,
    /// How long the body of a request may take to arrive.
    pub body_deadline: Duration,
    /// How many proxies in a row stand in front, each of which adds to `X-Forwarded-For`; nobody else can reach the port.
    pub trusted_proxies: usize,
    /// Where messages come from.
    pub mail_from: MailFrom,
}

impl Settings {
    /// Settings with the product's defaults.
    #[must_use]
    pub fn new(base_url: impl Into<String>, data_dir: impl Into<PathBuf>, signing_key: Vec<u8>) -> Self {
        Self {
            base_url: base_url.into(),
            data_dir: data_dir.into(),
            signing_keys: vec![Secret::new(signing_key)],
            password_cost: PasswordCost::PRODUCT,
            session_times: SessionTimes::default(),
            body_deadline: Duration::from_secs(30),
            trusted_proxies: 0,
            mail_from: MailFrom::default(),
        }
    }

    /// True when people reach the instance by https.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// Refuses settings that would be unsafe.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub fn check(&self) -> Result<(), String> {
        if self.signing_keys.is_empty() {
            return Err("no signing key is given".to_owned());
        }
        let weak = |key: &Secret<Vec<u8>>| {
            let key = key.expose();
            key.len() < 32 || key.iter().collect::<std::collections::BTreeSet<_>>().len() < 8
        };
        if self.signing_keys.iter().any(weak) {
            return Err("a signing key needs at least 32 random bytes".to_owned());
        }
        if self.password_cost.parallel_hashes == 0 {
            return Err("at least one password must be hashed at a time".to_owned());
        }
        Ok(())
    }
}
