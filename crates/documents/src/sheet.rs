//! How a sheet is written.

use crate::{Cell, DocumentError, Sheet, Table};
use fabu_domain::{language::Language, subjects::release::kpi::Attainment, time::clock::COMPANY_ZONE};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

/// The longest name of a tab that spreadsheet programs accept, in UTF-16 units.
const TAB_LENGTH: usize = 31;
/// Rows of a table that stands alone on a sheet are filtered from this many on.
const FILTER_FROM: usize = 10;

/// The height of a line of text, in points, and the most lines that a row shows at once.
const LINE_HEIGHT: f64 = 16.0;
const MOST_LINES: u32 = 20;

const HEAD: Color = Color::RGB(0x00_1F_4E_79);
const LINE: Color = Color::RGB(0x00_D0_D7_DE);
const GOOD: Color = Color::RGB(0x00_1A_7F_37);
const BAD: Color = Color::RGB(0x00_CF_22_2E);
const MUTED: Color = Color::RGB(0x00_57_60_6A);

/// The looks of the cells.
pub struct Styles {
    title: Format,
    note: Format,
    heading: Format,
    head: Format,
    count_head: Format,
    text: Format,
    count: Format,
    day: Format,
    instant: Format,
    met: Format,
    missed: Format,
}

impl Styles {
    /// The looks: one font that every Chinese office has, thin lines, dark blue heads.
    pub fn new() -> Self {
        let base = || Format::new().set_font_name("Microsoft YaHei").set_font_size(10);
        let cell = || base().set_border(FormatBorder::Thin).set_border_color(LINE).set_align(FormatAlign::Top).set_indent(1);
        let left = || cell().set_align(FormatAlign::Left);
        let head = || left().set_bold().set_font_color(Color::White).set_background_color(HEAD).set_text_wrap();
        Self {
            title: base().set_font_size(14).set_bold().set_font_color(HEAD),
            note: base().set_font_color(MUTED),
            heading: base().set_font_size(11).set_bold().set_font_color(HEAD),
            head: head(),
            count_head: head().set_align(FormatAlign::Right),
            text: left().set_text_wrap(),
            count: cell().set_num_format("#,##0").set_align(FormatAlign::Right),
            day: left().set_num_format("yyyy-mm-dd"),
            instant: left().set_num_format("yyyy-mm-dd hh:mm"),
            met: left().set_bold().set_font_color(GOOD),
            missed: left().set_bold().set_font_color(BAD),
        }
    }
}

/// Writes one sheet.
pub fn write(to: &mut Worksheet, sheet: &Sheet, language: Language, styles: &Styles) -> Result<(), DocumentError> {
    set_widths(to, sheet)?;
    to.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    let mut row = 0;
    to.write_string_with_format(row, 0, sheet.title.in_language(language), &styles.title)?;
    row += 1;
    for note in &sheet.notes {
        to.write_string_with_format(row, 0, note.in_language(language), &styles.note)?;
        row += 1;
    }
    row += 1;
    let alone = sheet.tables.len() == 1;
    for table in &sheet.tables {
        if !table.heading.is_empty() {
            to.write_string_with_format(row, 0, table.heading.in_language(language), &styles.heading)?;
            row += 1;
        }
        let head = row;
        row = write_table(to, head, table, language, styles)?;
        if alone {
            to.set_freeze_panes(head + 1, 0)?;
            to.set_repeat_rows(head, head)?;
            if table.rows.len() >= FILTER_FROM && !table.columns.is_empty() {
                to.autofilter(head, 0, row - 1, column(table.columns.len() - 1)?)?;
            }
        }
        row += 1;
    }
    Ok(())
}

/// Writes a table from the row `head` on and says which row comes after it.
fn write_table(to: &mut Worksheet, head: u32, table: &Table, language: Language, styles: &Styles) -> Result<u32, DocumentError> {
    for (at, heading) in table.columns.iter().enumerate() {
        let counts = table.rows.first().is_some_and(|row| matches!(row.get(at), Some(Cell::Count(_))));
        let style = if counts { &styles.count_head } else { &styles.head };
        to.write_string_with_format(head, column(at)?, heading.name.in_language(language), style)?;
    }
    let mut row = head + 1;
    for cells in &table.rows {
        for (at, cell) in cells.iter().enumerate().take(table.columns.len()) {
            write_cell(to, row, column(at)?, cell, language, styles)?;
        }
        let lines = lines(table, cells, language);
        if lines > 1 {
            to.set_row_height(row, LINE_HEIGHT * f64::from(lines.min(MOST_LINES)))?;
        }
        row += 1;
    }
    Ok(row)
}

