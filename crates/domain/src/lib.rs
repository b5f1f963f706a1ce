//! The release management procedure as pure code: no clock, no random source, no I/O.
//!
//! Start at `procedure` (the table of stages and commands), then `decide`.

#[cfg(test)]
mod calendar_tests;
pub mod change;
pub mod clock;
pub mod directory;
pub mod documents;
pub mod ids;
pub mod kpi;
pub mod log;
pub mod parameters;
pub mod quarter;
pub mod refusal;
pub mod role;
pub mod text;
pub mod working_time;
