//! Who the company works with and what each may be asked to do.

pub mod directory;
pub mod role;
