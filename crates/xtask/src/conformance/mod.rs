//! What `cargo xtask conformance` is made of: a company with releases on it, and Schemathesis.

pub mod company;
pub mod tool;
