//! The one log: entries are appended in the transaction of their change, sealed afterwards, and never changed.

mod entries;
mod hash;
mod seal;
mod verify;

pub use entries::{LogFilter, LogOrder, LogRecord};
pub use hash::Hash;
pub use seal::Seal;
pub use verify::{Fault, Verification};
