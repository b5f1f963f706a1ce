//! A ledger file as rows that are ready to be imported, or everything that is wrong with it.

use super::{
    Field, LedgerError, RowError, RowFault, Rules, dates,
    fault::MOST_ERRORS,
    fields::{Template, resolve},
    text::decode,
};
use crate::secrets::digest;
use chrono::{DateTime, Utc};
use csv::{ReaderBuilder, StringRecord};
use fabu_domain::{
    stage::{ReleaseKind, Verdict},
    text::{Code, Line, Note, TextError},
};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};

/// A ledger that can be imported.
#[derive(Debug, Clone)]
pub struct Ledger {
    /// The name of the file.
    pub source: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// The encoding of the text.
    pub encoding: &'static str,
    /// Where each field comes from.
    pub mapping: BTreeMap<Field, String>,
    /// The rows, in order.
    pub rows: Vec<LedgerRow>,
}

/// A release as the ledger tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerRow {
    /// The line of the file in which the row begins; the header is line 1.
    pub row: u64,
    /// Number.
    pub number: Code,
    /// Title.
    pub title: Line,
    /// Weight.
    pub kind: ReleaseKind,
    /// The system released; empty when the ledger has none.
    pub system: String,
    /// The customer; empty when the ledger has none.
    pub customer: String,
    /// How it ended.
    pub verdict: Verdict,
    /// When it ended.
    pub finished_at: DateTime<Utc>,
    /// When it was asked for. A ledger may say that this was later than the end; it is kept as it says.
    pub requested_at: DateTime<Utc>,
    /// A remark.
    pub note: String,
    /// The whole row: cells by heading.
    pub cells: Map<String, Value>,
}

/// Reads a ledger file. `now` is the latest moment at which a release can have ended.
///
/// # Errors
/// [`LedgerError`]: what is wrong with the file, or with its rows, up to [`MOST_ERRORS`] of them.
pub fn read_ledger(bytes: &[u8], source: &str, rules: &Rules, now: DateTime<Utc>) -> Result<Ledger, LedgerError> {
    let (text, encoding) = decode(bytes)?;
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator(&text)).from_reader(text.as_bytes());
    let mut records = reader.records().filter_map(Result::ok).filter(|record| record.iter().any(|cell| !cell.trim().is_empty()));
    let header = records.next().ok_or(LedgerError::NoRows)?;
    let header: Vec<String> = header.iter().map(|heading| heading.trim().to_owned()).collect();
    let templates = resolve(rules, &header)?;
    let mapping = templates.iter().map(|(field, template)| (*field, template.source.clone())).collect();
    let mut reading =
        Reading { rules, now, text: &text, header, templates, numbers: HashMap::new(), errors: Vec::new(), total: 0 };
    let rows: Vec<LedgerRow> = records.filter_map(|record| reading.row(&record)).collect();
    if reading.total > 0 {
        return Err(LedgerError::Rows { errors: reading.errors, total: reading.total });
    }
    if rows.is_empty() {
        return Err(LedgerError::NoRows);
    }
    Ok(Ledger { source: source.to_owned(), sha256: hex::encode(digest(bytes)), encoding, mapping, rows })
}

/// The sign among comma, semicolon and tab that the header has most of, outside quotes.
fn separator(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.trim_start().bytes().take_while(|byte| *byte != b'\n') {
        match counts.iter_mut().find(|(sign, _)| *sign == byte) {
            Some((_, count)) if !quoted => *count += 1,
            _ if byte == b'"' => quoted = !quoted,
            _ => {}
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| sign)
}

struct Reading<'a> {
    rules: &'a Rules,
    now: DateTime<Utc>,
    text: &'a str,
    header: Vec<String>,
    templates: BTreeMap<Field, Template>,
    numbers: HashMap<Code, u64>,
    errors: Vec<RowError>,
    total: usize,
}

