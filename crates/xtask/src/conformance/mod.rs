//! What `cargo xtask conformance` is made of: a running server, a company with releases on it, and Schemathesis.

pub mod company;
pub mod server;
pub mod tool;
