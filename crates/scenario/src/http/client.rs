//! Sends requests, counts them and reads the answers.

use super::{Method, Request, Response, Statistics, Timeline, Transport};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::{
    sync::{Mutex, PoisonError},
    time::Instant,
};

/// A request that did not end as it should.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// No answer.
    #[error("{request}: no answer: {reason}")]
    NoAnswer {
        /// Method and path.
        request: String,
        /// Why.
        reason: String,
    },
    /// Refused or failed.
    #[error("{request} as {who}: {status} {body}")]
    Refused {
        /// Method and path.
        request: String,
        /// The login of the caller.
        who: String,
        /// Status code.
        status: u16,
        /// The problem.
        body: String,
    },
    /// An answer that says something else than it should.
    #[error("{request}: {reason}")]
    Unexpected {
        /// Method and path.
        request: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl HttpError {
    /// The status code, if there was an answer.
    #[must_use]
    pub const fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { status, .. } => Some(*status),
            Self::NoAnswer { .. } | Self::Unexpected { .. } => None,
        }
    }
}

/// A transport with its time and its statistics.
#[derive(Debug)]
pub struct Client<T, L> {
    transport: T,
    timeline: L,
    statistics: Mutex<Statistics>,
}

/// What is to be sent, and as whom.
#[derive(Debug)]
pub(super) struct Call<'c> {
    pub kind: &'c str,
    pub who: &'c str,
    pub method: Method,
    pub path: &'c str,
    pub token: Option<String>,
    pub if_match: Option<String>,
    pub body: Option<Value>,
}

impl<T: Transport, L: Timeline> Client<T, L> {
    /// A client that has sent nothing.
    pub fn new(transport: T, timeline: L) -> Self {
        Self { transport, timeline, statistics: Mutex::default() }
    }

    /// The time.
    pub const fn timeline(&self) -> &L {
        &self.timeline
    }

    /// What was sent until now.
    #[must_use]
    pub fn statistics(&self) -> Statistics {
        self.statistics.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sends a request; every status but a success is an error.
    pub(super) async fn send(&self, call: Call<'_>) -> Result<Response, HttpError> {
        let path = format!("/api/v1{}", call.path);
        let name = format!("{} {path}", call.method.as_str());
        let request = Request { method: call.method, path, token: call.token, if_match: call.if_match, body: call.body };
        let start = Instant::now();
        let result = self.transport.send(request).await;
        let status = result.as_ref().ok().map(|answer| answer.status);
        self.statistics.lock().unwrap_or_else(PoisonError::into_inner).add(call.kind, status, start.elapsed());
        let answer = result.map_err(|reason| HttpError::NoAnswer { request: name.clone(), reason })?;
        if !(200..300).contains(&answer.status) {
            let body = String::from_utf8_lossy(&answer.body).into_owned();
            return Err(HttpError::Refused { request: name, who: call.who.to_owned(), status: answer.status, body });
        }
        Ok(answer)
    }
}

impl Response {
    /// The body as a type.
    ///
    /// # Errors
    /// [`HttpError::Unexpected`].
    pub fn read<A: DeserializeOwned>(&self, name: &str) -> Result<A, HttpError> {
        serde_json::from_slice(&self.body)
            .map_err(|error| HttpError::Unexpected { request: name.to_owned(), reason: error.to_string() })
    }
}
