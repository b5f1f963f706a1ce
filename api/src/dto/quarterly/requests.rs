//! What people send about a report.

use crate::{dto::releases::optional, extract::parsed};
use chrono::NaiveDate;
use fabu_app::{paging::PageRequest, subjects::reports::ReportedReleaseQuery as Wanted};
use fabu_domain::{
    ids::UserId,
    subjects::{
        quarterly_report::{Assessment, Measure},
        release::stage::{ReleaseKind, Verdict},
    },
    text::Note,
    time::quarter::Quarter,
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// Whose report is wanted.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "quarter": "2026Q1" }))]
pub struct CreateQuarterlyReportRequest {
    /// A quarter that is over.
    pub quarter: Quarter,
}

/// A measure of improvement.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureRequest {
    /// What is done.
    #[serde(default)]
    pub text: Option<Note>,
    /// Who does it.
    #[serde(default)]
    pub owner: Option<UserId>,
    /// Until when.
    #[serde(default)]
    pub due: Option<NaiveDate>,
}

/// What people say about a quarter; it may be half done, what is missing is told when it is sent for approval.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "execution": "总体按程序执行", "gap_cause": "两次发布缺少演练", "improvements": "演练纳入计划",
    "measures": [{ "text": "补充回退演练", "owner": "0192f3c1-7b1e-7000-8000-000000000001", "due": "2026-11-30" }] }))]
pub struct AssessmentRequest {
    /// How the procedure was carried out (7a).
    #[serde(default)]
    pub execution: Option<Note>,
    /// Why the target was missed (7a).
    #[serde(default)]
    pub gap_cause: Option<Note>,
    /// What can be improved (6).
    #[serde(default)]
    pub improvements: Option<Note>,
    /// What is done about it (7a).
    #[serde(default)]
    #[schema(max_items = 50)]
    pub measures: Vec<MeasureRequest>,
}

impl AssessmentRequest {
    /// The command.
    #[must_use]
    pub fn assessment(&self) -> Assessment {
        let measure = |m: &MeasureRequest| Measure { text: optional(m.text.as_ref()), owner: m.owner, due: m.due };
        Assessment {
            execution: optional(self.execution.as_ref()),
            gap_cause: optional(self.gap_cause.as_ref()),
            improvements: optional(self.improvements.as_ref()),
            measures: self.measures.iter().map(measure).collect(),
        }
    }
}

/// Why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "差距原因不够具体" }))]
pub struct ReasonRequest {
    /// The reason.
    pub reason: Note,
}

/// What shows that a measure is done.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "evidence": "演练记录见附件" }))]
pub struct CompleteMeasureRequest {
    /// In the person's own words.
    pub evidence: Note,
}

/// Which part of the list of reports is wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReportListQuery {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Items per page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
}

impl ReportListQuery {
    /// The part.
    #[must_use]
    pub fn page(&self) -> PageRequest {
        PageRequest { cursor: self.cursor.clone(), limit: self.limit }
    }
}

/// Which releases of a report are wanted: those behind one figure.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReportedReleaseQuery {
    /// Of this revision; the newest when not said.
    #[param(minimum = 1)]
    pub revision: Option<u32>,
    /// Of this kind.
    #[serde(default, deserialize_with = "parsed")]
    #[param(inline)]
    pub kind: Option<ReleaseKind>,
    /// With this verdict.
    #[serde(default, deserialize_with = "parsed")]
    #[param(inline)]
    pub verdict: Option<Verdict>,
    /// For the customer of this name.
    #[param(max_length = 200)]
    pub customer: Option<String>,
    /// Of the system of this name.
    #[param(max_length = 200)]
    pub system: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Items per page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
}

impl ReportedReleaseQuery {
    /// The query of the use case.
    #[must_use]
    pub fn wanted(&self) -> Wanted {
        Wanted {
            revision: self.revision,
            kind: self.kind,
            verdict: self.verdict,
            customer: self.customer.clone(),
            system: self.system.clone(),
            page: PageRequest { cursor: self.cursor.clone(), limit: self.limit },
        }
    }
}

/// Which revision is wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RevisionQuery {
    /// Its number; the newest when not said.
    #[param(minimum = 1)]
    pub revision: Option<u32>,
}
