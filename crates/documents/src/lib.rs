//! What is made to be taken away: workbooks (XLSX) and the picture of the success rate (PNG).
//!
//! Pure: data in, bytes out. The one font needed is compiled in, so nothing is asked of the machine.

mod chart;
mod enclosures;
mod quarterly;
mod sheet;
mod table;
mod workbook;

pub use chart::rate_chart;
pub use enclosures::{enclosures, quarterly_file};
pub use quarterly::quarterly_workbook;
pub use table::{File, ReadTable, TableFile, is_workbook, plain, read_table, table_file};
pub use workbook::{Cell, Column, Sheet, Table, Workbook};

use fabu_domain::time::quarter::Quarter;

/// Why a document could not be made. Each is a defect of the data given or of this crate, never of the machine.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// The workbook cannot be written.
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A table cannot be written or read.
    #[error("the table cannot be written or read: {0}")]
    Table(String),
    /// The picture cannot be drawn.
    #[error("the picture cannot be drawn: {0}")]
    Picture(String),
    /// A message names a report that is not there.
    #[error("there is no revision {revision} of the report of {quarter}")]
    Unknown {
        /// Its quarter.
        quarter: Quarter,
        /// Its revision.
        revision: u32,
    },
}
