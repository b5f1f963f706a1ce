//! The content of a document of any kind.

use super::{
    DocumentKind,
    canonical::{canonical_bytes, fingerprint},
    difference::{FieldChange, difference},
    missing::{DocumentContext, Missing},
};
use crate::subjects::release::documents::{FailureReview, GoLivePlan, ReleasePlan, ReleaseReport, TestReport};
use crate::subjects::{procedure_version::ProcedureText, quarterly_report::Assessment};
use serde::Serialize;
use serde_json::{Map, Value};

/// The content of a document. Its kind is stored beside it, not in it.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum DocumentContent {
    /// 发布方案.
    ReleasePlan(Box<ReleasePlan>),
    /// 发布测试报告.
    TestReport(Box<TestReport>),
    /// 上线计划.
    GoLivePlan(Box<GoLivePlan>),
    /// 发布报告.
    ReleaseReport(Box<ReleaseReport>),
    /// 失败发布回顾.
    FailureReview(Box<FailureReview>),
    /// 季度报告.
    QuarterlyReport(Box<Assessment>),
    /// 发布管理程序.
    ProcedureVersion(Box<ProcedureText>),
}

impl DocumentContent {
    /// Reads a content; fields may be left out, unknown ones are refused. Call [`super::limits::limits`] before.
    ///
    /// # Errors
    /// When a field is unknown or has the wrong type.
    pub fn parse(kind: DocumentKind, value: Value) -> Result<Self, serde_json::Error> {
        Ok(match kind {
            DocumentKind::ReleasePlan => Self::ReleasePlan(serde_json::from_value(value)?),
            DocumentKind::TestReport => Self::TestReport(serde_json::from_value(value)?),
            DocumentKind::GoLivePlan => Self::GoLivePlan(serde_json::from_value(value)?),
            DocumentKind::ReleaseReport => Self::ReleaseReport(serde_json::from_value(value)?),
            DocumentKind::FailureReview => Self::FailureReview(serde_json::from_value(value)?),
            DocumentKind::QuarterlyReport => Self::QuarterlyReport(serde_json::from_value(value)?),
            DocumentKind::ProcedureVersion => Self::ProcedureVersion(serde_json::from_value(value)?),
        })
    }

    /// A content with nothing filled in.
    #[must_use]
    pub fn empty(kind: DocumentKind) -> Self {
        match kind {
            DocumentKind::ReleasePlan => Self::ReleasePlan(Box::default()),
            DocumentKind::TestReport => Self::TestReport(Box::default()),
            DocumentKind::GoLivePlan => Self::GoLivePlan(Box::default()),
            DocumentKind::ReleaseReport => Self::ReleaseReport(Box::default()),
            DocumentKind::FailureReview => Self::FailureReview(Box::default()),
            DocumentKind::QuarterlyReport => Self::QuarterlyReport(Box::default()),
            DocumentKind::ProcedureVersion => Self::ProcedureVersion(Box::default()),
        }
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> DocumentKind {
        match self {
            Self::ReleasePlan(_) => DocumentKind::ReleasePlan,
            Self::TestReport(_) => DocumentKind::TestReport,
            Self::GoLivePlan(_) => DocumentKind::GoLivePlan,
            Self::ReleaseReport(_) => DocumentKind::ReleaseReport,
            Self::FailureReview(_) => DocumentKind::FailureReview,
            Self::QuarterlyReport(_) => DocumentKind::QuarterlyReport,
            Self::ProcedureVersion(_) => DocumentKind::ProcedureVersion,
        }
    }

    /// The content as JSON, every field present.
    #[must_use]
    pub fn to_value(&self) -> Value {
        // The types hold nothing that JSON cannot: no floats, no maps with keys other than words.
        serde_json::to_value(self).unwrap_or_default()
    }

    /// What stands between the draft and its submission, by clause; empty when it may be submitted.
    #[must_use]
    pub fn missing(&self, ctx: &DocumentContext<'_>) -> Vec<Missing> {
        match self {
            Self::ReleasePlan(content) => content.missing(ctx),
            Self::TestReport(content) => content.missing(ctx),
            Self::GoLivePlan(content) => content.missing(ctx),
            Self::ReleaseReport(content) => content.missing(ctx),
            Self::FailureReview(content) => content.missing(ctx),
            Self::QuarterlyReport(content) => content.lacking(ctx.directory),
            Self::ProcedureVersion(content) => content.lacking(ctx.directory),
        }
    }

    /// The bytes of [`super::canonical`].
    #[must_use]
    pub fn canonical_bytes(&self) -> Vec<u8> {
        canonical_bytes(&self.to_value())
    }

    /// The SHA-256 of the canonical bytes, in lower-case hex.
    #[must_use]
    pub fn sha256(&self) -> String {
        fingerprint(&self.to_value())
    }

    /// Each section's name and SHA-256, in the order of the clause.
    #[must_use]
    pub fn sections(&self) -> Vec<(&'static str, String)> {
        let value = self.to_value();
        let part = |fields: &[&str]| -> Map<String, Value> {
            fields.iter().filter_map(|field| Some(((*field).to_owned(), value.get(field)?.clone()))).collect()
        };
        let sections = self.kind().sections().iter();
        sections.map(|section| (section.name, fingerprint(&Value::Object(part(section.fields))))).collect()
    }

    /// What changed from `old` to this, field by field; both should be of the same kind.
    #[must_use]
    pub fn changes_since(&self, old: &Self) -> Vec<FieldChange> {
        let mut changes = difference(&old.to_value(), &self.to_value());
        for change in &mut changes {
            let field = change.pointer.split('/').nth(1).unwrap_or_default();
            change.section = self.kind().section_of(field).map(|section| section.name.to_owned()).unwrap_or_default();
        }
        changes
    }
}

impl From<ReleasePlan> for DocumentContent {
    fn from(content: ReleasePlan) -> Self {
        Self::ReleasePlan(Box::new(content))
    }
}

impl From<TestReport> for DocumentContent {
    fn from(content: TestReport) -> Self {
        Self::TestReport(Box::new(content))
    }
}

impl From<GoLivePlan> for DocumentContent {
    fn from(content: GoLivePlan) -> Self {
        Self::GoLivePlan(Box::new(content))
    }
}

impl From<ReleaseReport> for DocumentContent {
    fn from(content: ReleaseReport) -> Self {
        Self::ReleaseReport(Box::new(content))
    }
}

impl From<Assessment> for DocumentContent {
    fn from(content: Assessment) -> Self {
        Self::QuarterlyReport(Box::new(content))
    }
}

impl From<ProcedureText> for DocumentContent {
    fn from(content: ProcedureText) -> Self {
        Self::ProcedureVersion(Box::new(content))
    }
}

impl From<FailureReview> for DocumentContent {
    fn from(content: FailureReview) -> Self {
        Self::FailureReview(Box::new(content))
    }
}
