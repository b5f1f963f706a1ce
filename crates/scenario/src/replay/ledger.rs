//! A release ledger as a file.

use chrono::{DateTime, Utc};
use flate2::read::GzDecoder;
use serde::Deserialize;
use std::{fs::File, io::Read, path::Path};

/// One release of a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct LedgerRow {
    /// The request that asked for the release.
    pub change_ref: String,
    /// Its title.
    pub change_title: String,
    /// Who asked.
    pub requester: String,
    /// When it was proposed.
    pub requested_at: DateTime<Utc>,
    /// When it was approved.
    pub approved_at: DateTime<Utc>,
    /// Who owns what was released.
    pub team: String,
    /// What was released.
    pub deliverable: String,
    /// Its version.
    pub version: String,
    /// The series it belongs to.
    pub series: String,
    /// The type of the deliverable.
    pub kind: String,
    /// `repository@commit` of each part, separated by spaces.
    pub artifacts: String,
    /// `released`, or `withdrawn`.
    pub outcome: String,
}

impl LedgerRow {
    /// True when the release was taken back later.
    #[must_use]
    pub fn withdrawn(&self) -> bool {
        self.outcome == "withdrawn"
    }
}

/// A ledger that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The file.
    #[error("cannot read {file}: {source}")]
    File {
        /// Which.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// A row.
    #[error("{file}: {source}")]
    Row {
        /// Which file.
        file: String,
        /// Which row and why.
        source: csv::Error,
    },
}

/// The first `limit` rows of a CSV file, compressed with gzip or not.
///
/// # Errors
/// When the file cannot be read or a row lacks a column.
pub fn read_ledger(path: &Path, limit: usize) -> Result<Vec<LedgerRow>, LedgerError> {
    let name = path.display().to_string();
    let broken = |source| LedgerError::File { file: name.clone(), source };
    let mut bytes = Vec::new();
    File::open(path).and_then(|mut file| file.read_to_end(&mut bytes)).map_err(broken)?;
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut text = Vec::new();
        GzDecoder::new(bytes.as_slice()).read_to_end(&mut text).map_err(broken)?;
        bytes = text;
    }
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let rows = csv::Reader::from_reader(text).into_deserialize().take(limit);
    rows.collect::<Result<_, _>>().map_err(|source| LedgerError::Row { file: name.clone(), source })
}
