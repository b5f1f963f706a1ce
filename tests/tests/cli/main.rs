//! The program `fabu` seen from outside: processes with arguments, exit codes, signals. Each test has its own instance.

#![expect(clippy::unwrap_used, reason = "a test that cannot be prepared has failed")]

mod import;
mod media;
mod migrate;
mod serve;
mod support;
mod user;
mod verify;
mod worker;
