//! What was asked of a server and under which request id, so that a test can look for it in the log.

use std::sync::{Arc, Mutex, PoisonError};

/// A request that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// GET, POST …
    pub method: String,
    /// The path without query.
    pub path: String,
    /// The status of the answer.
    pub status: u16,
    /// The id under which the server logged it.
    pub request_id: String,
}

/// The requests of an actor, and of everybody who was made from it.
#[derive(Debug, Clone, Default)]
pub struct Calls(Arc<Mutex<Vec<Call>>>);

impl Calls {
    /// Adds a request.
    pub fn add(&self, call: Call) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(call);
    }

    /// All of them, in the order of their answers.
    #[must_use]
    pub fn all(&self) -> Vec<Call> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
