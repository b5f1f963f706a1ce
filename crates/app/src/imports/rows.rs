//! The rows of a CSV text (RFC 4180), each with its line, and every quotation mark that cannot be read as it stands.
//!
//! A reader that is lenient with quotation marks loses rows in silence: a lone `"` at the start of a cell takes in everything up to
//! the next one. Here a mark opens a quoted cell only when the cell also ends as one; everything else is reported with its line.

use super::fault::QuoteFault;

/// The heading stands in one of the first rows; above it are titles.
pub(super) const HEADER_WITHIN: usize = 20;

/// A row of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RawRow {
    /// The line of the file in which it begins, from 1.
    pub(super) line: u64,
    /// Its cells, without quotes.
    pub(super) cells: Vec<String>,
    /// The first quotation mark in it that cannot be read.
    pub(super) quote: Option<QuoteFault>,
}

impl RawRow {
    /// True when no cell holds anything.
    pub(super) fn is_blank(&self) -> bool {
        self.quote.is_none() && self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// Every row of a text whose only line break is LF. With `literal` quotation marks are characters as any other.
pub(super) fn rows(text: &str, separator: char, literal: bool) -> impl Iterator<Item = RawRow> {
    let mut scanner = Scanner { text, at: 0, line: 1, separator, literal };
    std::iter::from_fn(move || scanner.row())
}

/// The sign among comma, semicolon and tab that a line at the beginning has most of, outside quotes.
pub(super) fn separator(text: &str) -> char {
    let mut most = [(',', 0), (';', 0), ('\t', 0)];
    for line in text.lines().take(HEADER_WITHIN) {
        let mut quoted = false;
        let mut counts = [0; 3];
        for c in line.chars() {
            quoted ^= c == '"';
            if let Some(at) = most.iter().position(|(sign, _)| *sign == c && !quoted) {
                counts[at] += 1;
            }
        }
        most.iter_mut().zip(counts).for_each(|((_, known), count)| *known = count.max(*known));
    }
    most.into_iter().rev().max_by_key(|(_, count)| *count).map_or(',', |(sign, _)| sign)
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    line: u64,
    separator: char,
    literal: bool,
}

impl Scanner<'_> {
    fn row(&mut self) -> Option<RawRow> {
        if self.at >= self.text.len() {
            return None;
        }
        let mut row = RawRow { line: self.line, cells: Vec::new(), quote: None };
        loop {
            let cell = self.cell(&mut row.quote);
            row.cells.push(unwrapped(cell));
            match self.text[self.at..].chars().next() {
                Some('\n') => {
                    self.at += 1;
                    self.line += 1;
                    return Some(row);
                }
                Some(separator) => self.at += separator.len_utf8(),
                None => return Some(row),
            }
        }
    }

    /// The next cell, up to its separator or the end of the row.
    fn cell(&mut self, fault: &mut Option<QuoteFault>) -> String {
        let rest = &self.text[self.at..];
        if let Some(inner) = rest.strip_prefix('"').filter(|_| !self.literal) {
            match self.quoted(inner) {
                Ok((length, cell)) => {
                    self.line += rest[..length].matches('\n').count() as u64;
                    self.at += length;
                    return cell;
                }
                Err(found) => *fault = fault.or(Some(found)),
            }
        }
        let end = rest.find(['\n', self.separator]).unwrap_or(rest.len());
        self.at += end;
        rest[..end].to_owned()
    }

    /// The length of a quoted cell with both marks, and its text; `inner` begins behind the first mark.
    fn quoted(&self, inner: &str) -> Result<(usize, String), QuoteFault> {
        let mut from = 0;
        let close = loop {
            let mark = from + inner[from..].find('"').ok_or(QuoteFault::Unclosed)?;
            match inner[mark + 1..].starts_with('"') {
                true => from = mark + 2,
                false => break mark,
            }
        };
        let after = inner[close + 1..].trim_start_matches(' ');
        if !after.is_empty() && !after.starts_with(['\n', self.separator]) {
            return Err(QuoteFault::Stray);
        }
        let cell = &inner[..close];
        if cell.contains('\n') && cell.ends_with(self.separator) {
            return Err(QuoteFault::TakesRows);
        }
        Ok((1 + inner.len() - after.len(), cell.replace("\"\"", "\"")))
    }
}

/// The text of a formula that only holds a text, as spreadsheets write numbers that must stay as they are: `="20250305001"`.
fn unwrapped(cell: String) -> String {
    let inner = cell.trim().strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    match inner.filter(|inner| !inner.replace("\"\"", "").contains('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u64, Vec<String>)> {
        let rows: Vec<RawRow> = rows(text, ',', false).collect();
        assert!(rows.iter().all(|row| row.quote.is_none()), "{rows:?}");
        rows.into_iter().map(|row| (row.line, row.cells)).collect()
    }

    fn faults(text: &str) -> Vec<(u64, QuoteFault)> {
        rows(text, ',', false).filter_map(|row| row.quote.map(|quote| (row.line, quote))).collect()
    }

    fn cells(list: &[&str]) -> Vec<String> {
        list.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn reads_quotes_breaks_and_formulas_of_text() {
        let found = read("a,\"b,\"\"c\"\"\nd\",e\n\n\"\",5\" disk,=\"007\"\n\"=\"\"008\"\"\" ,x,");
        let expected = [
            (1, cells(&["a", "b,\"c\"\nd", "e"])),
            (3, cells(&[""])),
            (4, cells(&["", "5\" disk", "007"])),
            (5, cells(&["008", "x", ""])),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_lone_quotation_mark_takes_in_no_row() {
        assert_eq!(faults("1,a,\"\n2,b,c\n"), [(1, QuoteFault::Unclosed)]);
        assert_eq!(faults("1,a,\"note\n2,b,\"other\"\n3,c,d\n"), [(1, QuoteFault::Stray)]);
        assert_eq!(faults("1,a,\"\n2,b,\"\n3,c,d\n"), [(1, QuoteFault::TakesRows), (2, QuoteFault::Unclosed)]);
        assert_eq!(faults("1,\"Core\" system,x\n2,b,c\n"), [(1, QuoteFault::Stray)]);
        let literal: Vec<RawRow> = rows("1,a,\"\n2,\"Core\" system,c\n", ',', true).collect();
        assert_eq!(literal.len(), 2);
        assert_eq!((literal[0].cells[2].as_str(), literal[1].cells[1].as_str()), ("\"", "\"Core\" system"));
    }

    #[test]
    fn finds_the_separator_below_title_rows() {
        assert_eq!(separator("发布台账, 2025\n编号;标题;结果;完成时间\n"), ';');
        assert_eq!(separator("\"a,b\"\t\"c\"\n"), '\t');
        assert_eq!(separator("one\n"), ',');
    }
}
