//! If-Match, If-None-Match, Idempotency-Key.

use crate::problem::ApiError;
use actix_web::{HttpRequest, http::header::HeaderName};
use fabu_app::{AppError, Fault};
use fabu_domain::subject::refusal::Text;
use serde::Deserialize;
use utoipa::IntoParams;

/// The ETag of the version that the caller saw; without it 428, with an old one 412.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IfMatch {
    /// The ETag of the record as last read.
    #[serde(rename = "If-Match")]
    #[param(example = "\"v17\"", pattern = "^\"v[0-9]{1,18}\"$", required)]
    pub version: String,
}

/// The ETag that the caller has; answered with 304 when it is still current.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IfNoneMatch {
    /// The ETag that the caller has.
    #[serde(rename = "If-None-Match")]
    #[param(example = "\"v17\"")]
    pub etag: Option<String>,
}

/// Makes a repeated POST harmless: the same key gives the first answer again, with `Idempotent-Replayed: true`.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IdempotencyKey {
    /// Any text of 1 to 255 visible ASCII characters, unique per caller; kept for at least 24 hours.
    #[serde(rename = "Idempotency-Key")]
    #[param(example = "0192f3c1-7b1e-7000-8000-000000000001", min_length = 1, max_length = 255, pattern = "^[!-~]{1,255}$")]
    pub key: Option<String>,
}

/// The version in If-Match.
///
/// # Errors
/// 428 without the header, 400 when it is no ETag of ours.
pub fn if_match(request: &HttpRequest) -> Result<i64, ApiError> {
    let text = single(request, "if-match")?.ok_or(Fault::VersionRequired)?;
    let digits =
        text.strip_prefix("\"v").and_then(|rest| rest.strip_suffix('"')).filter(|d| d.bytes().all(|b| b.is_ascii_digit()));
    let version = digits.and_then(|digits| digits.parse().ok());
    version.ok_or_else(|| invalid("If-Match", "give one ETag such as \"v17\""))
}

/// The number in Last-Event-ID, where a stream is to go on.
///
/// # Errors
/// 400 when it is no number of an event.
pub fn last_event_id(request: &HttpRequest) -> Result<Option<i64>, ApiError> {
    let Some(text) = single(request, "last-event-id")? else { return Ok(None) };
    let number = text.parse().ok().filter(|number| *number >= 0);
    number.map(Some).ok_or_else(|| invalid("Last-Event-ID", "the id of an event"))
}

/// The Idempotency-Key.
///
/// # Errors
/// 400 when it is empty, too long, given twice or holds other characters than visible ASCII.
pub fn idempotency_key(request: &HttpRequest) -> Result<Option<String>, ApiError> {
    let Some(key) = single(request, "idempotency-key")? else { return Ok(None) };
    if key.is_empty() || key.len() > 255 || !key.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(invalid("Idempotency-Key", "1 to 255 visible ASCII characters"));
    }
    Ok(Some(key))
}

fn single(request: &HttpRequest, name: &'static str) -> Result<Option<String>, ApiError> {
    let mut values = request.headers().get_all(HeaderName::from_static(name));
    let first = values.next();
    if values.next().is_some() {
        return Err(invalid(name, "given twice"));
    }
    let text = first.map(|value| value.to_str().map(|text| text.trim().to_owned()));
    text.transpose().map_err(|_| invalid(name, "visible ASCII characters only"))
}

fn invalid(name: &'static str, reason: &'static str) -> ApiError {
    AppError::Fault { fault: Fault::HeaderInvalid, params: vec![("name", Text::same(name)), ("reason", Text::same(reason))] }
        .into()
}
