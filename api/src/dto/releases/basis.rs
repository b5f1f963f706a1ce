//! What people look at when they accept and approve, besides the document itself (5.4d, 5.5, 5.6a).

use super::people::{Names, PersonView};
use crate::dto::run_sheet::SafeStartView;
use chrono::{DateTime, Utc};
use fabu_domain::{
    blocks::{
        approval::{ApprovalKind, ApprovalState, Decision},
        document::{DocumentContent, DocumentKind, FieldChange, types::Grade},
    },
    subjects::release::{
        Dossier,
        documents::{GoLivePlan, ReleasePlan, test_report::TestVerdict},
        safe_start::SafeStart,
    },
};
use serde::Serialize;
use utoipa::ToSchema;

/// A criterion against which the customer accepts (5.4d).
#[derive(Debug, Serialize, ToSchema)]
pub struct AcceptanceCriterionView<'a> {
    /// Its key in the release plan.
    pub key: &'a str,
    /// What must be true.
    pub text: &'a str,
}

/// What the tests came to (5.4c).
#[derive(Debug, Serialize, ToSchema)]
pub struct TestOutcomeView<'a> {
    /// The revision of the test report.
    pub revision: u32,
    /// The verdict.
    #[schema(required)]
    pub verdict: Option<TestVerdict>,
    /// The result in words.
    pub summary: &'a str,
}

/// What the customer said (5.4d).
#[derive(Debug, Serialize, ToSchema)]
pub struct AcceptanceView<'a> {
    /// Where the acceptance stands.
    pub state: ApprovalState,
    /// The answer; null while it is awaited.
    #[schema(required)]
    pub decision: Option<Decision>,
    /// Who answered.
    #[schema(required)]
    pub by: Option<PersonView<'a>>,
    /// When.
    #[schema(required)]
    pub at: Option<DateTime<Utc>>,
    /// In the customer's words.
    pub comment: &'a str,
}

/// What a decision rests on; nothing of it for a decision that is not about a release.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct DecisionBasisView<'a> {
    /// The acceptance criteria of the release plan.
    pub acceptance_criteria: Vec<AcceptanceCriterionView<'a>>,
    /// What the tests came to; null before the first report.
    #[schema(required)]
    pub test: Option<TestOutcomeView<'a>>,
    /// What the customer said; null before anybody asked.
    #[schema(required)]
    pub acceptance: Option<AcceptanceView<'a>>,
    /// Where window, steps and rollback of the go-live plan differ from the release plan (5.5); null without a go-live plan.
    #[schema(required)]
    pub differences_from_plan: Option<Vec<FieldChange>>,
    /// The last moment at which a rollback still ends inside the window (5.5.7).
    pub latest_safe_start: SafeStartView,
}

impl<'a> DecisionBasisView<'a> {
    /// For a reader; `content` is what is decided about.
    pub(super) fn new(names: &Names<'a>, dossier: &'a Dossier, content: Option<&'a DocumentContent>) -> Self {
        let plan = plan_of(dossier);
        let go_live = match content {
            Some(DocumentContent::GoLivePlan(plan)) => Some(plan.as_ref()),
            _ => go_live_of(dossier),
        };
        let criteria = plan.map(|plan| plan.acceptance_criteria.as_slice()).unwrap_or_default();
        Self {
            acceptance_criteria: criteria.iter().map(|c| AcceptanceCriterionView { key: &c.key, text: &c.text }).collect(),
            test: test_of(dossier),
            acceptance: acceptance_of(names, dossier),
            differences_from_plan: differences(plan, go_live),
            latest_safe_start: SafeStart::with(dossier, go_live).into(),
        }
    }
}

/// Where a go-live plan differs from the release plan of its release, for whoever writes or reads it (5.5).
pub(super) fn differences_of(dossier: &Dossier, content: &DocumentContent) -> Option<Vec<FieldChange>> {
    match content {
        DocumentContent::GoLivePlan(go_live) => differences(plan_of(dossier), Some(go_live)),
        _ => None,
    }
}

/// The last safe moment by a go-live plan, for whoever writes or reads it (5.5.7).
pub(super) fn safe_start_of(dossier: &Dossier, content: &DocumentContent) -> Option<SafeStartView> {
    match content {
        DocumentContent::GoLivePlan(go_live) => Some(SafeStart::with(dossier, Some(go_live)).into()),
        _ => None,
    }
}

fn differences(plan: Option<&ReleasePlan>, go_live: Option<&GoLivePlan>) -> Option<Vec<FieldChange>> {
    Some(go_live?.differences_from(plan?))
}

fn plan_of(dossier: &Dossier) -> Option<&ReleasePlan> {
    match dossier.latest(DocumentKind::ReleasePlan)?.content.as_ref() {
        DocumentContent::ReleasePlan(plan) => Some(plan),
        _ => None,
    }
}

fn go_live_of(dossier: &Dossier) -> Option<&GoLivePlan> {
    match dossier.latest(DocumentKind::GoLivePlan)?.content.as_ref() {
        DocumentContent::GoLivePlan(plan) => Some(plan),
        _ => None,
    }
}

fn test_of(dossier: &Dossier) -> Option<TestOutcomeView<'_>> {
    let revision = dossier.latest(DocumentKind::TestReport)?;
    match revision.content.as_ref() {
        DocumentContent::TestReport(report) => {
            Some(TestOutcomeView { revision: revision.revision, verdict: report.verdict, summary: &report.summary })
        }
        _ => None,
    }
}

fn acceptance_of<'a>(names: &Names<'a>, dossier: &'a Dossier) -> Option<AcceptanceView<'a>> {
    let approval = dossier.latest_approval(ApprovalKind::CustomerAcceptance)?;
    let vote = approval.members.iter().find_map(|member| member.vote.as_ref());
    Some(AcceptanceView {
        state: approval.state,
        decision: vote.map(|vote| vote.decision),
        by: vote.map(|vote| names.person(vote.by)),
        at: vote.map(|vote| vote.at),
        comment: vote.map_or("", |vote| &vote.comment),
    })
}

/// A risk of the release plan (RO1b).
#[derive(Debug, Serialize, ToSchema)]
pub struct RiskView<'a> {
    /// Its key in the plan.
    pub key: &'a str,
    /// What could go wrong, and from what cause.
    pub cause: &'a str,
    /// What is done about it.
    pub control: &'a str,
    /// What follows without control.
    #[schema(required)]
    pub level: Option<Grade>,
    /// What is left after it.
    #[schema(required)]
    pub residual: Option<Grade>,
    /// Who took it by name.
    #[schema(required)]
    pub accepted_by: Option<PersonView<'a>>,
}

/// The risks of the release plan, and who took which.
pub(super) fn risks<'a>(names: &Names<'a>, dossier: &'a Dossier) -> Vec<RiskView<'a>> {
    let Some(DocumentContent::ReleasePlan(plan)) =
        dossier.latest(DocumentKind::ReleasePlan).map(|revision| revision.content.as_ref())
    else {
        return Vec::new();
    };
    let accepted = |key: &str| dossier.release.accepted_risks.iter().rev().find(|r| r.risk == key).map(|r| r.mark.by);
    let risk = |risk: &'a fabu_domain::subjects::release::documents::plan::Risk| RiskView {
        key: &risk.key,
        cause: &risk.cause,
        control: &risk.control,
        level: risk.level,
        residual: risk.residual,
        accepted_by: accepted(&risk.key).map(|id| names.person(id)),
    };
    plan.risks.iter().map(risk).collect()
}
