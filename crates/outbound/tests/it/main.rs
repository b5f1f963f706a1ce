//! What leaves the company, read back by other programs' eyes.

#![expect(clippy::unwrap_used, reason = "a test that cannot be prepared has failed")]

mod corpus;
mod files;
mod letter;
mod robots;
mod smtp;
mod support;
