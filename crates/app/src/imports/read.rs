//! A ledger file as rows that are ready to be imported, or everything that is wrong with it.

use super::{
    Field, LedgerError, LeftOutRow, RowError, RowFault, Rules, WhyRowLeftOut,
    dates::{self, DateFault},
    fault::MOST_ERRORS,
    fields::{Template, resolve},
    left_out::{is_total, only_cell, shown},
    rows::{RawRow, rows, separator},
    text::{decode, is_private},
    words::folded,
};
use crate::{imports::rows::HEADER_WITHIN, secrets::digest};
use chrono::{DateTime, Utc};
use fabu_domain::{
    identity,
    subjects::release::stage::{ReleaseKind, Verdict},
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
    /// Rows that are not imported, in order.
    pub left_out: Vec<LeftOutRow>,
    /// The lines of short rows whose missing cells were taken as empty.
    pub filled: Vec<u64>,
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
    /// Release type.
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
    let mut raw: Vec<RawRow> = rows(&text, separator(&text), rules.leniency.literal_quotes).collect();
    raw.retain(|row| !row.is_blank());
    let (at, header, templates) = find_header(rules, &raw)?;
    let mapping = templates.iter().map(|(field, template)| (*field, template.source.clone())).collect();
    let titles = raw[..at].iter().map(|row| LeftOutRow::new(row.line, WhyRowLeftOut::Title, &row.cells));
    let left_out = titles.collect();
    let mut reading = Reading {
        rules,
        now,
        header,
        templates,
        numbers: HashMap::new(),
        errors: Vec::new(),
        total: 0,
        left_out,
        filled: Vec::new(),
    };
    let found: Vec<LedgerRow> = raw[at + 1..].iter().filter_map(|row| reading.row(row)).collect();
    if reading.total > 0 {
        return Err(LedgerError::Rows { errors: reading.errors, total: reading.total });
    }
    if found.is_empty() {
        return Err(LedgerError::NoRows);
    }
    Ok(Ledger {
        source: source.to_owned(),
        sha256: hex::encode(digest(bytes)),
        encoding,
        mapping,
        rows: found,
        left_out: reading.left_out,
        filled: reading.filled,
    })
}

/// The place of the heading among the rows, its cells, and where each field comes from.
type Header = (usize, Vec<String>, BTreeMap<Field, Template>);

/// The first row that has a column for every required field, with its place. When none has, the fullest of the first rows is the
/// heading that was meant, and the error tells of it.
fn find_header(rules: &Rules, raw: &[RawRow]) -> Result<Header, LedgerError> {
    let headings = |row: &RawRow| row.cells.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<String>>();
    let first = || raw.iter().take(HEADER_WITHIN).map(headings).enumerate();
    let filled = |header: &[String]| header.iter().filter(|heading| !heading.is_empty()).count();
    let found = first().find_map(|(at, header)| resolve(rules, &header).ok().map(|templates| (at, header, templates)));
    let Some((at, header, templates)) = found else {
        let meant = first().rev().max_by_key(|(_, header)| filled(header)).ok_or(LedgerError::NoRows)?;
        return Err(resolve(rules, &meant.1).err().unwrap_or(LedgerError::NoRows));
    };
    repeated(&header)?;
    Ok((at, header, templates))
}

/// Refuses a heading that two columns have.
fn repeated(header: &[String]) -> Result<(), LedgerError> {
    for heading in header.iter().filter(|heading| !heading.is_empty()) {
        let same = header.iter().enumerate().filter(|(_, other)| folded(other) == folded(heading));
        let columns: Vec<usize> = same.map(|(at, _)| at + 1).collect();
        if columns.len() > 1 {
            return Err(LedgerError::RepeatedHeading { heading: heading.clone(), columns });
        }
    }
    Ok(())
}

struct Reading<'a> {
    rules: &'a Rules,
    now: DateTime<Utc>,
    header: Vec<String>,
    templates: BTreeMap<Field, Template>,
    numbers: HashMap<String, u64>,
    errors: Vec<RowError>,
    total: usize,
    left_out: Vec<LeftOutRow>,
    filled: Vec<u64>,
}

