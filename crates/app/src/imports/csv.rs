//! A CSV file as rows, for imports that have a heading of their own.

use super::{
    rows::{rows, separator},
    text::decode,
};
use fabu_domain::language::Language;

/// A row that is not blank: the line in which it begins, from 1, and its cells.
pub(crate) type CsvRow = (u64, Vec<String>);

/// Hands every row of the file that is not blank to `take`, in order: UTF-8, UTF-16 or GB18030, with comma, semicolon or tab.
///
/// # Errors
/// Why the file cannot be read, in Chinese and English.
pub(crate) fn each_csv_row(bytes: &[u8], mut take: impl FnMut(CsvRow)) -> Result<(), (String, String)> {
    let (text, _) = decode(bytes).map_err(|error| (error.text(Language::Chinese), error.text(Language::English)))?;
    for row in rows(&text, separator(&text), false).filter(|row| !row.is_blank()) {
        if row.quote.is_some() {
            let line = row.line;
            return Err((
                format!("第 {line} 行的引号不成对：请把引号写成两个并给单元格加引号"),
                format!("row {line}: a quotation mark that is not closed: double it and quote the cell"),
            ));
        }
        take((row.line, row.cells));
    }
    Ok(())
}
