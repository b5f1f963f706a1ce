//! A CSV file as rows, for imports that have a heading of their own.

use super::{
    rows::{rows, separator},
    text::decode,
};
use fabu_domain::language::Language;

/// A row of the file.
pub(crate) struct CsvRow {
    /// The line in which it begins, from 1.
    pub(crate) line: u64,
    /// Its cells.
    pub(crate) cells: Vec<String>,
}

/// Every row of the file that is not blank: UTF-8, UTF-16 or GB18030, with comma, semicolon or tab.
///
/// # Errors
/// Why the file cannot be read, in Chinese and English.
pub(crate) fn csv_rows(bytes: &[u8]) -> Result<Vec<CsvRow>, (String, String)> {
    let (text, _) = decode(bytes).map_err(|error| (error.text(Language::Chinese), error.text(Language::English)))?;
    let mut found = Vec::new();
    for row in rows(&text, separator(&text), false).into_iter().filter(|row| !row.is_blank()) {
        if row.quote.is_some() {
            let line = row.line;
            return Err((
                format!("第 {line} 行的引号不成对：请把引号写成两个并给单元格加引号"),
                format!("row {line}: a quotation mark that is not closed: double it and quote the cell"),
            ));
        }
        found.push(CsvRow { line: row.line, cells: row.cells });
    }
    Ok(found)
}
