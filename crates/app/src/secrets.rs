//! The one place where secret random bytes are made, and where secrets are kept from logs.

use rand::Rng;
use sha2::{Digest, Sha256};

/// A secret value: shows nothing when printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// Wraps a secret.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, for the one place that needs it.
    pub const fn expose(&self) -> &T {
        &self.0
    }
}

impl<T> std::fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// 32 bytes from the operating system's random source.
#[must_use]
pub fn random_bytes() -> [u8; 32] {
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

/// A password to be used once: 20 characters of an alphabet without look-alikes (98 bits).
#[must_use]
pub fn one_time_password() -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz123456789";
    let text: String = random_bytes().iter().take(20).map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
    [&text[..5], &text[5..10], &text[10..15], &text[15..]].join("-")
}

/// SHA-256: how tokens are kept.
#[must_use]
pub fn digest(data: &[u8]) -> [u8; 32] {
    Sha256::digest(data).into()
}

/// A keyed, one-way derivation: the same key, purpose and data always give the same 64 hexadecimal digits.
#[must_use]
pub fn derive(key: &[u8], purpose: &str, data: &[u8]) -> String {
    let inner = Sha256::new().chain_update(key).chain_update(purpose.as_bytes()).chain_update([0]).chain_update(data).finalize();
    hex::encode(Sha256::new().chain_update(key).chain_update(inner).finalize())
}
