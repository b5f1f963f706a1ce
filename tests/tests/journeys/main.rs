//! Whole releases over HTTP, as the people who hold the roles, and a ledger replayed.

mod journeys;
mod replay;
mod story;
