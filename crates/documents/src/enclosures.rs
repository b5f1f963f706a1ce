//! What goes with a message besides its words: the picture of its chart and the files that it names.

use crate::{DocumentError, quarterly_workbook, rate_chart};
use fabu_domain::{
    directory::{Directory, Language},
    notice::{AttachmentSource, Enclosure, Enclosures, Notice},
    quarterly::QuarterlyReport,
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Makes what goes with a message, from the revisions that it names: a repeat of the message has the same figures, whatever
/// happened to the report since.
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
    Ok(Enclosures { picture, files })
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