impl Reading<'_> {
    /// A row, unless it is left out or something is wrong with it.
    fn row(&mut self, raw: &RawRow) -> Option<LedgerRow> {
        let row = raw.line;
        if let Some(quote) = raw.quote {
            self.note(row, None, RowFault::Quote(quote));
            return None;
        }
        let mut cells: Vec<&str> = raw.cells.iter().map(String::as_str).collect();
        let (expected, found) = (self.header.len(), cells.len());
        cells.resize(found.max(expected), "");
        if self.is_left_out(row, &cells) {
            return None;
        }
        if found < expected && self.rules.leniency.fill_short_rows {
            self.filled.push(row);
        } else if found < expected || cells[expected..].iter().any(|cell| !cell.trim().is_empty()) {
            self.note(row, None, RowFault::Cells { expected, found });
            return None;
        }
        self.private(row, &cells);
        let number = self.text(row, Field::Number, &cells, Code::parse);
        let title = self.text(row, Field::Title, &cells, Line::parse);
        let system = self.optional(row, Field::System, &cells, Line::parse);
        let customer = self.optional(row, Field::Customer, &cells, Line::parse);
        let note = self.optional(row, Field::Note, &cells, Note::parse);
        let finished_at = self.date(row, Field::FinishedAt, &cells);
        let requested_at = self.date(row, Field::RequestedAt, &cells);
        let verdict = self.outcome(row, &cells);
        let number = number.filter(|number| self.is_usable(row, number));
        let kind = self.kind(row, &cells);
        let cell = |(n, (heading, cell)): (usize, (&String, &&str))| {
            let heading = if heading.is_empty() { format!("column {}", n + 1) } else { heading.clone() };
            (heading, Value::from(*cell))
        };
        let finished_at = finished_at?;
        Some(LedgerRow {
            row,
            number: number?,
            title: title?,
            kind: kind?,
            system: system?,
            customer: customer?,
            verdict: verdict?,
            finished_at: finished_at?,
            requested_at: requested_at?.or(finished_at)?,
            note: note?,
            cells: self.header.iter().zip(&cells).enumerate().filter(|(_, (_, cell))| !cell.is_empty()).map(cell).collect(),
        })
    }

    /// True for a row that is no release: a heading again, or one that the operator gives up by name. Without that name it is an
    /// error, and also true.
    fn is_left_out(&mut self, row: u64, cells: &[&str]) -> bool {
        let leniency = self.rules.leniency;
        let outcome = self.fill(Field::Outcome, cells);
        let is_complete = Field::ALL.iter().filter(|field| field.is_required()).all(|field| !self.fill(*field, cells).is_empty());
        let (given_up, reason, fault) = match () {
            () if self.header.iter().zip(cells).all(|(heading, cell)| heading == cell.trim()) => {
                (true, WhyRowLeftOut::Heading, RowFault::Empty)
            }
            () if !is_complete && is_total(cells) => (leniency.skip_totals, WhyRowLeftOut::Total, RowFault::Total(shown(cells))),
            () if only_cell(cells) => (leniency.skip_remarks, WhyRowLeftOut::Remark, RowFault::Remark(shown(cells))),
            () if self.rules.is_cancelled(&outcome) => {
                (leniency.skip_cancelled, WhyRowLeftOut::Cancelled, RowFault::Cancelled(outcome))
            }
            () => return false,
        };
        match given_up {
            true => self.left_out.push(LeftOutRow::new(row, reason, cells)),
            false => self.note(row, None, fault),
        }
        true
    }

    /// Notes the first character of each cell that only one office can show.
    fn private(&mut self, row: u64, cells: &[&str]) {
        if self.rules.leniency.keep_private_characters {
            return;
        }
        for (n, cell) in cells.iter().enumerate() {
            if let Some(c) = cell.chars().find(|c| is_private(*c)) {
                let column = self.header.get(n).cloned().unwrap_or_default();
                self.push(RowError { row, column, fault: RowFault::Private(c) });
            }
        }
    }

    fn note(&mut self, row: u64, field: Option<Field>, fault: RowFault) {
        let template = field.and_then(|field| self.templates.get(&field));
        let column = template.map_or_else(String::new, |template| template.source.trim_matches(['{', '}']).to_owned());
        let column = field.map_or_else(|| "*".to_owned(), |field| format!("{field} ({column})"));
        self.push(RowError { row, column, fault });
    }

    fn push(&mut self, error: RowError) {
        self.total += 1;
        if self.errors.len() < MOST_ERRORS {
            self.errors.push(error);
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
            Ok(at) if at > self.now => RowFault::Future(text),
            Ok(at) => return Some(Some(at)),
            Err(DateFault::QuarterEdge) => RowFault::QuarterEdge(text),
            Err(DateFault::NoDate) => RowFault::NoDate(text),
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

    fn kind(&mut self, row: u64, cells: &[&str]) -> Option<ReleaseKind> {
        let word = self.fill(Field::Kind, cells);
        let kind = self.rules.kind(&word);
        if kind.is_none() {
            self.note(row, Some(Field::Kind), RowFault::UnknownKind(word));
        }
        kind
    }

    /// True for a number that no earlier row has and that no spreadsheet has rounded.
    fn is_usable(&mut self, row: u64, number: &Code) -> bool {
        if is_rounded(number.as_str()) {
            self.note(row, Some(Field::Number), RowFault::Rounded(number.to_string()));
            return false;
        }
        let key = identity::folded(number.as_str());
        if let Some(first) = self.numbers.get(&key) {
            let fault = RowFault::Repeated { number: number.to_string(), first: *first };
            self.note(row, Some(Field::Number), fault);
            return false;
        }
        self.numbers.insert(key, row);
        true
    }
}

/// A long number as spreadsheets shorten it: `2.02503E+10`.
fn is_rounded(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once("E+") else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(exponent) && digits(&mantissa.replacen('.', "", 1))
}
