//! Who is signed in, how often may be tried, and answers kept for a repeated request.

pub(crate) mod attempt_limits;
pub(crate) mod idempotency;
pub(crate) mod logins;
