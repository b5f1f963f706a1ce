//! Proof of the records: every row that a rule, a figure or a record reads stands in the log with its digest.
//!
//! Triggers note which rows a transaction changes ([`noting`]). Before the commit their digests are written beside an entry
//! of the same transaction ([`carry`]); without an entry the transaction fails. The seal of the entry covers the digests, so
//! that the chain of the log proves the tables as well. [`check`] compares both.

mod carry;
mod check;
mod definitions;
mod digest;
mod moved;
mod names;
mod noting;
mod rows;
mod shape;
mod state;
mod tables;

pub(crate) use carry::Carrier;
pub use check::Coverage;
#[cfg(feature = "testing")]
pub(crate) use definitions::listed;
pub(crate) use noting::{install, prepare};
pub(crate) use shape::Shapes;
pub use tables::proof_page;
