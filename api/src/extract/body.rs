//! Strict JSON bodies: media type, size, depth, time, unknown and repeated fields (RELIABILITY F11, target 20).

use super::values::{escaped, first_unfit};
use crate::{
    extract::{NoBody, app, limits},
    limits::Body,
    problem::ApiError,
};
use actix_web::{
    HttpRequest,
    dev::Payload,
    http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE},
};
use fabu_app::{AppError, Fault, FieldError, secrets::digest};
use fabu_domain::{ids::UserId, text::TextError};
use futures::{StreamExt, future::LocalBoxFuture};
use serde::de::DeserializeOwned;
use serde_json::error::Category;

/// The largest JSON body of somebody who has signed in, in bytes.
const LIMIT: usize = 2 * 1024 * 1024;
/// The largest body of anybody else, and of an operation that takes none.
const SMALL: usize = 8 * 1024;
/// Memory for a body before any of it has arrived: what is announced need not come.
const BEGINNING: usize = 16 * 1024;

/// Something that can be read from a request body.
pub trait FromBody: Sized {
    /// Reads it, and gives the SHA-256 of the bytes. `account` is whoever sends it, if that is known.
    fn from_body(
        request: HttpRequest,
        payload: Payload,
        account: Option<UserId>,
    ) -> LocalBoxFuture<'static, Result<(Self, [u8; 32]), ApiError>>;
}

impl FromBody for NoBody {
    fn from_body(
        request: HttpRequest,
        payload: Payload,
        account: Option<UserId>,
    ) -> LocalBoxFuture<'static, Result<(Self, [u8; 32]), ApiError>> {
        Box::pin(async move {
            let (bytes, _held) = bytes(&request, payload, account, SMALL).await?;
            if !matches!(bytes.trim_ascii(), b"" | b"{}") {
                return Err(AppError::fault(Fault::BodyMalformed, "reason", "this operation takes no body").into());
            }
            Ok((Self, digest(b"")))
        })
    }
}

impl<B: DeserializeOwned> FromBody for B {
    fn from_body(
        request: HttpRequest,
        payload: Payload,
        account: Option<UserId>,
    ) -> LocalBoxFuture<'static, Result<(Self, [u8; 32]), ApiError>> {
        Box::pin(async move {
            media_type(&request)?;
            let limit = if account.is_some() { LIMIT } else { SMALL };
            let (bytes, _held) = bytes(&request, payload, account, limit).await?;
            Ok((json(&bytes)?, digest(&bytes)))
        })
    }
}

fn media_type(request: &HttpRequest) -> Result<(), ApiError> {
    let text = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = text.split(';').map(|part| part.trim().to_ascii_lowercase());
    let json = parts.next().is_some_and(|kind| kind == "application/json");
    let utf8 = parts.all(|part| !part.starts_with("charset=") || part == "charset=utf-8" || part == "charset=\"utf-8\"");
    let plain = request.headers().get(CONTENT_ENCODING).is_none_or(|coding| coding.as_bytes().eq_ignore_ascii_case(b"identity"));
    if json && utf8 && plain { Ok(()) } else { Err(Fault::MediaType.into()) }
}

pub(super) async fn bytes(
    request: &HttpRequest,
    mut payload: Payload,
    account: Option<UserId>,
    limit: usize,
) -> Result<(Vec<u8>, Body), ApiError> {
    let announced =
        request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()).and_then(|text| text.parse().ok());
    if announced.is_some_and(|length: usize| length > limit) {
        return Err(too_large(limit));
    }
    let mut held = limits(request)?.body(account);
    let reading = async {
        let mut bytes = Vec::with_capacity(announced.unwrap_or(0).min(BEGINNING));
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_| Fault::BodyIncomplete)?;
            if bytes.len() + chunk.len() > limit {
                return Err(too_large(limit));
            }
            held.grow(chunk.len())?;
            bytes.extend_from_slice(&chunk);
        }
        Ok((bytes, held))
    };
    tokio::time::timeout(app(request)?.settings.body_deadline, reading).await.map_err(|_| Fault::RequestTimeout)?
}

fn too_large(limit: usize) -> ApiError {
    AppError::fault(Fault::BodyTooLarge, "limit", limit).into()
}

