//! Addresses of pages that are made of data: a number of a ledger may hold `/`, `#`, `?`, `%` and spaces.

use std::fmt::Write;

/// The text as one segment of a path (RFC 3986): everything but letters, digits and `-._~` is percent-encoded.
#[must_use]
pub fn segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            // Writing to a string cannot fail.
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

/// The page of a release, and its address below the API.
#[must_use]
pub fn release(number: &str) -> String {
    format!("/releases/{}", segment(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stays_one_segment() {
        assert_eq!(release("REL-2026-0007"), "/releases/REL-2026-0007");
        assert_eq!(release("HIST-No/7 a#b?c%.d"), "/releases/HIST-No%2F7%20a%23b%3Fc%25.d");
        assert_eq!(segment("发布"), "%E5%8F%91%E5%B8%83");
    }
}
