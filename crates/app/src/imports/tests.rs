//! Whole ledgers: what is read from them, and every error at once with its row.

use super::*;
use chrono::{DateTime, Utc};
use fabu_domain::{
    language::Language,
    subjects::release::stage::{ReleaseKind, Verdict},
};

fn read(text: &str) -> Result<Ledger, LedgerError> {
    let now: DateTime<Utc> = "2026-03-02T01:00:00Z".parse().unwrap();
    read_ledger(text.as_bytes(), "台账.csv", &Rules::default(), now)
}

fn errors(text: &str) -> Vec<String> {
    match read(text) {
        Err(LedgerError::Rows { errors, total }) => {
            assert_eq!(errors.len(), total);
            errors.iter().map(|error| error.text(Language::English)).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn reads_a_chinese_ledger_with_semicolons() {
    let text = "编号;标题;类型;系统;客户;结果;完成时间;备注\nFB-1;核心系统补丁;紧急;核心业务系统;示例银行;回退;2024年3月31日 23:30;\"见附件;\n第二页\"\n\n;;;;;;;\n";
    let ledger = read(text).unwrap();
    assert_eq!(ledger.rows.len(), 1);
    let row = &ledger.rows[0];
    assert_eq!((row.row, row.number.as_str(), row.title.as_str()), (2, "FB-1", "核心系统补丁"));
    assert_eq!((row.kind, row.verdict), (ReleaseKind::Emergency, Verdict::RolledBack));
    assert_eq!((row.system.as_str(), row.customer.as_str(), row.note.as_str()), ("核心业务系统", "示例银行", "见附件;\n第二页"));
    assert_eq!(row.finished_at.to_rfc3339(), "2024-03-31T15:30:00+00:00");
    assert_eq!(row.requested_at, row.finished_at);
    assert_eq!(row.cells["结果"], "回退");
}

#[test]
fn reads_a_ledger_with_tabs_and_quoted_headings() {
    let ledger =
        read("\"number\"\t\"title\"\t\"outcome, or result\"\t\"outcome\"\t\"date\"\n1\tA, B\t\tok\t2024-03-05\n").unwrap();
    assert_eq!(ledger.rows[0].title.as_str(), "A, B");
}

#[test]
fn tells_every_error_with_row_column_and_what_to_do() {
    let long = "x".repeat(201);
    let text = format!(
        "number,title,outcome,date,requested_at\n\
         1,fine,released,2024-03-05,\n\
         ,,maybe,soon,2024-02-30\n\
         1,again,ok,2024-03-05,\n\
         2,{long},ok,2031-01-01,\n\
         3,short,ok\n"
    );
    let found = errors(&text);
    let expected = [
        "row 3, number (number): must not be empty",
        "row 3, title (title): must not be empty",
        "row 3, finished_at (date): \"soon\" is no date",
        "row 3, requested_at (requested_at): \"2024-02-30\" is no date",
        "row 3, outcome (outcome): the outcome \"maybe\" is not known: say --value 'outcome.maybe=",
        "row 4, number (number): the number \"1\" is in row 2 already",
        "row 5, title (title): must have at most 200 characters, has 201",
        "row 5, finished_at (date): \"2031-01-01\" lies in the future",
        "row 6, *: 3 cells, but the header has 5",
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found} instead of {expected}");
    }
}

#[test]
fn counts_rows_as_an_editor_does_over_blank_lines_and_quoted_breaks() {
    let text = "number,title,outcome,date,note\n\n1,a,ok,2024-03-05,\"two\nlines\"\n\n\n,b,ok,2024-03-05,\n";
    assert_eq!(errors(text), ["row 7, number (number): must not be empty: fill it in"]);
}

#[test]
fn keeps_the_first_hundred_errors_and_counts_all() {
    let text = format!("number,title,outcome,date\n{}", "1,,ok,2024-03-05\n".repeat(150));
    let Err(LedgerError::Rows { errors, total }) = read(&text) else { panic!("errors") };
    assert_eq!((errors.len(), total), (MOST_ERRORS, 299));
}

#[test]
fn refuses_a_file_without_rows() {
    assert!(matches!(read(""), Err(LedgerError::NoRows)));
    assert!(matches!(read("number,title,outcome,date\n"), Err(LedgerError::NoRows)));
}

#[test]
fn knows_the_ledger_of_openstack() {
    let text = "change_ref,change_title,requester,requested_at,approved_at,team,deliverable,version,series,kind,release_model,artifacts,outcome,withdrawn_at\n\
        OS-d632af5cb7,Release openstack/placement 0.1.0,R0293,2019-01-04T11:10:53Z,2019-01-07T15:37:08Z,nova,placement,0.1.0,stein,service,cycle-with-rc,openstack/placement@9d42,withdrawn,2019-03-20T19:33:13Z\n";
    let ledger = read(text).unwrap();
    let row = &ledger.rows[0];
    assert_eq!(
        (row.number.as_str(), row.title.as_str()),
        ("placement-0.1.0", "placement 0.1.0: Release openstack/placement 0.1.0")
    );
    assert_eq!((row.verdict, row.kind), (Verdict::RolledBack, ReleaseKind::Minor));
    assert_eq!((row.system.as_str(), row.customer.as_str()), ("placement", "nova"));
    assert_eq!(row.finished_at.to_rfc3339(), "2019-01-07T15:37:08+00:00");
    assert_eq!(row.note, "withdrawn at 2019-03-20T19:33:13Z");
}

fn rules(leniency: Leniency) -> Rules {
    Rules { leniency, ..Rules::default() }
}

fn read_with(text: &str, rules: &Rules) -> Result<Ledger, LedgerError> {
    read_ledger(text.as_bytes(), "台账.csv", rules, "2026-03-02T01:00:00Z".parse().unwrap())
}

/// A lone quotation mark takes in no row: each is an error with its line, and can be taken as a character by name.
#[test]
fn a_lone_quotation_mark_is_an_error_with_its_line() {
    let text = "number,title,outcome,date,note\n1,a,ok,2024-03-05,\"\n2,b,ok,2024-03-05,\"\n3,c,ok,2024-03-05,\"core\" done\n";
    let found = errors(text);
    assert_eq!(found.len(), 3, "{found:?}");
    for (found, row) in found.iter().zip(2..) {
        assert!(found.starts_with(&format!("row {row}, *: the quotation mark")), "{found}");
    }
    let ledger = read_with(text, &rules(Leniency { literal_quotes: true, ..Leniency::default() })).unwrap();
    assert_eq!(ledger.rows.iter().map(|row| row.note.as_str()).collect::<Vec<_>>(), ["\"", "\"", "\"core\" done"]);
}

#[test]
fn a_doubled_heading_is_named_with_both_columns() {
    let error = read("number,title,备注,outcome,date,备注 \n1,a,x,ok,2024-03-05,y\n").unwrap_err();
    assert_eq!(error.text(Language::English), "columns 3 and 6 are all called \"备注\": rename them, so that none is lost");
}

#[test]
fn numbers_kept_as_text_are_unwrapped_and_rounded_ones_refused() {
    let ledger = read("number,title,outcome,date\n=\"20250305001\",a,ok,2024-03-05\n\"=\"\"007\"\"\",b,ok,2024-03-05\n").unwrap();
    assert_eq!(ledger.rows.iter().map(|row| row.number.as_str()).collect::<Vec<_>>(), ["20250305001", "007"]);
    let found = errors("number,title,outcome,date\n2.02503E+10,a,ok,2024-03-05\n");
    assert!(found[0].contains("a spreadsheet has rounded"), "{found:?}");
}

#[test]
fn private_characters_are_reported_unless_kept_by_name() {
    let text = "number,title,outcome,date\n1,\u{E000}系统,ok,2024-03-05\n";
    assert!(errors(text)[0].starts_with("row 2, title: holds the private character U+E000"));
    let kept = rules(Leniency { keep_private_characters: true, ..Leniency::default() });
    assert_eq!(read_with(text, &kept).unwrap().rows.len(), 1);
}

#[test]
fn spellings_of_one_number_are_repeated() {
    let found = errors("number,title,outcome,date\nFB-1,a,ok,2024-03-05\nｆｂ－１\u{200E},b,ok,2024-03-05\n");
    assert_eq!(found, ["row 3, number (number): the number \"ｆｂ－１\" is in row 2 already: take one of them out"]);
}

#[test]
fn an_unknown_kind_is_reported_and_a_negated_one_is_no_emergency() {
    let text = "number,title,outcome,date,kind\n1,a,ok,2024-03-05,非紧急\n2,b,ok,2024-03-05,功能优化\n";
    assert_eq!(errors(text).len(), 1);
    assert!(errors(text)[0].starts_with("row 3, kind (kind): the kind \"功能优化\" is not known"));
    let other = Rules { other_kinds: Some(ReleaseKind::Minor), ..Rules::default() };
    assert!(read_with(text, &other).unwrap().rows.iter().all(|row| row.kind == ReleaseKind::Minor));
}

/// Sheets as offices keep them: what is understood is understood, the rest is left out by name, each row with its line.
#[test]
fn an_office_sheet_is_read_with_what_is_given_up_named() {
    let text = "2025年发布台账,,,\n运维部,,,\n编号,标题,结果,完成时间,备注\n1,a,成功,45721,\n2,b,取消,2025-3-6,\n3,c,回退,２０２５－３－７ 下午6:30\n\
                编号,标题,结果,完成时间,备注\n4,d,成功,2025-3-8 24:00,x\n小计：4 项,,,,\n合 计,,3,,\n制表人：张三,,,,\n";
    let found = errors(text);
    let expected = [
        "row 5, *: \"取消\": cancelled before it began",
        "row 6, *: 4 cells, but the header has 5",
        "row 9, *: \"小计：4 项\" looks like a row of totals",
        "row 10, *: \"合 计 3\" looks like a row of totals",
        "row 11, *: only \"制表人：张三\" stands in this row",
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected) && found.contains("--"), "{found} instead of {expected}");
    }
    let all =
        Leniency { skip_totals: true, skip_cancelled: true, skip_remarks: true, fill_short_rows: true, ..Leniency::default() };
    let ledger = read_with(text, &rules(all)).unwrap();
    assert_eq!(ledger.rows.iter().map(|row| row.row).collect::<Vec<_>>(), [4, 6, 8]);
    assert_eq!(ledger.rows[2].finished_at.to_rfc3339(), "2025-03-08T16:00:00+00:00");
    let left_out: Vec<(u64, WhyRowLeftOut)> = ledger.left_out.iter().map(|row| (row.row, row.reason)).collect();
    let expected = [
        (1, WhyRowLeftOut::Title),
        (2, WhyRowLeftOut::Title),
        (5, WhyRowLeftOut::Cancelled),
        (7, WhyRowLeftOut::Heading),
        (9, WhyRowLeftOut::Total),
        (10, WhyRowLeftOut::Total),
        (11, WhyRowLeftOut::Remark),
    ];
    assert_eq!((left_out.as_slice(), ledger.filled.as_slice()), (&expected[..], &[6][..]));
}
