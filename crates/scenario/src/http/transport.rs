//! How requests reach a server.

use serde_json::Value;

/// The method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// GET.
    Get,
    /// POST.
    Post,
    /// PUT.
    Put,
}

impl Method {
    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
        }
    }
}

/// A request.
#[derive(Debug, Clone)]
pub struct Request {
    /// Method.
    pub method: Method,
    /// Path with query, from `/api/v1/…` on.
    pub path: String,
    /// The access token of the caller.
    pub token: Option<String>,
    /// The ETag that the caller has seen.
    pub if_match: Option<String>,
    /// The JSON body.
    pub body: Option<Value>,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Response {
    /// Status code.
    pub status: u16,
    /// The ETag header.
    pub etag: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// Carries requests to a server. The answer with an error status is an answer; an error is only that there was none.
pub trait Transport {
    /// Sends a request and reads the answer whole.
    fn send(&self, request: Request) -> impl Future<Output = Result<Response, String>>;
}

impl<T: Transport> Transport for &T {
    fn send(&self, request: Request) -> impl Future<Output = Result<Response, String>> {
        (**self).send(request)
    }
}