fn json<B: DeserializeOwned>(bytes: &[u8]) -> Result<B, ApiError> {
    // The reader would take a list for an object, field by field.
    if bytes.trim_ascii_start().first() == Some(&b'[') {
        return Err(AppError::from(field(String::new(), "invalid type: sequence, expected an object")).into());
    }
    let mut input = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut input).map_err(|error| {
        let pointer = pointer(error.path());
        refusal(pointer, &error.into_inner())
    })?;
    input.end().map_err(|error| refusal(String::new(), &error))?;
    first_unfit(bytes).map_or(Ok(value), |error| Err(AppError::from(error).into()))
}

/// Reads a value that lies at `at` in a body that was read before.
///
/// # Errors
/// [`AppError::Invalid`] with the place of the first field that does not exist or has the wrong type.
pub fn typed<T: DeserializeOwned>(value: serde_json::Value, at: &str) -> Result<T, AppError> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let place = format!("{at}{}", pointer(error.path()));
        field(place, &error.into_inner().to_string()).into()
    })
}

fn refusal(pointer: String, error: &serde_json::Error) -> ApiError {
    let text = error.to_string();
    let reason = text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason);
    match error.classify() {
        Category::Data => AppError::from(field(pointer, reason)).into(),
        Category::Io | Category::Syntax | Category::Eof => AppError::fault(Fault::BodyMalformed, "reason", text).into(),
    }
}

/// Tells the reasons of the JSON reader apart, by the fixed words of serde and of `fabu_domain::text`.
fn field(pointer: String, reason: &str) -> FieldError {
    let named = |fault| {
        let name = escaped(reason.split('`').nth(1).unwrap_or_default());
        let pointer = if pointer.ends_with(&format!("/{name}")) { pointer.clone() } else { format!("{pointer}/{name}") };
        FieldError::new(pointer, fault)
    };
    let fault = match reason {
        _ if reason.starts_with("unknown field") => return named(Fault::FieldUnknown),
        _ if reason.starts_with("missing field") => return named(Fault::FieldMissing),
        _ if reason.starts_with("duplicate field") => return named(Fault::FieldDuplicate),
        _ if reason.starts_with("invalid type") => Fault::FieldType,
        _ if reason.starts_with("must not be empty") => Fault::FieldEmpty,
        _ if reason.starts_with("must have at most") => {
            return FieldError::new(pointer, Fault::FieldTooLong).because(too_long(reason), reason);
        }
        _ if reason.starts_with("must not contain control") => Fault::FieldControl,
        _ => Fault::FieldInvalid,
    };
    FieldError::new(pointer, fault).because(in_chinese(reason), reason)
}

/// "must have at most 200 characters, has 201" for Chinese readers.
fn too_long(reason: &str) -> String {
    let mut numbers = reason.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok());
    match (numbers.next(), numbers.next()) {
        (Some(max), Some(actual)) => TextError::TooLong { max, actual }.zh(),
        _ => reason.to_owned(),
    }
}

/// Words of the JSON reader and what they are called in Chinese; longer ones first.
const JSON_WORDS: [(&str, &str); 16] = [
    ("floating point", "小数"),
    ("a formatted date string", "日期"),
    ("RFC 3339 formatted date string", "日期和时间"),
    ("an RFC 3339 formatted date and time string", "日期和时间"),
    ("a formatted UUID string", "UUID"),
    ("a sequence", "列表"),
    ("sequence", "列表"),
    ("a string", "文本"),
    ("string", "文本"),
    ("a boolean", "true 或 false"),
    ("boolean", "布尔值"),
    ("a map", "对象"),
    ("map", "对象"),
    ("an object", "对象"),
    ("integer", "整数"),
    ("null", "空值"),
];

/// "invalid type: X, expected Y" for Chinese readers; every other reason as it is.
fn in_chinese(reason: &str) -> String {
    let Some((found, expected)) = reason.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected ")) else {
        return reason.to_owned();
    };
    let named = |text: &str| {
        let known = JSON_WORDS.iter().find_map(|(en, zh)| text.strip_prefix(en).map(|rest| [zh, rest].concat()));
        known.unwrap_or_else(|| text.to_owned())
    };
    format!("应为{}，实际为{}", named(expected), named(found))
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(format!("/{index}")),
            Segment::Map { key } => Some(format!("/{}", escaped(key))),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect()
}

/// The name and the list in serde's ``unknown field `x`, expected one of `a`, `b` ``.
pub(super) fn unknown_name(reason: &str) -> Option<(String, String)> {
    let rest = reason.strip_prefix("unknown field `")?;
    let (name, rest) = rest.split_once('`')?;
    let allowed: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
    Some((name.to_owned(), if allowed.is_empty() { "-".to_owned() } else { allowed.join(", ") }))
}
