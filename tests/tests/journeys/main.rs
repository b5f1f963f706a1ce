//! Whole releases over HTTP, as the people who hold the roles, and a ledger replayed.

#![expect(clippy::unwrap_used, reason = "a test that cannot be prepared has failed")]

mod items;
mod journeys;
mod replay;
mod story;
mod tampering;
