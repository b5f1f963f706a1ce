//! Around every request: its address, id and language, security headers, problems in the reader's language, one log line, and no
//! panic that reaches the connection.

use crate::{
    base_path, language,
    limits::Connection,
    problem::{ApiError, Problem, of_fault},
};
use actix_web::{
    Error, HttpMessage, HttpResponse, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        ConnectionType, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
};
use fabu_app::{App, AppError, Fault};
use fabu_domain::language::Language;
use futures::FutureExt;
use std::{cell::Cell, panic::AssertUnwindSafe, rc::Rc, time::Instant};

/// What is known about a request before anything else.
#[derive(Debug, Clone)]
pub struct RequestInfo {
    /// In the log, in events, in problems and in the answer's `X-Request-Id`.
    pub id: String,
    /// The path.
    pub path: String,
    /// From Accept-Language.
    pub accepted: Option<Language>,
    /// From the access token, once it has been read.
    preferred: Rc<Cell<Option<Language>>>,
}

impl RequestInfo {
    fn of(request: &ServiceRequest) -> Self {
        let given = request.headers().get("X-Request-Id").and_then(|id| id.to_str().ok()).filter(|id| is_sane(id));
        let made = || request.app_data::<actix_web::web::Data<App>>().map_or_else(String::new, |app| app.ids.next().to_string());
        Self {
            id: given.map_or_else(made, str::to_owned),
            path: request.path().to_owned(),
            accepted: language::accepted(request.headers()),
            preferred: Rc::default(),
        }
    }

    /// The language of the answer: Accept-Language, else the person's own, else Chinese.
    #[must_use]
    pub fn language(&self) -> Language {
        self.accepted.or(self.preferred.get()).unwrap_or(Language::Chinese)
    }

    /// Notes the person's own language.
    pub(crate) fn prefer(&self, language: Language) {
        self.preferred.set(Some(language));
    }

    fn problem(&self, fault: Fault) -> Problem {
        of_fault(fault, &Vec::new(), self.language(), &self.id, &self.path)
    }
}

fn is_sane(id: &str) -> bool {
    (8..=128).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:/=+".contains(&b))
}

/// The middleware.
///
/// # Errors
/// Only for a request whose handler panicked; the error is a complete problem.
pub async fn envelope<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    base_path::remove(&mut request);
    let (info, started) = (RequestInfo::of(&request), Instant::now());
    let method = request.method().clone();
    request.extensions_mut().insert(info.clone());
    if let Some(refusal) = request.request().conn_data::<Connection>().and_then(Connection::refusal) {
        return Ok(refuse_connection(request, refusal, &info));
    }
    let result = AssertUnwindSafe(next.call(request)).catch_unwind().await;
    let mut response = match result {
        Ok(Ok(response)) => as_problem(response, &info),
        Ok(Err(error)) => {
            tracing::error!(request.id = %info.id, request.path = %info.path, error = %error, "a request was not handled");
            return Err(Unhandled { status: error.as_response_error().status_code(), info }.into());
        }
        Err(_) => {
            tracing::error!(request.id = %info.id, request.path = %info.path, "a handler panicked");
            return Err(Unhandled { status: StatusCode::INTERNAL_SERVER_ERROR, info }.into());
        }
    };
    tracing::debug!(
        request.id = %info.id, request.method = %method, request.path = %info.path,
        response.status = response.status().as_u16(), duration.ms = started.elapsed().as_millis(), "request"
    );
    put_headers(response.headers_mut(), &info);
    Ok(response)
}

/// Answers on a connection that is one too many, and closes it.
fn refuse_connection(request: ServiceRequest, refusal: AppError, info: &RequestInfo) -> ServiceResponse<BoxBody> {
    let error = ApiError::from(refusal);
    let mut answer = error.problem(info.language(), &info.id, &info.path).response(error.retry_after());
    answer.head_mut().set_connection_type(ConnectionType::Close);
    put_headers(answer.headers_mut(), info);
    request.into_response(answer)
}

/// Turns every error answer into a problem in the reader's language.
fn as_problem<B: MessageBody + 'static>(response: ServiceResponse<B>, info: &RequestInfo) -> ServiceResponse<BoxBody> {
    let status = response.status();
    if let Some(error) = response.response().error().and_then(|error| error.as_error::<ApiError>()) {
        if error.is_internal() {
            tracing::error!(request.id = %info.id, request.path = %info.path, error = %error, "a request failed");
        }
        let answer = error.problem(info.language(), &info.id, &info.path).response(error.retry_after());
        return response.into_response(answer);
    }
    let is_problem =
        response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/problem+json"));
    // What the health of the process answers says itself what is wrong.
    let is_health = status == StatusCode::SERVICE_UNAVAILABLE && matches!(response.request().path(), "/readyz" | "/workerz");
    let is_error = (status.is_client_error() || status.is_server_error()) && !is_health;
    if !is_error || is_problem {
        return response.map_into_boxed_body();
    }
    let allow = response.headers().get("Allow").cloned();
    let mut answer = info.problem(of_status(status)).response(None);
    if let Some(allow) = allow {
        answer.headers_mut().insert(HeaderName::from_static("allow"), allow);
    }
    response.into_response(answer)
}

fn of_status(status: StatusCode) -> Fault {
    match status.as_u16() {
        401 => Fault::TokenInvalid,
        403 => Fault::Forbidden,
        404 => Fault::NotFound,
        405 => Fault::MethodNotAllowed,
        408 => Fault::RequestTimeout,
        409 => Fault::Conflict,
        413 => Fault::BodyTooLarge,
        415 => Fault::MediaType,
        503 => Fault::Unavailable,
        400..=499 => Fault::RequestInvalid,
        _ => Fault::Internal,
    }
}

const API_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";
/// The documentation page styles itself inline; scripts come from our own address only.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                           font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const HEADERS: [(&str, &str); 6] = [
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

fn put_headers(headers: &mut HeaderMap, info: &RequestInfo) {
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    let docs = info.path.starts_with("/api/docs");
    let policy = HeaderName::from_static("content-security-policy");
    if !headers.contains_key(&policy) {
        headers.insert(policy, HeaderValue::from_static(if docs { DOCS_POLICY } else { API_POLICY }));
    }
    if !docs && !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Ok(id) = HeaderValue::from_str(&info.id) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
}

/// A request whose handler gave no answer.
#[derive(Debug)]
struct Unhandled {
    status: StatusCode,
    info: RequestInfo,
}

impl std::fmt::Display for Unhandled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "no answer for {}", self.info.path)
    }
}

impl ResponseError for Unhandled {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = self.info.problem(of_status(self.status)).response(None);
        put_headers(response.headers_mut(), &self.info);
        response
    }
}
