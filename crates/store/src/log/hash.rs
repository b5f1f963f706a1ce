//! The hash of a seal: what an outsider must compute to check the log.
//!
//! `hash = SHA-256(0x00 ‖ prev_hash ‖ fields)`. Each field is its length in bytes (4 bytes, big-endian) followed by its
//! bytes; an absent field is the length `FF FF FF FF` alone. The fields, in order: `seq`, `id`, `kind`, `version`,
//! `subject`, `release_id`, `release_version`, `actor`, `on_behalf_of`, `request_id`, `occurred_at`, `recorded_at`
//! (both as microseconds since 1970), `payload`. Numbers are decimal text, ids lower-case text with hyphens, and the
//! payload is its canonical JSON: keys sorted by their bytes, no white space. When digests of records stand beside the entry,
//! their SHA-256 (hexadecimal) follows as one more field. The first seal follows 32 zero bytes.

use fabu_domain::subject::log::LogEntry;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A SHA-256 hash; shown as lower-case hexadecimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// What the first seal follows.
    pub const ZERO: Self = Self([0; 32]);

    /// The hash of the seal number `seq` of `entry`, beside which `records` (a SHA-256) stands, after `previous`.
    #[must_use]
    pub fn of(seq: i64, previous: Self, entry: &LogEntry, records: Option<&str>) -> Self {
        let mut hasher = Fields(Sha256::new());
        hasher.0.update([0]);
        hasher.0.update(previous.0);
        hasher.text(&seq.to_string());
        hasher.text(&entry.id.to_string());
        hasher.text(&entry.kind);
        hasher.text(&entry.version.to_string());
        hasher.text(&entry.subject);
        hasher.optional(entry.release_id.map(|id| id.to_string()));
        hasher.optional(entry.release_version.map(|version| version.to_string()));
        hasher.optional(entry.actor.map(|id| id.to_string()));
        hasher.optional(entry.on_behalf_of.map(|id| id.to_string()));
        hasher.text(&entry.request_id);
        hasher.text(&entry.occurred_at.timestamp_micros().to_string());
        hasher.text(&entry.recorded_at.timestamp_micros().to_string());
        hasher.text(&canonical(&entry.payload));
        if let Some(records) = records {
            hasher.text(records);
        }
        Self(hasher.0.finalize().into())
    }
}

impl std::fmt::Display for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl std::str::FromStr for Hash {
    type Err = hex::FromHexError;
    fn from_str(text: &str) -> Result<Self, hex::FromHexError> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes)?;
        Ok(Self(bytes))
    }
}

struct Fields(Sha256);

impl Fields {
    fn text(&mut self, text: &str) {
        self.0.update(u32::try_from(text.len()).unwrap_or(u32::MAX - 1).to_be_bytes());
        self.0.update(text);
    }

    fn optional(&mut self, text: Option<String>) {
        match text {
            Some(text) => self.text(&text),
            None => self.0.update(u32::MAX.to_be_bytes()),
        }
    }
}

/// JSON with sorted keys and no white space.
fn canonical(value: &Value) -> String {
    let mut out = String::new();
    write_canonical(value, &mut out);
    out
}

fn write_canonical(value: &Value, out: &mut String) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (n, item) in items.iter().enumerate() {
                if n > 0 {
                    out.push(',');
                }
                write_canonical(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|a, b| a.0.cmp(b.0));
            out.push('{');
            for (n, (key, member)) in members.into_iter().enumerate() {
                if n > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write_canonical(member, out);
            }
            out.push('}');
        }
        plain => out.push_str(&plain.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use serde_json::json;

    fn entry() -> LogEntry {
        LogEntry {
            id: "0193a8c0-0000-7000-8000-000000000001".parse().unwrap(),
            kind: "change.registered".into(),
            version: 1,
            subject: "changes/CHG-1".into(),
            release_id: None,
            release_version: None,
            actor: Some("0193a8c0-0000-7000-8000-000000000002".parse().unwrap()),
            on_behalf_of: None,
            request_id: "r1".into(),
            occurred_at: DateTime::from_timestamp_micros(1_700_000_000_000_001).unwrap(),
            recorded_at: DateTime::from_timestamp_micros(1_700_000_000_000_002).unwrap(),
            payload: json!({"b": [1, "二"], "a": null}),
        }
    }

    /// Computed with another program (Python's hashlib) from the description at the top of this file.
    #[test]
    fn agrees_with_an_independent_computation() {
        assert_eq!(
            Hash::of(1, Hash::ZERO, &entry(), None).to_string(),
            "3d6608b9934693eceda614c925e71af83f14babf813378a364a3a08a7cdf7b90"
        );
    }

    #[test]
    fn does_not_depend_on_the_order_of_keys() {
        let mut other = entry();
        other.payload = serde_json::from_str(r#"{ "a": null, "b": [1, "二"] }"#).unwrap();
        assert_eq!(Hash::of(7, Hash::ZERO, &entry(), None), Hash::of(7, Hash::ZERO, &other, None));
    }

    #[test]
    fn tells_an_absent_field_from_its_neighbour() {
        let (mut a, mut b) = (entry(), entry());
        (a.actor, a.on_behalf_of) = (None, entry().actor);
        (b.actor, b.on_behalf_of) = (entry().actor, None);
        assert_ne!(Hash::of(1, Hash::ZERO, &a, None), Hash::of(1, Hash::ZERO, &b, None));
    }
}
