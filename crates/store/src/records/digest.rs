//! The digest of a row: what an outsider must compute to check the records.
//!
//! `hash = SHA-256(0x01 ‖ table ‖ (name ‖ value)*)` over the columns that are not null, sorted by name; every part is its
//! length in bytes (4 bytes, big-endian) followed by its bytes. A column that is null leaves no trace, so that a column
//! added later changes no digest. Beside the hash stands a short sum of every field, which proves nothing: it only lets a
//! check say which field differs.

use sha2::{Digest as _, Sha256};

/// The digest of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Digest {
    pub(crate) hash: [u8; 32],
    /// `name:sum` of every field, separated by blanks; the members of a JSON object count one by one.
    pub(crate) fields: String,
}

impl Digest {
    /// Of the columns with these names and values.
    pub(crate) fn of<'a>(table: &str, cells: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut hasher = Sha256::new();
        hasher.update([1]);
        part(&mut hasher, table);
        let mut fields = String::new();
        for (name, value) in cells {
            part(&mut hasher, name);
            part(&mut hasher, value);
            match members(value) {
                Some(members) => members.iter().for_each(|(member, value)| field(&mut fields, name, member, value)),
                None => field(&mut fields, name, "", value),
            }
        }
        Self { hash: hasher.finalize().into(), fields }
    }
}

fn part(hasher: &mut Sha256, text: &str) {
    hasher.update(u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes());
    hasher.update(text);
}

fn field(fields: &mut String, column: &str, member: &str, value: &str) {
    use std::fmt::Write;
    if !fields.is_empty() {
        fields.push(' ');
    }
    fields.push_str(column);
    if !member.is_empty() {
        fields.push('.');
        fields.push_str(member);
    }
    // Writing to a text cannot fail.
    let _ = write!(fields, ":{:04x}", sum(value));
}

/// FNV-1a, folded to 16 bits.
fn sum(value: &str) -> u16 {
    let hash = value.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let [a, b, c, d] = hash.to_be_bytes();
    u16::from_be_bytes([a ^ c, b ^ d])
}

/// The members of a JSON object as they are written, with plain names only; none when the text is something else.
pub(super) fn members(text: &str) -> Option<Vec<(&str, &str)>> {
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    let (mut found, mut begin, mut depth, mut quoted, mut escaped) = (Vec::new(), 0, 0_usize, false, false);
    for (at, byte) in inner.bytes().enumerate().chain([(inner.len(), b',')]) {
        match (quoted, byte) {
            _ if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => quoted = !quoted,
            (false, b'{' | b'[') => depth += 1,
            (false, b'}' | b']') => depth = depth.checked_sub(1)?,
            (false, b',') if depth == 0 => {
                found.push(member(inner.get(begin..at)?)?);
                begin = at + 1;
            }
            _ => {}
        }
    }
    (!quoted && depth == 0).then_some(found)
}

fn member(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.trim().strip_prefix('"')?.split_once('"')?;
    let plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let value = value.trim_start().strip_prefix(':')?.trim();
    plain.then_some((name, value))
}

/// The fields whose sums differ: `votes`, `state`; empty when the difference does not show.
pub(crate) fn differing(a: &str, b: &str) -> Vec<String> {
    use std::collections::BTreeMap;
    let read = |text: &str| -> BTreeMap<String, String> {
        text.split_whitespace().filter_map(|field| field.rsplit_once(':')).map(|(n, s)| (n.to_owned(), s.to_owned())).collect()
    };
    let (a, b) = (read(a), read(b));
    let mut names: Vec<String> = a.keys().chain(b.keys()).filter(|name| a.get(*name) != b.get(*name)).cloned().collect();
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(cells: &[(&'static str, &'static str)]) -> Digest {
        Digest::of("tasks", cells.iter().copied())
    }

    /// Computed with another program (Python's hashlib) from the description at the top of this file.
    #[test]
    fn agrees_with_an_independent_computation() {
        let found = digest(&[("body", r#"{"title":"培训"}"#), ("state", "open")]);
        assert_eq!(hex::encode(found.hash), "2804406ac318f517b991ef301761f9bcba27a33e2308dcb7f12875d523998884");
    }

    #[test]
    fn names_the_fields_that_differ_also_inside_a_body() {
        let a = digest(&[("body", r#"{"title":"a, \"b\"","votes":[{"by":1,"verdict":"pass"}],"due":null}"#), ("state", "open")]);
        let b = digest(&[("body", r#"{"title":"a, \"b\"","votes":[{"by":1,"verdict":"fail"}],"due":null}"#), ("state", "done")]);
        assert_ne!(a.hash, b.hash);
        assert_eq!(differing(&a.fields, &b.fields), ["body.votes", "state"]);
    }

    #[test]
    fn tells_a_value_from_its_neighbour() {
        assert_ne!(digest(&[("a", "bc")]).hash, digest(&[("ab", "c")]).hash);
    }

    #[test]
    fn takes_what_is_no_object_of_plain_members_as_one_field() {
        for text in ["{", "{}", "[1]", "{\"a\":1", "{\"a b\":1}", "{\"a\":[1}", "plain", "{\"\":1}", "{a}"] {
            assert_eq!(digest(&[("body", text)]).fields.split(' ').count(), 1, "{text}");
        }
    }
}
