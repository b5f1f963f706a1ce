//! The release management procedure as pure code: no clock, no random source, no I/O.
//!
//! Start at `procedure` (the table of stages and commands), then `decide`.

pub mod change;
pub mod clock;
pub mod directory;
pub mod ids;
pub mod log;
pub mod policy_registers;
pub mod refusal;
pub mod role;
pub mod text;
