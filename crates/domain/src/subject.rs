//! What approvals and tasks are about: anything with an identity, a version and a history.

pub mod log;
pub mod operation;
pub mod refusal;

mod panel;
mod record;
mod step;

pub(crate) use panel::barred;
pub use panel::{answerable_for, awaited, stands_for};
pub use record::{Ask, CompanyRecord, Parts, PartsMut};
pub use step::Step;
pub(crate) use step::sign_off;

use crate::{
    blocks::document::DocumentKind, notifications::notice::times, subject::refusal::Text,
    subjects::procedure_version::label::VersionLabel, time::quarter::Quarter,
};
use std::{fmt::Display, str::FromStr};
use uuid::Uuid;

const DOCUMENT: DocumentKind = DocumentKind::ProcedureVersion;

crate::word_enum! {
    /// What kind of thing a subject is.
    SubjectKind {
        /// A release (发布工单).
        Release = "release" "发布" "release",
        /// A revision of the report of a quarter (3.5, 6, 7a).
        QuarterlyReport = "quarterly_report" "季度报告" "quarterly report",
        /// A version of the procedure (F1-F3, 7).
        ProcedureVersion = "procedure_version" "程序版本" "procedure version",
    }
}

impl SubjectKind {
    /// What the addresses of its kind begin with.
    const fn family(self) -> &'static str {
        match self {
            Self::Release => "releases/",
            Self::QuarterlyReport => "reports/quarterly/",
            Self::ProcedureVersion => "procedure-versions/",
        }
    }

    /// What tells the thing with this address from its like, if the thing is of this kind.
    #[must_use]
    pub fn key_at<T: FromStr>(self, address: &str) -> Option<T> {
        address.strip_prefix(self.family())?.parse().ok()
    }
}

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
        Self::new(SubjectKind::Release, id, number)
    }

    fn new(kind: SubjectKind, id: Uuid, key: impl Display) -> Self {
        Self { id, kind, address: format!("{}{key}", kind.family()) }
    }

    /// A revision of the report of this quarter.
    #[must_use]
    pub fn quarterly_report(id: Uuid, quarter: Quarter) -> Self {
        Self::new(SubjectKind::QuarterlyReport, id, quarter)
    }

    /// A version of the procedure.
    #[must_use]
    pub fn procedure_version(id: Uuid, label: VersionLabel) -> Self {
        Self::new(SubjectKind::ProcedureVersion, id, label)
    }

    /// The address of the report of this quarter, whatever its revision.
    #[must_use]
    pub fn report_address(quarter: Quarter) -> String {
        Self::quarterly_report(Uuid::nil(), quarter).address
    }

    /// What tells it from its like: the number of a release, the quarter of a report, the label of a version.
    #[must_use]
    pub fn key(&self) -> &str {
        self.address.strip_prefix(self.kind.family()).unwrap_or(&self.address)
    }

    /// Its page, as the path of a link (RFC 3986).
    #[must_use]
    pub fn path(&self) -> String {
        match self.kind {
            SubjectKind::Release => crate::address::release(self.key()),
            SubjectKind::QuarterlyReport | SubjectKind::ProcedureVersion => format!("/{}", self.address),
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
            (SubjectKind::ProcedureVersion, _) => {
                Text::new(format!("{} {}", DOCUMENT.zh(), self.key()), format!("{} {}", DOCUMENT.en(), self.key()))
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
    fn a_version_is_called_by_its_label() {
        let version = Subject::procedure_version(Uuid::nil(), "V1.1".parse().unwrap());
        assert_eq!((version.key(), version.path().as_str()), ("V1.1", "/procedure-versions/V1.1"));
        assert_eq!(version.name(), Text::new("发布管理程序 V1.1", "release management procedure V1.1"));
    }

    #[test]
    fn a_report_is_called_by_its_quarter() {
        let report = Subject::quarterly_report(Uuid::nil(), "2026Q3".parse().unwrap());
        assert_eq!((report.key(), report.path().as_str()), ("2026Q3", "/reports/quarterly/2026Q3"));
        assert!(report.name().zh.contains("2026") && report.name().en.starts_with("report of"), "{:?}", report.name());
    }
}
