//! Whether a key that signs tokens is random: one copied from an example opens every door.

use crate::secrets::digest;
use std::collections::BTreeSet;

/// The shortest key, in bytes.
const SHORTEST: usize = 32;
/// So many bytes of a key must differ. Of 32 random ones fewer do with a probability below one in a billion.
const DIFFERENT: usize = 18;
/// Words whose hash stands in guides and answers as "a random key".
const WORDS: [&str; 10] = ["", "a", "abc", "test", "secret", "password", "changeme", "change-me", "fabu", "hello world"];

/// What is wrong with a key; nothing when it may be random.
#[must_use]
pub fn weakness(key: &[u8]) -> Option<&'static str> {
    let different = |values: &mut dyn Iterator<Item = u8>| values.collect::<BTreeSet<u8>>().len();
    let halves = key.split_at(key.len() / 2);
    if key.len() < SHORTEST {
        Some("it is shorter than 32 bytes (64 hexadecimal digits)")
    } else if key.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ') {
        Some("it is a text, not random bytes")
    } else if different(&mut key.iter().copied()) < DIFFERENT || halves.0 == halves.1 {
        Some("its bytes repeat")
    } else if different(&mut key.windows(2).map(|pair| pair[1].wrapping_sub(pair[0]))) < DIFFERENT / 2 {
        Some("its bytes follow a rule")
    } else if WORDS.iter().any(|word| key == digest(word.as_bytes())) {
        Some("it is the hash of a word that everybody tries")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::random_bytes;

    /// Keys that are short, copied from an example or made by hand are refused.
    #[test]
    fn refuses_keys_that_somebody_could_guess() {
        let rising: Vec<u8> = (0..32).collect();
        let stepping: Vec<u8> = (0..32u8).map(|n| n.wrapping_mul(37).wrapping_add(11)).collect();
        let twice = [random_bytes(), [0; 32]].concat()[..16].repeat(2);
        let known = hex::decode("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855").unwrap();
        for (key, what) in [
            (vec![0; 32], "zeros"),
            (vec![0xab; 64], "one byte"),
            (b"0123456789abcdef0123456789abcdef".to_vec(), "digits as text"),
            (b"please-change-this-secret-key-now".to_vec(), "a sentence"),
            (hex::decode("deadbeef".repeat(8)).unwrap(), "dead beef"),
            (hex::decode("0123456789abcdef".repeat(4)).unwrap(), "all digits"),
            (rising, "counting"),
            (stepping, "counting in steps"),
            (twice, "the same twice"),
            (known, "the hash of nothing"),
            (random_bytes()[..31].to_vec(), "short"),
        ] {
            assert!(weakness(&key).is_some(), "{what}");
        }
    }

    #[test]
    fn takes_random_keys() {
        for _ in 0..1000 {
            assert_eq!(weakness(&random_bytes()), None);
        }
        assert_eq!(weakness(&[random_bytes(), random_bytes()].concat()), None);
    }
}
