//! How many wrong passwords are taken, from where and for whom (RELIABILITY target 14).
//!
//! Three buckets count each attempt: those of the account from this address, of the address, and of the account from anywhere.
//! Somebody who signed in to the account from this address within the last weeks is held by the first one only, so that
//! neither a stranger elsewhere nor a colleague behind the same address can keep them out; everybody else is held by all
//! three. Somebody with a live session proves the password under a bucket of that session, which nobody else can use up.
//!
//! The buckets are in the database: they outlive the process and are the same for all. A token is taken before the password
//! is looked at and given back when it was right, so that guesses sent all at once are counted one by one.

use crate::{AppError, Cx, Fault, Rx, Settings, secrets::derive};
use chrono::{DateTime, TimeDelta, Utc};
use fabu_domain::{ids::SessionId, people::directory::Directory};
use fabu_store::{Limit, Reader};
use std::net::IpAddr;

/// An account from one address: ten at once, then one every 40 minutes, which is less than 50 a day.
const ACCOUNT_FROM_ADDRESS: Limit = Limit { burst: 10, refill: TimeDelta::minutes(40) };
/// An address: ten at once, then one a minute.
const ADDRESS: Limit = Limit { burst: 10, refill: TimeDelta::minutes(1) };
/// An account from anywhere: less than 55 a day, so that all addresses together stay below a hundred.
const ACCOUNT: Limit = Limit { burst: 20, refill: TimeDelta::minutes(45) };
/// A session: ten at once, then one every 15 minutes.
const SESSION: Limit = Limit { burst: 10, refill: TimeDelta::minutes(15) };
/// How long a sign-in from an address speaks for the next one.
const KNOWN_FOR: TimeDelta = TimeDelta::days(30);

/// The buckets that count an attempt to sign in.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    buckets: [(String, Limit); 3],
    known: String,
}

/// How the buckets stand before an attempt.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    /// Somebody signed in to the account from this address lately.
    pub(super) known: bool,
    /// The longest wait of any bucket: what a stranger is told.
    wait: Option<TimeDelta>,
    /// The wait of the account from this address.
    own_wait: Option<TimeDelta>,
}

impl Standing {
    /// Why no attempt is possible now.
    pub(super) fn refusal(&self) -> Option<AppError> {
        let held = if self.known { self.own_wait.and(self.wait) } else { self.wait };
        held.map(too_many)
    }

    /// What somebody hears whose password was wrong, when a stranger would not have been let so far.
    pub(super) fn failure(&self) -> AppError {
        self.wait.map_or_else(|| Fault::LoginFailed.into(), too_many)
    }

    /// True when the account's owner would still be let try: then a refusal must come as late as an answer to a try.
    pub(super) fn owner_could_try(&self) -> bool {
        self.own_wait.is_none()
    }
}

/// Which tokens an attempt took.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken([bool; 3]);

impl Origin {
    /// The buckets of a login, which need not exist, and an address. Keys are hashes: a login that nobody has may be a
    /// password typed into the wrong field.
    pub(super) fn new(settings: &Settings, directory: &Directory, login: &str, address: IpAddr) -> Self {
        // After a reset of the password an account is counted anew: only an administrator can bring that about.
        let version = directory.users.values().find(|user| user.login == login).map_or(0, |user| user.session_version);
        let address = network(address);
        let key = |kind: &str, text: &str| key(settings, &format!("{kind}\n{text}"));
        Self {
            buckets: [
                (key("account from address", &format!("{version}\n{address}\n{login}")), ACCOUNT_FROM_ADDRESS),
                (key("address", &address), ADDRESS),
                (key("account", &format!("{version}\n{login}")), ACCOUNT),
            ],
            known: key("known address", &format!("{address}\n{login}")),
        }
    }

    /// How the buckets stand.
    pub(super) fn standing(&self, rx: &mut Rx<'_, '_>) -> Result<Standing, AppError> {
        let now = rx.now;
        standing(self, rx.tx, now)
    }