impl Reading<'_> {
    /// A row, unless something is wrong with it.
    fn row(&mut self, record: &StringRecord) -> Option<LedgerRow> {
        let row = record.position().map_or(0, |position| self.line(position));
        let cells: Vec<&str> = record.iter().collect();
        let (expected, found) = (self.header.len(), cells.len());
        if found < expected || cells[expected..].iter().any(|cell| !cell.trim().is_empty()) {
            self.note(row, None, RowFault::Cells { expected, found });
            return None;
        }
        let number = self.text(row, Field::Number, &cells, Code::parse);
        let title = self.text(row, Field::Title, &cells, Line::parse);
        let system = self.optional(row, Field::System, &cells, Line::parse);
        let customer = self.optional(row, Field::Customer, &cells, Line::parse);
        let note = self.optional(row, Field::Note, &cells, Note::parse);
        let finished_at = self.date(row, Field::FinishedAt, &cells);
        let requested_at = self.date(row, Field::RequestedAt, &cells);
        let verdict = self.outcome(row, &cells);
        let number = number.filter(|number| self.is_new(row, number));
        let kind = self.rules.kind(&self.fill(Field::Kind, &cells));
        let cell = |(heading, cell): (&String, &&str)| (heading.clone(), Value::from(*cell));
        let finished_at = finished_at?;
        Some(LedgerRow {
            row,
            number: number?,
            title: title?,
            kind,
            system: system?,
            customer: customer?,
            verdict: verdict?,
            finished_at: finished_at?,
            requested_at: requested_at?.or(finished_at)?,
            note: note?,
            cells: self.header.iter().zip(&cells).filter(|(_, cell)| !cell.is_empty()).map(cell).collect(),
        })
    }

    /// The line in which a record begins; the reader's own position lies before the blank lines that it skips.
    fn line(&self, position: &csv::Position) -> u64 {
        let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count();
        position.line() + blank as u64
    }

    fn note(&mut self, row: u64, field: Option<Field>, fault: RowFault) {
        self.total += 1;
        if self.errors.len() < MOST_ERRORS {
            let template = field.and_then(|field| self.templates.get(&field));
            let column = template.map_or_else(String::new, |template| template.source.trim_matches(['{', '}']).to_owned());
            let column = field.map_or_else(|| "*".to_owned(), |field| format!("{field} ({column})"));
            self.errors.push(RowError { row, column, fault });
        }
    }

    fn fill(&self, field: Field, cells: &[&str]) -> String {
        self.templates.get(&field).map(|template| template.fill(cells)).unwrap_or_default()
    }

    /// A required text.
    fn text<T>(&mut self, row: u64, field: Field, cells: &[&str], parse: fn(&str) -> Result<T, TextError>) -> Option<T> {
        let fault = match parse(&self.fill(field, cells)) {
            Ok(text) => return Some(text),
            Err(TextError::Empty) => RowFault::Empty,
            Err(error) => RowFault::Text(error),
        };
        self.note(row, Some(field), fault);
        None
    }

    /// A text that may be empty.
    fn optional<T: Into<String>>(
        &mut self,
        row: u64,
        field: Field,
        cells: &[&str],
        parse: fn(&str) -> Result<T, TextError>,
    ) -> Option<String> {
        match parse(&self.fill(field, cells)) {
            Ok(text) => Some(text.into()),
            Err(TextError::Empty) => Some(String::new()),
            Err(error) => {
                self.note(row, Some(field), RowFault::Text(error));
                None
            }
        }
    }

    /// A date; the inner none where the ledger gives none and need not.
    fn date(&mut self, row: u64, field: Field, cells: &[&str]) -> Option<Option<DateTime<Utc>>> {
        let text = self.fill(field, cells);
        let fault = match dates::parse(&text) {
            _ if text.is_empty() && !field.is_required() => return Some(None),
            _ if text.is_empty() => RowFault::Empty,
            Some(at) if at > self.now => RowFault::Future(text),
            Some(at) => return Some(Some(at)),
            None => RowFault::NoDate(text),
        };
        self.note(row, Some(field), fault);
        None
    }

    fn outcome(&mut self, row: u64, cells: &[&str]) -> Option<Verdict> {
        let word = self.fill(Field::Outcome, cells);
        let fault = match self.rules.outcome(&word) {
            Some(verdict) => return Some(verdict),
            None if word.is_empty() => RowFault::Empty,
            None => RowFault::UnknownOutcome(word),
        };
        self.note(row, Some(Field::Outcome), fault);
        None
    }

    fn is_new(&mut self, row: u64, number: &Code) -> bool {
        if let Some(first) = self.numbers.get(number) {
            let fault = RowFault::Repeated { number: number.to_string(), first: *first };
            self.note(row, Some(Field::Number), fault);
            return false;
        }
        self.numbers.insert(number.clone(), row);
        true
    }
}
