//! Taking over history: the rows of a release ledger become closed releases, marked imported and counted in the quarter
//! in which they ended.
//!
//! [`read_ledger`] is pure: bytes to rows, or every error with its row. [`preview_ledger`] and [`import_ledger`] compare
//! the rows with what was imported before; the second one adds what is new, all of it or nothing.

mod cells;
mod csv;
mod dates;
mod fault;
mod fields;
mod import_ledger;
mod left_out;
mod read;
mod rows;
#[cfg(test)]
mod tests;
mod text;
mod words;

pub use cells::Cells;
pub(crate) use csv::each_csv_row;
pub use fault::{LedgerError, MOST_ERRORS, QuoteFault, RowError, RowFault};
pub use fields::{Field, Leniency, Rules};
pub use import_ledger::{Counts, Difference, Taken, import_ledger, preview_ledger};
pub use left_out::{LeftOutRow, WhyRowLeftOut};
pub use read::{Ledger, LedgerRow, read_ledger};