    /// Takes a token from each bucket. Those that hold this caller must have one.
    pub(super) fn take(&self, cx: &mut Cx<'_, '_>, known: bool) -> Result<Taken, AppError> {
        let mut taken = [false; 3];
        for ((key, limit), taken) in self.buckets.iter().zip(&mut taken) {
            *taken = cx.tx.take_attempt(key, *limit, cx.now)?;
        }
        let enough = if known { taken[0] } else { taken.iter().all(|taken| *taken) };
        if enough {
            return Ok(Taken(taken));
        }
        // Somebody else took the last token since the standing was read. What was taken here is rolled back.
        let now = cx.now;
        Err(standing(self, cx.tx, now)?.wait.map_or_else(|| too_many(ADDRESS.refill), too_many))
    }

    /// The password was right: gives the tokens back, and notes that the account is known here.
    pub(super) fn succeeded(&self, cx: &mut Cx<'_, '_>, taken: Taken) -> Result<(), AppError> {
        cx.tx.forget_attempts(&self.buckets[0].0)?;
        for ((key, limit), _) in self.buckets.iter().zip(taken.0).skip(1).filter(|(_, taken)| *taken) {
            cx.tx.give_attempt_back(key, *limit)?;
        }
        Ok(cx.tx.count_until(&self.known, cx.now + KNOWN_FOR)?)
    }
}

fn standing(origin: &Origin, tx: &mut Reader<'_>, now: DateTime<Utc>) -> Result<Standing, AppError> {
    let mut keys: Vec<String> = origin.buckets.iter().map(|(key, _)| key.clone()).collect();
    keys.push(origin.known.clone());
    let found = tx.attempt_limits(&keys, now)?;
    let wait = |(key, limit): &(String, Limit)| found.get(key).and_then(|full_at| limit.wait(*full_at, now));
    Ok(Standing {
        known: found.contains_key(&origin.known),
        wait: origin.buckets.iter().filter_map(wait).max(),
        own_wait: wait(&origin.buckets[0]),
    })
}

/// Takes a token of a session whose person gives the password again.
pub(super) fn take_of_session(cx: &mut Cx<'_, '_>, session: SessionId) -> Result<(), AppError> {
    let key = of_session(cx.settings, session);
    if cx.tx.take_attempt(&key, SESSION, cx.now)? {
        return Ok(());
    }
    let full_at = cx.tx.attempt_limits(std::slice::from_ref(&key), cx.now)?.remove(&key);
    Err(too_many(full_at.and_then(|full_at| SESSION.wait(full_at, cx.now)).unwrap_or(SESSION.refill)))
}

/// The password of a session's person was right.
pub(super) fn forget_of_session(cx: &mut Cx<'_, '_>, session: SessionId) -> Result<(), AppError> {
    Ok(cx.tx.forget_attempts(&of_session(cx.settings, session))?)
}

fn of_session(settings: &Settings, session: SessionId) -> String {
    key(settings, &format!("session\n{session}"))
}

fn key(settings: &Settings, text: &str) -> String {
    let secret = settings.signing_keys.first().map_or(&[][..], |key| key.expose().as_slice());
    derive(secret, "attempt limit", text.as_bytes())
}

/// What counts as one address: a provider gives a household a whole /64 network of version 6.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

fn too_many(wait: TimeDelta) -> AppError {
    // Rounded up: a second earlier would be too early.
    let seconds = (wait + TimeDelta::milliseconds(999)).num_seconds().max(1);
    AppError::fault(Fault::TooManyAttempts, "seconds", seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_addresses_of_a_household_are_one() {
        let network = |text: &str| network(text.parse().unwrap());
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::9"));
        assert_ne!(network("2001:db8:1:2::9"), network("2001:db8:1:3::9"));
        assert_eq!(network("::ffff:192.0.2.7"), network("192.0.2.7"));
        assert_ne!(network("192.0.2.7"), network("192.0.2.8"));
    }

    #[test]
    fn an_account_takes_less_than_a_hundred_guesses_a_day_from_a_known_address_and_all_others_together() {
        let a_day = |limit: Limit| i64::from(limit.burst) + TimeDelta::days(1).num_minutes() / limit.refill.num_minutes();
        assert!(a_day(ACCOUNT_FROM_ADDRESS) + a_day(ACCOUNT) < 100);
    }
}
