//! Tables of plain texts, as files to take away and to bring back: CSV (RFC 4180) and XLSX.

use crate::DocumentError;
use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::Workbook;
use std::io::Cursor;

/// The form of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFile {
    /// Comma-separated values, UTF-8 with its mark, so that spreadsheet programs read Chinese rightly.
    Csv,
    /// A workbook with one sheet of texts.
    Xlsx,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What it is.
    pub content_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The signs that make a spreadsheet program take the text of a CSV cell for a formula.
const FORMULA: [char; 4] = ['=', '+', '@', '\t'];

/// A table as a file. `name` is without its ending.
///
/// # Errors
/// [`DocumentError::Workbook`] when the table is larger than a sheet; [`DocumentError::Table`] when it cannot be written.
pub fn table_file(form: TableFile, name: &str, header: &[String], rows: &[Vec<String>]) -> Result<File, DocumentError> {
    let lines = || std::iter::once(header).chain(rows.iter().map(Vec::as_slice));
    Ok(match form {
        TableFile::Csv => {
            let mut writer =
                csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{FEFF}".as_bytes().to_vec());
            for line in lines() {
                writer
                    .write_record(line.iter().map(|cell| inert(cell)))
                    .map_err(|error| DocumentError::Table(error.to_string()))?;
            }
            let bytes = writer.into_inner().map_err(|error| DocumentError::Table(error.to_string()))?;
            File { name: format!("{name}.csv"), content_type: "text/csv; charset=utf-8", bytes }
        }
        TableFile::Xlsx => {
            let mut workbook = Workbook::new();
            let sheet = workbook.add_worksheet();
            for (row, line) in (0_u32..).zip(lines()) {
                for (column, cell) in (0_u16..).zip(line) {
                    sheet.write_string(row, column, cell)?;
                }
            }
            sheet.set_freeze_panes(1, 0)?;
            let content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            File { name: format!("{name}.xlsx"), content_type, bytes: workbook.save_to_buffer()? }
        }
    })
}

/// A text that no spreadsheet program takes for a formula; [`plain`] takes the mark off again.
fn inert(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}

/// The text of a cell without the mark of [`table_file`].
#[must_use]
pub fn plain(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(cell)
}

/// True for the bytes of a workbook.
#[must_use]
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// A heading, and the rows below it, each with its number from 1.
pub type ReadTable = (Vec<String>, Vec<(u64, Vec<String>)>);

/// The first sheet of a workbook as texts, without blank rows: numbers as people write them, days as `2026-03-02`.
///
/// # Errors
/// [`DocumentError::Table`] when it is no workbook or has no sheet.
pub fn read_table(bytes: &[u8]) -> Result<ReadTable, DocumentError> {
    let unreadable = |error: calamine::XlsxError| DocumentError::Table(error.to_string());
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let sheet = workbook.worksheet_range_at(0).ok_or_else(|| DocumentError::Table("no sheet".to_owned()))?.map_err(unreadable)?;
    let first = sheet.start().map_or(0, |(row, _)| u64::from(row)) + 1;
    let rows = (first..).zip(sheet.rows()).map(|(line, cells)| (line, cells.iter().map(text).collect::<Vec<_>>()));
    let mut rows = rows.filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    let (_, header) = rows.next().unwrap_or_default();
    Ok((header, rows.collect()))
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Data::DateTime(at) => at.as_datetime().map_or_else(String::new, |at| match at.time() == chrono::NaiveTime::MIN {
            true => at.date().to_string(),
            false => at.format("%Y-%m-%d %H:%M").to_string(),
        }),
        Data::Empty | Data::Error(_) => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_comes_back_from_both_forms() {
        let header = ["编号".to_owned(), "说明".to_owned()];
        let rows = vec![vec!["CI-1".to_owned(), "a,b \"c\"\n第二行".to_owned()], vec!["=1+1".to_owned(), "'x".to_owned()]];
        let workbook = table_file(TableFile::Xlsx, "t", &header, &rows).unwrap();
        assert!(is_workbook(&workbook.bytes));
        let (read_header, read) = read_table(&workbook.bytes).unwrap();
        assert_eq!((read_header, read), (header.to_vec(), vec![(2, rows[0].clone()), (3, rows[1].clone())]));
        let file = table_file(TableFile::Csv, "t", &header, &rows).unwrap();
        let text = String::from_utf8(file.bytes).unwrap();
        assert_eq!(text, "\u{FEFF}编号,说明\r\nCI-1,\"a,b \"\"c\"\"\n第二行\"\r\n'=1+1,'x\r\n");
        assert_eq!((plain("'=1+1"), plain("'x")), ("=1+1", "'x"));
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        assert!(read_table(b"PK\x03\x04 broken").is_err());
    }
}
