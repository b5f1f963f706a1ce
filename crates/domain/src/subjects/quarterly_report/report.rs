//! The quarterly report as a controlled document: drafted by the system, assessed by people, approved by another, frozen.

use super::figures::QuarterlyFigures;
use crate::{
    blocks::{
        approval::{Approval, ApprovalState, Decision},
        document::{
            Document, DocumentContent, DocumentKind, Draft, Section, canonical::fingerprint, section, types::content_types,
        },
        task::Task,
    },
    ids::{ReportId, UserId},
    subject::CompanyRecord,
    subjects::release::{Stamp, stage::Verdict},
    time::quarter::Quarter,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, LazyLock},
};

crate::word_enum! {
    /// Where a report stands.
    ReportState {
        /// Being assessed; its figures follow the releases.
        Draft = "draft" "草稿" "draft",
        /// Waiting for approval.
        Submitted = "submitted" "待批准" "waiting for approval",
        /// Approved and frozen.
        Approved = "approved" "已批准" "approved",
    }
}

crate::word_enum! {
    /// Where a measure stands.
    MeasureState {
        /// To be carried out.
        Open = "open" "进行中" "open",
        /// Carried out, with its evidence.
        Done = "done" "已完成" "done",
    }
}

content_types! {
    /// A measure of improvement (7a): what, by whom, until when.
    Measure {
        /// What is done.
        text: String as LongText = "措施" "measure",
        /// Who does it.
        owner: Option<UserId> = "责任人" "owner",
        /// Until when.
        due: Option<NaiveDate> = "期限" "due",
    }

    /// What people say about the quarter (6, 7a).
    Assessment {
        /// How the procedure was carried out.
        execution: String as LongText = "程序执行情况" "how the procedure was carried out",
        /// Why the target was missed.
        gap_cause: String as LongText = "差距原因" "cause of the gap",
        /// What can be improved; "none found, because …" is an answer, silence is not.
        improvements: String as LongText = "改进内容" "what can be improved",
        /// What is done about it.
        measures: Vec<Measure> = "改进措施" "measures",
    }
}

/// The sections of an assessment.
pub const ASSESSMENT: &[Section] = &[
    section("execution", "7a", "程序执行情况", "execution of the procedure", &["execution"]),
    section("gap", "7a", "实际与目标的差距", "gap between actual and target", &["gap_cause"]),
    section("improvements", "6", "改进机会", "improvement", &["improvements"]),
    section("measures", "7a", "改进措施", "measures", &["measures"]),
];

/// A release that the later count sees differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Reclassified {
    /// Its number.
    pub number: String,
    /// The verdict in the report before; none: it was not in it.
    #[schema(required)]
    pub before: Option<Verdict>,
    /// The verdict now; none: it no longer counts in the quarter.
    #[schema(required)]
    pub after: Option<Verdict>,
}

/// Why an approved report has a successor (6). The old one stays as it was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restatement {
    /// The revision that it restates.
    pub of_revision: u32,
    /// Why.
    pub reason: String,
    /// What counts differently.
    pub changes: Vec<Reclassified>,
}

/// The report of a quarter, in one revision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuarterlyReport {
    /// Identity.
    pub id: ReportId,
    /// Its number (F3).
    pub number: String,
    /// The quarter.
    pub quarter: Quarter,
    /// From 1; a restatement is the next one.
    pub revision: u32,
    /// The figures: as counted last while a draft, as signed once approved.
    pub figures: QuarterlyFigures,
    /// When it was drafted.
    pub created_at: DateTime<Utc>,
    /// Who drafted it; none: the system.
    pub created_by: Option<UserId>,
    /// SHA-256 of what was approved.
    pub sha256: Option<String>,
    /// What it restates, if it does.
    pub restates: Option<Restatement>,
    /// Concurrency version of the record (ETag).
    pub version: i64,
    /// What people say about the figures: the draft, and what was sent for approval.
    #[serde(skip, default = "unwritten")]
    pub document: Document,
    /// The sign-offs that were asked for, oldest first.
    #[serde(skip)]
    pub approvals: Vec<Approval>,
    /// The measures on their way, once approved (7a).
    #[serde(skip)]
    pub tasks: Vec<Task>,
}

/// Before its document is read.
fn unwritten() -> Document {
    Document::new(DocumentKind::QuarterlyReport, String::new())
}

/// The number of the report of a quarter: form F05 of the procedure (F3).
#[must_use]
pub fn report_number(document_prefix: &str, quarter: Quarter) -> String {
    format!("{document_prefix}-F05-{quarter}")
}

