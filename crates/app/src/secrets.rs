//! The one place where secret random bytes are made, and where secrets are kept from logs.

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use rand::Rng;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
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

/// What a secret is sealed for: another place cannot open it. The first key seals, each opens (two during a rotation).
#[derive(Debug, Clone, Copy)]
pub struct Encryption<'a> {
    /// The keys of the installation.
    pub keys: &'a [Secret<Vec<u8>>],
    /// The thing that the secret belongs to: `robots/<id>`.
    pub place: &'a str,
}

impl Encryption<'_> {
    /// Encrypts a text (ChaCha20-Poly1305), for the database.
    ///
    /// # Errors
    /// When there is no key.
    pub fn seal(&self, text: &str) -> Result<String, String> {
        let key = self.keys.first().and_then(encryption_key).ok_or("there is no key to seal with")?;
        let mut nonce = [0; NONCE_LEN];
        nonce.copy_from_slice(&random_bytes()[..NONCE_LEN]);
        let mut bytes = text.as_bytes().to_vec();
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(self.place), &mut bytes)
            .map_err(|_| "the text is too long to seal")?;
        Ok(STANDARD_NO_PAD.encode([nonce.as_slice(), &bytes].concat()))
    }

    /// The text; none when it was sealed with another key or for another place, or changed since.
    #[must_use]
    pub fn open(&self, sealed: &str) -> Option<Secret<String>> {
        let bytes = STANDARD_NO_PAD.decode(sealed).ok()?;
        let (nonce, bytes) = bytes.split_at_checked(NONCE_LEN)?;
        self.keys.iter().filter_map(encryption_key).find_map(|key| {
            let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
            let mut bytes = bytes.to_vec();
            let text = key.open_in_place(nonce, Aad::from(self.place), &mut bytes).ok()?;
            String::from_utf8(text.to_vec()).ok().map(Secret::new)
        })
    }
}

fn encryption_key(key: &Secret<Vec<u8>>) -> Option<LessSafeKey> {
    let derived = hex::decode(derive(key.expose(), "seal", &[])).ok()?;
    UnboundKey::new(&CHACHA20_POLY1305, &derived).ok().map(LessSafeKey::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_at_its_place_with_its_key_only() {
        let (old, new) = (Secret::new(vec![7; 32]), Secret::new(vec![9; 32]));
        let seal = |keys, place| Encryption { keys, place };
        let sealed = seal(std::slice::from_ref(&old), "robots/1").seal("SECtest000").unwrap();
        assert!(!sealed.contains("SEC") && sealed != seal(std::slice::from_ref(&old), "robots/1").seal("SECtest000").unwrap());
        let rotated = [new.clone(), old.clone()];
        let opened = seal(&rotated, "robots/1").open(&sealed).unwrap();
        assert_eq!(opened.expose(), "SECtest000");
        assert_eq!(seal(&rotated, "robots/2").open(&sealed), None);
        assert_eq!(seal(std::slice::from_ref(&new), "robots/1").open(&sealed), None);
        for broken in ["", "AAAA", &sealed[..sealed.len() - 2]] {
            assert_eq!(seal(&rotated, "robots/1").open(broken), None, "{broken}");
        }
    }
}
