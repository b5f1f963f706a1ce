//! What the operator decides; read once at start by the binary.

use crate::{
    base_url::BaseUrl,
    key_strength::weakness,
    secrets::{Secret, derive, digest},
    subjects::releases::StorageQuota,
};
use chrono::TimeDelta;
use fabu_domain::notifications::robot_reach::RobotReach;
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
    /// The address people use; decides about cookies, links in mail, and which pages are our own.
    pub base_url: BaseUrl,
    /// Where the database, the keys and what else belongs to this machine lie.
    pub data_dir: PathBuf,
    /// The folder of uploaded files, the same for every process of the instance; none: `attachments` in the data directory.
    pub attachments: Option<PathBuf>,
    /// The most room that uploaded files may take.
    pub storage_quota: StorageQuota,
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
    /// Which addresses robots may speak to beyond public ones over https.
    pub robot_reach: RobotReach,
}

impl Settings {
    /// Settings with the product's defaults.
    #[must_use]
    pub fn new(base_url: BaseUrl, data_dir: impl Into<PathBuf>, signing_key: Vec<u8>) -> Self {
        Self {
            base_url,
            data_dir: data_dir.into(),
            attachments: None,
            storage_quota: StorageQuota::default(),
            signing_keys: vec![Secret::new(signing_key)],
            password_cost: PasswordCost::PRODUCT,
            session_times: SessionTimes::default(),
            body_deadline: Duration::from_secs(30),
            trusted_proxies: 0,
            mail_from: MailFrom::default(),
            robot_reach: RobotReach::default(),
        }
    }

    /// True when people reach the instance by https.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.base_url.is_secure()
    }

    /// The folder of uploaded files.
    #[must_use]
    pub fn attachments_folder(&self) -> PathBuf {
        self.attachments.clone().unwrap_or_else(|| self.data_dir.join("attachments"))
    }

    /// Proves to an instance without people that its operator sets it up: made of the key that signs tokens, so that every
    /// process of the instance expects the same and nothing need be kept.
    #[must_use]
    pub fn set_up_token(&self) -> Option<Secret<String>> {
        self.signing_keys.first().map(|key| Secret::new(set_up_token(key)))
    }

    /// True for the token of [`Settings::set_up_token`], also when it was printed before a rotation of the keys.
    #[must_use]
    pub fn is_set_up_token(&self, given: &str) -> bool {
        // Hashes are compared, so that the time tells nothing of how much was right.
        let given = digest(given.trim().to_ascii_lowercase().as_bytes());
        self.signing_keys.iter().any(|key| digest(set_up_token(key).as_bytes()) == given)
    }

    /// Refuses settings that would be unsafe.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub fn check(&self) -> Result<(), String> {
        if self.signing_keys.is_empty() {
            return Err("no signing key is given".to_owned());
        }
        if let Some(why) = self.signing_keys.iter().find_map(|key| weakness(key.expose())) {
            return Err(format!(
                "a key that signs tokens can be guessed: {why}. Make one with `openssl rand -hex 32`, or remove the file and let \
                 the next start make one"
            ));
        }
        if self.password_cost.parallel_hashes == 0 {
            return Err("at least one password must be hashed at a time".to_owned());
        }
        Ok(())
    }
}

/// Four groups of six digits (96 bits).
fn set_up_token(key: &Secret<Vec<u8>>) -> String {
    let digits = derive(key.expose(), "set-up", &[]);
    [&digits[..6], &digits[6..12], &digits[12..18], &digits[18..24]].join("-")
}
