//! Entity tags (RFC 9110, 8.8.3): the version of a record, the content of a file.

use actix_web::http::header::{EntityTag, HeaderMap, IF_NONE_MATCH, from_comma_delimited};

/// The strong tag of a version, as headers and views write it: `"v17"`.
#[must_use]
pub fn of_version(version: i64) -> String {
    EntityTag::new_strong(format!("v{version}")).to_string()
}

/// True when the caller says in If-None-Match that it has what this tag names, in whatever strength, or anything at all
/// (RFC 9110, 13.1.2).
pub(crate) fn is_held(headers: &HeaderMap, tag: &str) -> bool {
    let Ok(tag) = tag.parse::<EntityTag>() else { return false };
    let is_any = headers.get_all(IF_NONE_MATCH).any(|value| value.as_bytes().trim_ascii() == b"*");
    let named = from_comma_delimited::<_, EntityTag>(headers.get_all(IF_NONE_MATCH)).unwrap_or_default();
    is_any || named.iter().any(|held| held.weak_eq(&tag))
}
