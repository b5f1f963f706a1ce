//! The bytes that a fingerprint is made of, so that an outsider can make it again with standard tools.
//!
//! A content is written as JSON in UTF-8 with the keys of every object sorted by code point, no white space outside
//! strings, and in strings only the escapes JSON demands. Numbers are whole. This is RFC 8785 for such contents, and
//! the same as `jq -cjS . content.json | sha256sum`, or in Python
//! `json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()`.
//!
//! The fingerprint of a section is that of the object that holds just the section's fields.

use serde_json::Value;
use sha2::{Digest, Sha256};

/// The canonical bytes of a value.
#[must_use]
pub fn canonical_bytes(value: &Value) -> Vec<u8> {
    let mut text = String::new();
    write(value, &mut text);
    text.into_bytes()
}

/// The SHA-256 of the canonical bytes, in lower-case hex.
#[must_use]
pub fn fingerprint(value: &Value) -> String {
    hex::encode(Sha256::digest(canonical_bytes(value)))
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            // The map may keep the order of insertion, depending on features of other crates.
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_unstable_by_key(|(key, _)| *key);
            list(out, ['{', '}'], entries.into_iter(), |(key, item), out| {
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write(item, out);
            });
        }
        Value::Array(items) => list(out, ['[', ']'], items.iter(), write),
        scalar => out.push_str(&scalar.to_string()),
    }
}

fn list<T>(out: &mut String, brackets: [char; 2], items: impl Iterator<Item = T>, mut one: impl FnMut(T, &mut String)) {
    out.push(brackets[0]);
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push(',');
        }
        one(item, out);
    }
    out.push(brackets[1]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn sorts_keys_at_every_depth_and_keeps_chinese_unescaped() {
        let value = json!({"b": [1, {"z": null, "a": true}], "a": "发布\n\"x\"", "B": {}});
        assert_eq!(
            String::from_utf8(canonical_bytes(&value)).unwrap(),
            r#"{"B":{},"a":"发布\n\"x\"","b":[1,{"a":true,"z":null}]}"#
        );
    }

    #[test]
    fn gives_the_fingerprint_that_standard_tools_give() {
        // printf '{"a":"发布","b":1}' | sha256sum
        assert_eq!(
            fingerprint(&json!({"b": 1, "a": "发布"})),
            "73e9b8f909bdbc55ad9aa84f524eddd1b3c8a9e231095f228f4bef96c58ce5e9"
        );
    }
}
