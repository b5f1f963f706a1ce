//! What a handler answers: built inside the transaction, so that a replay gives the same bytes.

use crate::{base_path, etag, problem::ApiError};
use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, cookie::Cookie, http::StatusCode};
use fabu_app::{AppError, once::Kept};
use serde::{Serialize, de::DeserializeOwned};

/// The result of every handler.
pub type Answer = Result<Reply, ApiError>;

/// An answer: status, JSON body and the few headers that a resource has.
#[derive(Debug, Clone)]
pub struct Reply {
    /// What an idempotent replay repeats.
    pub kept: Kept,
    /// The body, when it differs from the kept one (a secret is shown once and never kept).
    shown_once: Option<String>,
    /// Cookies to set.
    cookies: Vec<Cookie<'static>>,
    /// True for the replay of an earlier answer.
    replayed: bool,
    link: Option<String>,
    /// True when the ETag is for If-Match alone.
    live: bool,
}

impl Reply {
    /// 200 with a body.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the body cannot be written as JSON.
    pub fn ok(body: &impl Serialize) -> Result<Self, AppError> {
        Self::with_status(200, body)
    }

    /// 201 with a body and the address of what was made, below `/api/v1/`.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the body cannot be written as JSON.
    pub fn created(location: impl std::fmt::Display, body: &impl Serialize) -> Result<Self, AppError> {
        let mut reply = Self::with_status(201, body)?;
        reply.kept.location = Some(format!("/api/v1/{location}"));
        Ok(reply)
    }

    /// 204 without a body.
    #[must_use]
    pub fn no_content() -> Self {
        Self::from(Kept { status: 204, etag: None, location: None, body: String::new() })
    }

    fn with_status(status: u16, body: &impl Serialize) -> Result<Self, AppError> {
        let body = json(body)?;
        Ok(Self::from(Kept { status, etag: None, location: None, body }))
    }

    /// The body, as it is kept.
    ///
    /// # Errors
    /// [`AppError::Internal`] when it is of another shape.
    pub fn body<T: DeserializeOwned>(&self) -> Result<T, AppError> {
        serde_json::from_str(&self.kept.body).map_err(|error| AppError::Internal(format!("answer: {error}")))
    }

    /// Adds the ETag of a version.
    #[must_use]
    pub fn version(mut self, version: i64) -> Self {
        self.kept.etag = Some(etag::of_version(version));
        self
    }

    /// Always answers in full: the view also depends on the reader and the time, of which the version tells nothing.
    #[must_use]
    pub fn live(mut self) -> Self {
        self.live = true;
        self
    }

    /// Shows `body` now; a replay gives the body without the secret.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the body cannot be written as JSON.
    pub fn showing_once(mut self, body: &impl Serialize) -> Result<Self, AppError> {
        self.shown_once = Some(json(body)?);
        Ok(self)
    }

    /// Sets a cookie.
    #[must_use]
    pub fn cookie(mut self, cookie: Cookie<'static>) -> Self {
        self.cookies.push(cookie);
        self
    }

    /// Marks the replay of an earlier answer.
    #[must_use]
    pub(crate) fn replayed(kept: Kept) -> Self {
        Self { replayed: true, ..Self::from(kept) }
    }

    /// Links to the next page (RFC 8288): its path with query.
    #[must_use]
    pub(crate) fn linking(mut self, link: Option<String>) -> Self {
        self.link = link;
        self
    }

    /// True when a reader has this answer already.
    fn is_held(&self, request: &HttpRequest) -> bool {
        let tag = self.kept.etag.as_ref().filter(|_| !self.live && request.method().is_safe());
        tag.is_some_and(|tag| etag::is_held(request.headers(), tag))
    }
}

impl From<Kept> for Reply {
    fn from(kept: Kept) -> Self {
        Self { kept, shown_once: None, cookies: Vec::new(), replayed: false, link: None, live: false }
    }
}

impl Responder for Reply {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let known = self.is_held(request);
        let status = if known { 304 } else { self.kept.status };
        let mut response = HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
        let base = base_path::of(request);
        let location = self.kept.location.as_ref().map(|path| format!("{base}{path}"));
        let link = self.link.as_ref().map(|path| format!("<{base}{path}>; rel=\"next\""));
        let headers = [("ETag", &self.kept.etag), ("Location", &location), ("Link", &link)];
        for (name, value) in headers.into_iter().filter_map(|(name, value)| value.as_ref().map(|value| (name, value))) {
            response.insert_header((name, value.as_str()));
        }
        if self.replayed {
            response.insert_header(("Idempotent-Replayed", "true"));
        }
        for cookie in self.cookies {
            response.cookie(cookie);
        }
        if known || status == 204 {
            return response.finish();
        }
        response.content_type("application/json").body(self.shown_once.unwrap_or(self.kept.body))
    }
}

fn json(body: &impl Serialize) -> Result<String, AppError> {
    serde_json::to_string(body).map_err(|error| AppError::Internal(format!("answer: {error}")))
}

impl AsRef<Kept> for Reply {
    fn as_ref(&self) -> &Kept {
        &self.kept
    }
}