/// What counts differently between a signed count and a later one; empty when nothing does.
#[must_use]
pub fn reclassified(signed: &QuarterlyFigures, now: &QuarterlyFigures) -> Vec<Reclassified> {
    let verdicts = |figures: &QuarterlyFigures| -> BTreeMap<String, Verdict> {
        figures.releases.iter().map(|release| (release.number.clone(), release.verdict)).collect()
    };
    let (before, after) = (verdicts(signed), verdicts(now));
    let numbers: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let difference = |number: &String| {
        let (before, after) = (before.get(number).copied(), after.get(number).copied());
        (before != after).then(|| Reclassified { number: number.clone(), before, after })
    };
    numbers.into_iter().filter_map(difference).collect()
}

impl QuarterlyReport {
    /// The draft of a quarter's first report.
    #[must_use]
    pub fn draft(
        id: ReportId,
        document_prefix: &str,
        figures: QuarterlyFigures,
        created_at: DateTime<Utc>,
        created_by: Option<UserId>,
    ) -> Self {
        let quarter = figures.quarter;
        Self {
            id,
            number: report_number(document_prefix, quarter),
            quarter,
            revision: 1,
            figures,
            created_at,
            created_by,
            sha256: None,
            restates: None,
            version: 1,
            document: Document::new(DocumentKind::QuarterlyReport, report_number(document_prefix, quarter)),
            approvals: Vec::new(),
            tasks: Vec::new(),
        }
    }

    /// The draft of the revision that restates this one; what was said is taken over, to be gone through again.
    #[must_use]
    pub fn restated(&self, id: ReportId, figures: QuarterlyFigures, reason: &str, at: DateTime<Utc>, by: Option<UserId>) -> Self {
        let changes = reclassified(&self.figures, &figures);
        Self {
            id,
            revision: self.revision + 1,
            figures,
            created_at: at,
            created_by: by,
            sha256: None,
            restates: Some(Restatement { of_revision: self.revision, reason: reason.to_owned(), changes }),
            version: 1,
            document: self.taken_over(),
            approvals: Vec::new(),
            tasks: Vec::new(),
            ..self.clone()
        }
    }

    /// The SHA-256 of what is signed: number, revision, figures, assessment and what is restated, in canonical form
    /// ([`crate::blocks::document::canonical`]).
    #[must_use]
    pub fn fingerprint(&self) -> String {
        fingerprint(&serde_json::json!({
            "number": self.number, "quarter": self.quarter, "revision": self.revision,
            "figures": self.figures, "assessment": self.assessment(), "restates": self.restates,
        }))
    }

    /// What is said in this revision, as the draft of the next one.
    fn taken_over(&self) -> Document {
        let mut document = Document::new(self.document.kind, self.number.clone());
        document.contributors = self.contributors();
        if let Some(last) = self.document.latest() {
            let saved = last.submitted.clone();
            document.save(&Draft { content: Arc::clone(&last.content), saved, on_behalf_of: None });
        }
        document
    }

    /// What people say about the figures.
    #[must_use]
    pub fn assessment(&self) -> &Assessment {
        static NOTHING: LazyLock<Assessment> = LazyLock::new(Assessment::default);
        match self.document.content() {
            Some(DocumentContent::QuarterlyReport(assessment)) => assessment,
            _ => &NOTHING,
        }
    }

    /// Where it stands: what the last sign-off that was asked for says.
    #[must_use]
    pub fn state(&self) -> ReportState {
        match self.approvals.last().map(|approval| approval.state) {
            Some(ApprovalState::Open) => ReportState::Submitted,
            Some(ApprovalState::Passed) => ReportState::Approved,
            Some(ApprovalState::Returned | ApprovalState::Void) | None => ReportState::Draft,
        }
    }

    /// Who sent it for approval last, and when.
    #[must_use]
    pub fn submitted(&self) -> Option<Stamp> {
        let approval = self.approvals.last()?;
        Some(Stamp { by: approval.opened_by, at: approval.opened_at, reason: String::new() })
    }

    /// Who sent it back last, when and why.
    #[must_use]
    pub fn returned(&self) -> Option<Stamp> {
        self.decided(ApprovalState::Returned, Decision::Return)
    }

    /// Who approved it, and when.
    #[must_use]
    pub fn approved(&self) -> Option<Stamp> {
        self.decided(ApprovalState::Passed, Decision::Pass)
    }

    fn decided(&self, state: ApprovalState, decision: Decision) -> Option<Stamp> {
        let approval = self.approvals.iter().rfind(|approval| approval.state == state)?;
        let vote = approval.members.iter().filter_map(|member| member.vote.as_ref()).find(|vote| vote.decision == decision)?;
        Some(Stamp { by: vote.by, at: vote.at, reason: vote.comment.clone() })
    }

    /// The measures that are not done.
    pub fn open_measures(&self) -> impl Iterator<Item = &Task> {
        self.tasks.iter().filter(|task| task.is_open())
    }

    /// True when what was signed is what is here.
    #[must_use]
    pub fn is_intact(&self) -> bool {
        self.sha256.as_ref().is_none_or(|signed| *signed == self.fingerprint())
    }
}
