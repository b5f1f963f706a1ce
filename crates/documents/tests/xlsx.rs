//! Workbooks, read back by another program's eyes.

#![expect(clippy::unwrap_used, reason = "a test that cannot be prepared has failed")]

use calamine::{Data, Reader, Xlsx};
use chrono::{DateTime, NaiveDate, Utc};
use fabu_documents::{Cell, Column, Sheet, Table, Workbook};
use fabu_domain::{language::Language, subject::refusal::Text, subjects::release::kpi::Attainment};
use std::io::Cursor;

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc)
}

fn book(sheets: Vec<Sheet>) -> Workbook {
    let title = Text::new("季度报告", "Quarterly report");
    Workbook { title, author: "某公司".to_owned(), made_at: at("2026-10-09T01:00:00Z"), sheets }
}

fn sheet(name: &str, rows: Vec<Vec<Cell>>) -> Sheet {
    let columns = vec![Column::new("项目", "item", 20), Column::new("值", "value", 12)];
    let tables = vec![Table { heading: Text::default(), columns, rows }];
    Sheet { name: Text::same(name), title: Text::new("标题", "title"), notes: vec![Text::new("说明", "note")], tables }
}

/// The rows of a sheet below its head, as read back.
fn read(workbook: &Workbook, language: Language, name: &str) -> Vec<Vec<Data>> {
    let bytes = workbook.xlsx(language).unwrap();
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = file.worksheet_range(name).unwrap();
    // Title, note, an empty row, the head.
    range.rows().skip(4).map(<[Data]>::to_vec).collect()
}

#[test]
fn a_carriage_return_becomes_a_line_break_and_no_code_in_the_cell() {
    let rows = vec![vec![Cell::same("一\r\n二\r三"), Cell::Empty]];
    let workbook = book(vec![sheet("文本", rows)]);
    let bytes = workbook.xlsx(Language::Chinese).unwrap();
    assert_eq!(read(&workbook, Language::Chinese, "文本")[0][0], Data::String("一\n二\n三".to_owned()));
    assert!(!bytes.windows(7).any(|part| part == b"_x000D_"));
}

#[test]
fn what_a_person_typed_stays_text_to_the_letter() {
    let typed = [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2",
        "@SUM(A1)",
        "\tx",
        "0012",
        "1e5",
        "2026-12-01",
        "TRUE",
        "<b>&amp;\"'</b>",
        "{=A1}",
        "http://example.cn",
        "_x0041_",
        "第一行\n第二行",
        "  空格  ",
        "璟喆堃 𠮷 😀",
        "\u{202E}gpj.exe",
        "]]>",
    ];
    let rows = typed.iter().map(|text| vec![Cell::same(*text), Cell::Empty]).collect();
    let read = read(&book(vec![sheet("文本", rows)]), Language::Chinese, "文本");
    let back: Vec<&Data> = read.iter().map(|row| &row[0]).collect();
    let expected: Vec<Data> = typed.iter().map(|text| Data::String((*text).to_owned())).collect();
    assert_eq!(back, expected.iter().collect::<Vec<_>>());
}

#[test]
fn counts_are_numbers_and_days_are_dates_in_china_time() {
    let day = NaiveDate::from_ymd_opt(2026, 9, 30).unwrap();
    let rows = vec![
        vec![Cell::same("count"), Cell::Count(54)],
        vec![Cell::same("day"), Cell::Day(day)],
        // Half past midnight in China, still the day before in UTC.
        vec![Cell::same("instant"), Cell::Instant(at("2026-09-30T16:30:00Z"))],
        vec![Cell::same("rate"), Cell::Judged(Text::same("51/54 = 94.44 %"), Attainment::Met)],
    ];
    let read = read(&book(vec![sheet("s", rows)]), Language::English, "s");
    assert_eq!(read[0][1], Data::Float(54.0));
    let date = |data: &Data| match data {
        Data::DateTime(date) => date.as_f64(),
        other => panic!("no date: {other:?}"),
    };
    // Days since 1899-12-30, the way spreadsheets count.
    assert!((date(&read[1][1]) - 46295.0).abs() < 1e-9);
    assert!((date(&read[2][1]) - (46296.0 + 0.5 / 24.0)).abs() < 1e-6);
    assert_eq!(read[3][1], Data::String("51/54 = 94.44 %".to_owned()));
}

#[test]
fn both_languages_come_out_of_one_workbook() {
    let workbook = book(vec![sheet("s", vec![vec![Cell::Text(Text::new("重大", "major")), Cell::Count(1)]])]);
    assert_eq!(read(&workbook, Language::Chinese, "s")[0][0], Data::String("重大".to_owned()));
    assert_eq!(read(&workbook, Language::English, "s")[0][0], Data::String("major".to_owned()));
}

#[test]
fn the_names_of_tabs_are_made_fit_and_different() {
    let long = "甲".repeat(40);
    let names = ["a/b:c", "A b c", "", "'x'", &long, &long];
    let sheets = names.iter().map(|name| sheet(name, Vec::new())).collect();
    let bytes = book(sheets).xlsx(Language::Chinese).unwrap();
    let file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let cut = format!("{} 2", "甲".repeat(29));
    assert_eq!(file.sheet_names(), ["a b c", "A b c 2", "Sheet", "x", &long[..31 * 3], &cut]);
}

#[test]
fn the_same_data_gives_the_same_file() {
    let workbook = book(vec![sheet("s", vec![vec![Cell::same("x"), Cell::Count(1)]])]);
    assert_eq!(workbook.xlsx(Language::Chinese).unwrap(), workbook.xlsx(Language::Chinese).unwrap());
}

#[test]
fn a_text_too_long_for_a_cell_is_an_error_and_never_cut_silently() {
    let rows = vec![vec![Cell::same("x".repeat(32_768)), Cell::Empty]];
    assert!(book(vec![sheet("s", rows)]).xlsx(Language::Chinese).is_err());
}
