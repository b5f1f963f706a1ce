//! A report of a quarter for a reader.

use super::FiguresView;
use crate::{
    dto::releases::people::{MarkView, Names, PersonView},
    problem::{BlockedBy, reason},
};
use chrono::{DateTime, NaiveDate, Utc};
use fabu_app::{
    company_records::RecordAction,
    subjects::reports::{ViewedMeasure, ViewedReport},
};
use fabu_domain::{
    ids::{ApprovalId, ReportId, TaskId},
    subject::CompanyRecord,
    subjects::{
        quarterly_report::{
            Assessment, QuarterlyReport, ReportState,
            report::{MeasureState, Reclassified, Restatement},
            steps::{measure_number, measure_text},
        },
        release::{Stamp, kpi::Attainment},
    },
    time::{clock::company_day, quarter::Quarter},
};
use serde::Serialize;
use std::borrow::Cow;
use utoipa::ToSchema;

/// A report in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuarterlyReportSummary {
    /// Identity.
    pub id: ReportId,
    /// Its number (F3).
    #[schema(example = "YNTD-ITSS-0606-F05-2026Q1")]
    pub number: String,
    /// The quarter.
    pub quarter: Quarter,
    /// From 1; a restatement is the next one.
    pub revision: u32,
    /// Where it stands.
    pub state: ReportState,
    /// Releases judged, as counted last.
    pub total: u32,
    /// Releases judged successful.
    pub successes: u32,
    /// The exact fraction against the target.
    pub attainment: Attainment,
    /// When it was drafted.
    pub created_at: DateTime<Utc>,
    /// When it was approved.
    #[schema(required)]
    pub approved_at: Option<DateTime<Utc>>,
    /// SHA-256 of what was approved.
    #[schema(required)]
    pub sha256: Option<String>,
    /// The revision.
    #[schema(example = "/api/v1/reports/quarterly/2026Q1/revisions/1")]
    pub href: String,
}

impl From<&QuarterlyReport> for QuarterlyReportSummary {
    fn from(report: &QuarterlyReport) -> Self {
        Self {
            id: report.id,
            number: report.number.clone(),
            quarter: report.quarter,
            revision: report.revision,
            state: report.state(),
            total: report.figures.total,
            successes: report.figures.successes,
            attainment: report.figures.attainment,
            created_at: report.created_at,
            approved_at: report.approved().map(|mark| mark.at),
            sha256: report.sha256.clone(),
            href: format!("/api/v1/reports/quarterly/{}/revisions/{}", report.quarter, report.revision),
        }
    }
}

impl From<QuarterlyReport> for QuarterlyReportSummary {
    fn from(report: QuarterlyReport) -> Self {
        Self::from(&report)
    }
}

/// A measure on its way.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureView<'a> {
    /// Its number in the report.
    pub number: u32,
    /// What is done.
    pub text: &'a str,
    /// Who owes it.
    pub owner: PersonView<'a>,
    /// Until when.
    pub due: NaiveDate,
    /// Where it stands.
    pub state: MeasureState,
    /// Who said that it is done, when, and what shows it.
    #[schema(required)]
    pub evidence: Option<MarkView<'a>>,
    /// The same as a task, to be handed over or done there as well.
    pub task_id: TaskId,
    /// What If-Match wants of the task.
    #[schema(example = "\"v1\"")]
    pub etag: String,
    /// True when the reader may say that it is done.
    pub can_complete: bool,
    /// True when the reader may give it to somebody else.
    pub can_hand_over: bool,
}

/// Why a report has a successor.
#[derive(Debug, Serialize, ToSchema)]
pub struct RestatementView<'a> {
    /// The revision that is restated; it stays as it was signed.
    pub of_revision: u32,
    /// Why.
    pub reason: &'a str,
    /// What counts differently.
    pub changes: &'a [Reclassified],
}

/// Something that can be done with a record.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportActionView)]
pub struct RecordActionView {
    /// The operation.
    #[schema(example = "approve_quarterly_report")]
    pub name: String,
    /// Whether the reader may do it now.
    pub allowed: bool,
    /// Everything in the way.
    pub blocked_by: Vec<BlockedBy>,
}

impl RecordActionView {
    /// The action on the record with this address.
    pub(crate) fn new(names: &Names<'_>, subject: &str, action: &RecordAction) -> Self {
        let blocked_by = |unmet: &_| reason(unmet, Some(names.directory), Some(subject), names.language);
        Self {
            name: action.operation.as_str().to_owned(),
            allowed: action.blocked_by.is_empty(),
            blocked_by: action.blocked_by.iter().map(blocked_by).collect(),
        }
    }
}

