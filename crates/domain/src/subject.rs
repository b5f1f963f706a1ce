//! What approvals and tasks are about: anything with an identity, a version and a history.

pub mod log;
pub mod operation;
pub mod refusal;

use crate::{notifications::notice::times, subject::refusal::Text, time::quarter::Quarter};
use uuid::Uuid;

crate::word_enum! {
    /// What kind of thing a subject is.
    SubjectKind {
        /// A release (发布工单).
        Release = "release" "发布" "release",
        /// A revision of the report of a quarter (3.5, 6, 7a).
        QuarterlyReport = "quarterly_report" "季度报告" "quarterly report",
    }
}

const RELEASES: &str = "releases/";
const QUARTERLY_REPORTS: &str = "reports/quarterly/";

/// Something that approvals and tasks are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The id of the thing itself.
    pub id: Uuid,
    /// What kind of thing it is.
    pub kind: SubjectKind,
    /// What its entries in the log are about:
    /// `releases/REL-2026-0007`, `reports/quarterly/2026Q3`.
    pub address: String,
}

impl Subject {
    /// A release with this number.
    #[must_use]
    pub fn release(id: Uuid, number: &str) -> Self {
        Self { id, kind: SubjectKind::Release, address: format!("{RELEASES}{number}") }
    }

    /// A revision of the report of this quarter.
    #[must_use]
    pub fn quarterly_report(id: Uuid, quarter: Quarter) -> Self {
        Self { id, kind: SubjectKind::QuarterlyReport, address: Self::report_address(quarter) }
    }

    /// The address of the report of this quarter, whatever its revision.
    #[must_use]
    pub fn report_address(quarter: Quarter) -> String {
        format!("{QUARTERLY_REPORTS}{quarter}")
    }

    /// The quarter of the report that has this address; none when it is no report's.
    #[must_use]
    pub fn quarter_at(address: &str) -> Option<Quarter> {
        address.strip_prefix(QUARTERLY_REPORTS)?.parse().ok()
    }

    /// What tells it from its like: the number of a release, the quarter of a report.
    #[must_use]
    pub fn key(&self) -> &str {
        let family = match self.kind {
            SubjectKind::Release => RELEASES,
            SubjectKind::QuarterlyReport => QUARTERLY_REPORTS,
        };
        self.address.strip_prefix(family).unwrap_or(&self.address)
    }

    /// Its page, as the path of a link (RFC 3986).
    #[must_use]
    pub fn path(&self) -> String {
        match self.kind {
            SubjectKind::Release => crate::address::release(self.key()),
            SubjectKind::QuarterlyReport => format!("/{}", self.address),
        }
    }

    /// What people call it, when it has no title of its own.
    #[must_use]
    pub fn name(&self) -> Text {
        match (self.kind, self.key().parse::<Quarter>()) {
            (SubjectKind::QuarterlyReport, Ok(quarter)) => {
                let quarter = times::quarter(quarter);
                Text::new(format!("{}发布报告", quarter.zh), format!("report of {}", quarter.en))
            }
            _ => Text::same(self.key()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_another_ledger_is_one_segment_of_the_path() {
        let release = Subject::release(Uuid::nil(), "2025/7 #3");
        assert_eq!((release.key(), release.path().as_str()), ("2025/7 #3", "/releases/2025%2F7%20%233"));
    }

    #[test]
    fn a_report_is_called_by_its_quarter() {
        let report = Subject::quarterly_report(Uuid::nil(), "2026Q3".parse().unwrap());
        assert_eq!((report.key(), report.path().as_str()), ("2026Q3", "/reports/quarterly/2026Q3"));
        assert!(report.name().zh.contains("2026") && report.name().en.starts_with("report of"), "{:?}", report.name());
    }
}
