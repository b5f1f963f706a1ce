//! The store on the database that `FABU_TEST_DATABASE` names.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests; the exception knows test functions only")]

mod attempt_limits;
mod calendar;
mod deliveries;
mod directory;
mod folded_names;
mod freezes;
mod idempotency;
mod jobs;
mod locking;
mod log;
mod migrations;
mod opening;
mod records;
mod register_records;
mod registers;
mod releases;
mod support;
mod writing;
