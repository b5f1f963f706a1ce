//! Strict query strings: an unknown parameter is refused with the list of known ones.

use crate::problem::ApiError;
use fabu_app::{AppError, Fault};
use fabu_domain::subject::refusal::Text;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use std::str::FromStr;

/// The longest value of a parameter, in characters.
const LONGEST: usize = 200;
/// The longest cursor, in bytes: it holds the key of a record.
const LONGEST_CURSOR: usize = 4000;

/// The query of an operation that takes none.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoQuery {}

/// Reads a query string. `Q` must deny unknown fields.
///
/// # Errors
/// 400 for unknown, repeated and invalid parameters.
pub fn query<Q: DeserializeOwned>(text: &str) -> Result<Q, ApiError> {
    if let Some((name, reason)) = form_urlencoded::parse(text.as_bytes()).find_map(|(name, value)| {
        let reason = unfit(&name, &value)?;
        Some((name, reason))
    }) {
        return Err(refusal(&name, reason));
    }
    let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(text.as_bytes()));
    serde_path_to_error::deserialize(pairs).map_err(|error| refusal(&error.path().to_string(), &error.inner().to_string()))
}

/// Why no parameter may have this value, whatever it means.
fn unfit(name: &str, value: &str) -> Option<&'static str> {
    if let Some(unfit) = super::values::unfit(value) {
        return Some(unfit.reason());
    }
    match value {
        _ if value.chars().any(char::is_control) => Some("no control characters"),
        _ if name != "cursor" && value.chars().count() > LONGEST => Some("at most 200 characters"),
        _ if value.len() > LONGEST_CURSOR => Some("too long"),
        _ => None,
    }
}

fn refusal(name: &str, reason: &str) -> ApiError {
    let (fault, params) = match crate::extract::body::unknown_name(reason) {
        Some((name, allowed)) => (Fault::QueryUnknown, vec![("name", Text::same(name)), ("allowed", Text::same(allowed))]),
        None if reason.starts_with("missing field") => {
            let name = reason.split('`').nth(1).unwrap_or_default();
            (Fault::QueryInvalid, vec![("name", Text::same(name)), ("reason", Text::new("缺少该参数", "it is missing"))])
        }
        None => (Fault::QueryInvalid, vec![("name", Text::same(name)), ("reason", said(reason))]),
    };
    AppError::Fault { fault, params }.into()
}

/// The reason for both readers, where it is one of the standard library's.
fn said(reason: &str) -> Text {
    match reason {
        "invalid digit found in string" | "cannot parse integer from empty string" => {
            Text::new("须为整数", "must be a whole number")
        }
        _ if reason.starts_with("number too ") => Text::new("整数超出范围", "the number is out of range"),
        _ => Text::same(reason),
    }
}

/// Reads `a,b,c` as a list: OR inside one parameter.
///
/// # Errors
/// The error of the first value that cannot be read.
pub fn commas<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr,
    T::Err: std::fmt::Display,
{
    let text = String::deserialize(deserializer)?;
    text.split(',').filter(|part| !part.is_empty()).map(|part| part.parse().map_err(serde::de::Error::custom)).collect()
}

/// Reads a value that has no reader of its own from its text.
///
/// # Errors
/// What is wrong with the text.
pub fn parsed<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr,
    T::Err: std::fmt::Display,
{
    String::deserialize(deserializer)?.parse().map(Some).map_err(serde::de::Error::custom)
}