/// A revision of the report of a quarter.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuarterlyReportView<'a> {
    /// Identity.
    pub id: ReportId,
    /// Its number (F3).
    #[schema(example = "YNTD-ITSS-0606-F05-2026Q1")]
    pub number: &'a str,
    /// The quarter.
    pub quarter: Quarter,
    /// From 1; a restatement is the next one.
    pub revision: u32,
    /// Where it stands.
    pub state: ReportState,
    /// The figures: of this moment until it is approved, then as signed.
    pub figures: FiguresView<'a>,
    /// What people say about them.
    pub assessment: &'a Assessment,
    /// Everybody whose writing is in it.
    pub contributors: Vec<PersonView<'a>>,
    /// When it was drafted.
    pub created_at: DateTime<Utc>,
    /// Who drafted it; null: the system.
    #[schema(required)]
    pub created_by: Option<PersonView<'a>>,
    /// Who sent it for approval, and when.
    #[schema(required)]
    pub submitted: Option<MarkView<'a>>,
    /// Who sent it back last, when and why.
    #[schema(required)]
    pub returned: Option<MarkView<'a>>,
    /// Who approved it, and when.
    #[schema(required)]
    pub approved: Option<MarkView<'a>>,
    /// SHA-256 of what was approved.
    #[schema(required)]
    pub sha256: Option<&'a str>,
    /// False when what is stored is no longer what was signed.
    pub intact: bool,
    /// What it restates, if it does.
    #[schema(required)]
    pub restates: Option<RestatementView<'a>>,
    /// What counts differently by now than in this approved report: it is to be restated.
    pub outdated: &'a [Reclassified],
    /// The measures on their way, once approved; until then those of the revision before.
    pub measures: Vec<MeasureView<'a>>,
    /// The sign-off that waits for an answer.
    #[schema(required)]
    pub approval_id: Option<ApprovalId>,
    /// The other revisions.
    pub other_revisions: Vec<QuarterlyReportSummary>,
    /// What can be done with it, and what keeps the reader from it.
    pub actions: Vec<RecordActionView>,
    /// Rises with every change; the ETag is `"v<version>"`.
    pub version: i64,
}

impl<'a> QuarterlyReportView<'a> {
    /// The report for a reader.
    #[must_use]
    pub fn new(names: &Names<'a>, viewed: &'a ViewedReport) -> Self {
        let report = &viewed.report;
        let mark = |mark: Option<Stamp>| mark.map(|mark| names.owned_mark(mark));
        let measure = |ViewedMeasure { task, can_complete, can_hand_over }: &'a ViewedMeasure| MeasureView {
            can_complete: *can_complete,
            can_hand_over: *can_hand_over,
            number: measure_number(task),
            text: measure_text(task),
            owner: names.person(task.assignee),
            due: company_day(task.due_at),
            state: if task.is_open() { MeasureState::Open } else { MeasureState::Done },
            evidence: task.evidence.as_ref().map(|e| MarkView {
                by: names.person(e.by),
                at: e.at,
                reason: Cow::Borrowed(&e.text),
            }),
            task_id: task.id,
            etag: crate::etag::of_version(task.version()),
        };
        let restates =
            |r: &'a Restatement| RestatementView { of_revision: r.of_revision, reason: &r.reason, changes: &r.changes };
        let subject = report.subject().address;
        let action = |action: &RecordAction| RecordActionView::new(names, &subject, action);
        Self {
            id: report.id,
            number: &report.number,
            quarter: report.quarter,
            revision: report.revision,
            state: report.state(),
            figures: FiguresView::new(names, &report.figures, report.revision),
            assessment: report.assessment(),
            contributors: report.contributors().into_iter().map(|id| names.person(id)).collect(),
            created_at: report.created_at,
            created_by: report.created_by.map(|id| names.person(id)),
            submitted: mark(report.submitted()),
            returned: mark(report.returned()),
            approved: mark(report.approved()),
            sha256: report.sha256.as_deref(),
            intact: report.is_intact(),
            restates: report.restates.as_ref().map(restates),
            outdated: &viewed.outdated,
            measures: viewed.measures.iter().map(measure).collect(),
            approval_id: report.open_approval().map(|approval| approval.id),
            other_revisions: viewed.others.iter().map(Into::into).collect(),
            actions: viewed.actions.iter().map(action).collect(),
            version: report.version,
        }
    }
}
