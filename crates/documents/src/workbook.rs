//! A workbook as data: sheets of tables, in both languages.

use crate::{DocumentError, sheet};
use chrono::{DateTime, NaiveDate, Utc};
use fabu_domain::{language::Language, subject::refusal::Text, subjects::release::kpi::Attainment};
use rust_xlsxwriter::DocProperties;

/// A workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workbook {
    /// Its title, also in the properties of the file.
    pub title: Text,
    /// Who made it: the company.
    pub author: String,
    /// When what it holds was so. The same workbook always gives the same bytes.
    pub made_at: DateTime<Utc>,
    /// Its sheets, at least one.
    pub sheets: Vec<Sheet>,
}

/// A sheet: a title, some lines that explain it, and tables one below the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The name on its tab. Signs that a tab may not have become spaces; from 31 characters on it is cut.
    pub name: Text,
    /// The title above everything.
    pub title: Text,
    /// Lines below the title: what was counted, and by which rule.
    pub notes: Vec<Text>,
    /// Its tables. The head of the first one stays in sight when it is the only one.
    pub tables: Vec<Table>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// A heading above it; may be empty.
    pub heading: Text,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with a cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: Text,
    /// Its width in characters of the usual size; a Chinese character takes two. Where several tables of a sheet
    /// disagree, the widest counts.
    pub width: u16,
}

impl Column {
    /// A column.
    #[must_use]
    pub fn new(zh: &str, en: &str, width: u16) -> Self {
        Self { name: Text::new(zh, en), width }
    }
}

/// A value. Texts are always written as texts: nothing that a person typed becomes a formula or a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text.
    Text(Text),
    /// A count.
    Count(u32),
    /// A figure that is judged: green when the target is met, red when it is missed.
    Judged(Text, Attainment),
    /// A calendar day.
    Day(NaiveDate),
    /// An instant, shown in China time to the minute.
    Instant(DateTime<Utc>),
}

impl Cell {
    /// A text that is the same in both languages.
    #[must_use]
    pub fn same(text: impl Into<String>) -> Self {
        Self::Text(Text::same(text))
    }
}

impl Workbook {
    /// The file, for readers of a language.
    ///
    /// # Errors
    /// When there is more than a sheet of that kind can hold: over a million rows, or over 32,767 characters in a cell.
    pub fn xlsx(&self, language: Language) -> Result<Vec<u8>, DocumentError> {
        let mut book = rust_xlsxwriter::Workbook::new();
        book.set_properties(
            &DocProperties::new()
                .set_title(self.title.in_language(language))
                .set_author(&self.author)
                .set_creation_datetime(&self.made_at),
        );
        let styles = sheet::Styles::new();
        let mut names = Vec::new();
        for sheet in &self.sheets {
            let name = sheet::tab_name(sheet.name.in_language(language), &names);
            sheet::write(book.add_worksheet().set_name(&name)?, sheet, language, &styles)?;
            names.push(name);
        }
        Ok(book.save_to_buffer()?)
    }
}
