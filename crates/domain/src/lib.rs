//! The release management procedure as pure code: no clock, no random source, no I/O.
//!
//! Start at `procedure` (the table of stages and commands), then `decide`.

pub mod change;
pub mod clock;
pub mod directory;
pub mod documents;
pub mod ids;
pub mod log;
pub mod quarter;
pub mod refusal;
pub mod role;
pub mod text;
