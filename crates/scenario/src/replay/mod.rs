//! Real releases from a ledger, driven through the whole procedure over HTTP, several at once.
//!
//! Each row becomes one change and one release. Several rows of a ledger may share one change; a change of ours belongs to
//! one open release only, so the change of a row is numbered `<change_ref>/<deliverable>@<version>`.

mod check;
mod ledger;
mod run;
mod subject;

pub use check::{Figures, KpiCheck, Sealing};
pub use ledger::{LedgerError, LedgerRow, read_ledger};
pub use run::{Ended, Report, replay};
