//! What goes with a message besides its words: the picture of its chart and the files that it names.

use crate::{DocumentError, quarterly_workbook, rate_chart};
use fabu_domain::{
    language::Language,
    notifications::notice::{AttachmentSource, Enclosure, Enclosures, Notice, Section},
    people::directory::Directory,
    subject::refusal::Text,
    subjects::quarterly_report::QuarterlyReport,
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The most that goes along, in bytes: many mail servers take no more than twice as much, and base64 adds a third.
const MOST: usize = 5 * 1024 * 1024;

/// Makes what goes with a message, from the revisions that it names: a repeat of the message has the same figures, whatever
/// happened to the report since. A file for which there is no room stays behind, and the message says so: its link opens the
/// page that has the file.
///
/// # Errors
/// When a revision that the message names is not among `reports`, or something cannot be drawn.
pub fn enclosures(
    notice: &Notice,
    reports: &[QuarterlyReport],
    directory: &Directory,
    language: Language,
) -> Result<Enclosures, DocumentError> {
    let picture = notice.chart.as_ref().map(|chart| rate_chart(chart, language)).transpose()?;
    let mut files = Vec::new();
    for AttachmentSource::QuarterlyWorkbook { quarter, revision } in &notice.attachments {
        let wanted = |report: &&QuarterlyReport| (report.quarter, report.revision) == (*quarter, *revision);
        let report = reports.iter().find(wanted).ok_or(DocumentError::Unknown { quarter: *quarter, revision: *revision })?;
        files.push(quarterly_file(report, directory, language)?);
    }
    let (files, left) = fit(files, MOST);
    Ok(Enclosures { notice: without(notice, &left), picture, files })
}

/// Those for which there is room, and those for which there is none.
fn fit(files: Vec<Enclosure>, most: usize) -> (Vec<Enclosure>, Vec<Enclosure>) {
    let mut room = most;
    files.into_iter().partition(|file| {
        let rest = room.checked_sub(file.bytes.len());
        room = rest.unwrap_or(room);
        rest.is_some()
    })
}

/// The message with a word on the files that stay behind.
fn without(notice: &Notice, left: &[Enclosure]) -> Notice {
    let mut notice = notice.clone();
    if !left.is_empty() {
        let line = |file: &Enclosure| {
            let (name, size) = (&file.name, file.bytes.len() as f64 / (1024.0 * 1024.0));
            Text::new(
                format!("{name}（{size:.1} MB）过大，未随邮件附上。请点击上方按钮打开页面下载。"),
                format!("{name} ({size:.1} MB) is too large for a mail. The button above opens the page that has it."),
            )
        };
        let lines = left.iter().map(line).collect();
        notice.sections.push(Section { heading: Text::new("附件", "Attachments"), lines, table: None });
    }
    notice
}

/// The workbook of a revision as a file. The same revision always gives the same bytes.
///
/// # Errors
/// When it cannot be written.
pub fn quarterly_file(report: &QuarterlyReport, directory: &Directory, language: Language) -> Result<Enclosure, DocumentError> {
    Ok(Enclosure {
        name: format!("{}-{}.xlsx", report.number, report.revision),
        content_type: XLSX.to_owned(),
        bytes: quarterly_workbook(report, directory, "Fabu").xlsx(language)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use fabu_domain::notifications::notice::{NoticeKind, Topic, Wanted};

    fn file(name: &str, length: usize) -> Enclosure {
        Enclosure { name: name.to_owned(), content_type: XLSX.to_owned(), bytes: vec![0; length] }
    }

    #[test]
    fn what_does_not_fit_stays_behind_and_the_rest_goes() {
        let names = |files: &[Enclosure]| files.iter().map(|file| file.name.clone()).collect::<Vec<_>>();
        let (fits, left) = fit(vec![file("a", 6), file("b", 5), file("c", 4)], 10);
        assert_eq!((names(&fits), names(&left)), (vec!["a".to_owned(), "c".to_owned()], vec!["b".to_owned()]));
    }

    #[test]
    fn the_message_says_what_stays_behind_how_large_it_is_and_where_to_get_it() {
        let topic = Topic::Other { name: Text::same("Q4") };
        let notice = Notice::new(NoticeKind::QuarterlyReport, topic, Wanted::Know { what: Text::same("x") });
        assert_eq!(without(&notice, &[]), notice);
        let said = without(&notice, &[file("QR-2026-Q4-1.xlsx", 6 * 1024 * 1024)]);
        let line = &said.sections[0].lines[0];
        assert!(line.zh.contains("QR-2026-Q4-1.xlsx（6.0 MB）") && line.en.contains("opens the page"), "{line:?}");
    }
}