/// How many lines the fullest cell of a row needs. Not every program sets the height of a row by itself.
fn lines(table: &Table, cells: &[Cell], language: Language) -> u32 {
    let of_text = |text: &str, width: u16| {
        // In tenths of the width of a digit: the text is a little smaller than the font that columns are measured in.
        let wide = |c: char| if c.is_ascii() { 9 } else { 17 };
        let room = (u32::from(width) * 10).saturating_sub(15).max(17);
        let one = |line: &str| line.chars().map(wide).sum::<u32>().div_ceil(room).max(1);
        text.lines().map(one).sum::<u32>()
    };
    let each = table.columns.iter().zip(cells).map(|(column, cell)| match cell {
        Cell::Text(text) | Cell::Judged(text, _) => of_text(text.in_language(language), column.width),
        _ => 1,
    });
    each.max().unwrap_or(1)
}

fn write_cell(
    to: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    language: Language,
    styles: &Styles,
) -> Result<(), DocumentError> {
    match cell {
        Cell::Empty => to.write_blank(row, column, &styles.text)?,
        Cell::Text(text) => to.write_string_with_format(row, column, one_break(text.in_language(language)), &styles.text)?,
        Cell::Count(count) => to.write_number_with_format(row, column, *count, &styles.count)?,
        Cell::Judged(text, attainment) => {
            let style = match attainment {
                Attainment::Met => &styles.met,
                Attainment::Missed => &styles.missed,
                Attainment::NotApplicable => &styles.text,
            };
            to.write_string_with_format(row, column, one_break(text.in_language(language)), style)?
        }
        Cell::Day(day) => to.write_datetime_with_format(row, column, day, &styles.day)?,
        Cell::Instant(at) => {
            let local = at.with_timezone(&COMPANY_ZONE).naive_local();
            to.write_datetime_with_format(row, column, local, &styles.instant)?
        }
    };
    Ok(())
}

/// The text with LF as its only line break: a CR would stand in the cell as `_x000D_`.
fn one_break(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn set_widths(to: &mut Worksheet, sheet: &Sheet) -> Result<(), DocumentError> {
    let mut widths: Vec<u16> = Vec::new();
    for table in &sheet.tables {
        widths.resize(widths.len().max(table.columns.len()), 0);
        for (width, column) in widths.iter_mut().zip(&table.columns) {
            *width = (*width).max(column.width);
        }
    }
    for (at, width) in widths.into_iter().enumerate() {
        to.set_column_width(column(at)?, width)?;
    }
    Ok(())
}

fn column(at: usize) -> Result<u16, XlsxError> {
    u16::try_from(at).map_err(|_| XlsxError::RowColumnLimitError)
}

/// A name that a tab may have and that none of `taken` has.
pub fn tab_name(wanted: &str, taken: &[String]) -> String {
    let plain: String = wanted.chars().map(|c| if "[]:*?/\\".contains(c) || c.is_control() { ' ' } else { c }).collect();
    // A name may neither be empty nor begin or end with an apostrophe.
    let plain = plain.trim().trim_matches('\'').trim();
    let plain = if plain.is_empty() { "Sheet" } else { plain };
    let fits = |suffix: &str| {
        let mut units = suffix.len();
        let kept: String = plain
            .chars()
            .take_while(|c| {
                units += c.len_utf16();
                units <= TAB_LENGTH
            })
            .collect();
        format!("{}{suffix}", kept.trim_end())
    };
    let is_free = |name: &String| taken.iter().all(|other| other.to_lowercase() != name.to_lowercase());
    let numbered = (2..).map(|number| fits(&format!(" {number}")));
    std::iter::once(fits("")).chain(numbered).find(is_free).unwrap_or_default()
}
