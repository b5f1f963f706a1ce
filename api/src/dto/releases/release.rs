//! A release as one person sees it now.

use super::{
    actions::ActionView,
    approvals::ApprovalSummary,
    parts::{
        AcceptedRiskView, ArchiveRecordView, ConfigurationSummary, DeploymentView, DocumentSummary, ExceptionView,
        FormerMemberView, ImportedView, ReleaseChangeView, TeamMemberView, UnitSummary, VerdictView,
    },
    people::{CustomerRefView, MarkView, Names, ServiceObjectRefView, StageView},
    tasks::TaskSummary,
};
use crate::dto::releases::summary::{OverdueView, WindowView};
use chrono::{DateTime, Utc};
use fabu_app::subjects::releases::ReleaseContext;
use fabu_domain::{
    ids::ReleaseId,
    language::Language,
    subjects::release::{
        Release, archive,
        facts::Actor,
        overdue::flag,
        stage::{ReleaseKind, ReleaseMedium, ReleaseScope, ReleaseStatus},
    },
};
use serde::Serialize;
use utoipa::ToSchema;

/// A release: where it stands, what belongs to it, and what the reader can do.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReleaseView<'a> {
    /// Identity.
    pub id: ReleaseId,
    /// Number, never reused.
    #[schema(example = "REL-2026-0007")]
    pub number: &'a str,
    /// Title.
    pub title: &'a str,
    /// Weight; decides the route.
    pub kind: ReleaseKind,
    /// What it carries.
    pub scope: ReleaseScope,
    /// Software or hardware.
    pub medium: ReleaseMedium,
    /// Where it stands in the procedure.
    pub stage: StageView,
    /// Whether work goes on.
    pub status: ReleaseStatus,
    /// Who suspended it, when and why.
    #[schema(required)]
    pub suspension: Option<MarkView<'a>>,
    /// When it goes live: from the release plan, then from the go-live plan.
    #[schema(required)]
    pub window: Option<WindowView>,
    /// For whom; null for an imported release of a customer outside the register.
    #[schema(required)]
    pub customer: Option<CustomerRefView<'a>>,
    /// What it changes (2b).
    pub service_objects: Vec<ServiceObjectRefView<'a>>,
    /// The changes it carries out.
    pub changes: Vec<ReleaseChangeView<'a>>,
    /// Who confirmed that several changes form one release (9.1a).
    #[schema(required)]
    pub grouping: Option<MarkView<'a>>,
    /// Who holds which role now.
    pub team: Vec<TeamMemberView<'a>>,
    /// Who held a role before, whoever left it first first.
    pub former_team: Vec<FormerMemberView<'a>>,
    /// The controlled documents that were begun.
    pub documents: Vec<DocumentSummary<'a>>,
    /// Its panels, oldest first.
    pub approvals: Vec<ApprovalSummary<'a>>,
    /// Its tasks, oldest first.
    pub tasks: Vec<TaskSummary<'a>>,
    /// The release units in force.
    pub units: Vec<UnitSummary<'a>>,
    /// The configuration items that it changes.
    pub configuration_changes: Vec<ConfigurationSummary<'a>>,
    /// Test round, from 1; a failed round raises it.
    pub test_round: u32,
    /// Who received the test report, and when (5.4c).
    #[schema(required)]
    pub test_report_received: Option<MarkView<'a>>,
    /// The deployment, once started.
    #[schema(required)]
    pub deployment: Option<DeploymentView<'a>>,
    /// How it ended.
    #[schema(required)]
    pub verdict: Option<VerdictView<'a>>,
    /// What is late about it now (5.10b, D6); nothing is ever closed by a timeout.
    #[schema(required)]
    pub overdue: Option<OverdueView>,
    /// The records that it must leave (5.10a).
    pub archive: Vec<ArchiveRecordView<'a>>,
    /// Rules of segregation set aside (R0).
    pub exceptions: Vec<ExceptionView<'a>>,
    /// High residual risks taken by name (RO1b).
    pub accepted_risks: Vec<AcceptedRiskView<'a>>,
    /// Where it was imported from, if so.
    #[schema(required)]
    pub imported: Option<ImportedView<'a>>,
    /// The version of the procedure that it follows.
    pub procedure_version: &'a str,
    /// Who created it, and when.
    pub created: MarkView<'a>,
    /// Who closed it, when and with what note.
    #[schema(required)]
    pub closed: Option<MarkView<'a>>,
    /// When the release report was approved.
    #[schema(required)]
    pub completed_at: Option<DateTime<Utc>>,
    /// Who cancelled it, when and why.
    #[schema(required)]
    pub cancelled: Option<MarkView<'a>>,
    /// Rises with every change but drafts and comments; the ETag is `"v<version>"`.
    pub version: i64,
    /// Every command that the stage knows, with what keeps the reader from it.
    pub actions: Vec<ActionView>,
}

impl<'a> ReleaseView<'a> {
    /// The release for a reader.
    #[must_use]
    pub fn new(context: &'a ReleaseContext, actor: &Actor, language: Language) -> Self {
        let names = Names { directory: &context.directory, language };
        let (dossier, facts) = (context.dossier.as_ref(), context.facts());
        let release: &Release = &dossier.release;
        let mark = |mark: &'a Option<fabu_domain::subjects::release::Stamp>| mark.as_ref().map(|mark| names.mark(mark));
        let record = |(record, presence)| ArchiveRecordView::new(&names, release, record, presence);
        Self {
            id: release.id,
            number: &release.number,
            title: &release.title,
            kind: release.kind,
            scope: release.scope,
            medium: release.medium,
            stage: names.stage(release.stage),
            status: ReleaseStatus::of(release.stage, release.suspension.is_some()),
            suspension: mark(&release.suspension),
            window: release.window.map(WindowView::from),
            customer: release.customer_id.map(|id| names.customer(id)),
            service_objects: release.service_objects.iter().map(|id| names.service_object(*id)).collect(),
            changes: dossier.changes.iter().map(ReleaseChangeView::new).collect(),
            grouping: mark(&release.grouping),
            team: dossier.team.iter().filter(|a| a.until.is_none()).map(|a| TeamMemberView::new(&names, a)).collect(),
            former_team: FormerMemberView::all(&names, &dossier.team),
            documents: dossier.documents.values().map(|d| DocumentSummary::new(&names, d)).collect(),
            approvals: dossier.approvals.iter().map(|a| ApprovalSummary::new(&names, a, Some(&facts))).collect(),
            tasks: dossier.tasks.iter().map(|t| TaskSummary::new(&names, &facts, t)).collect(),
            units: dossier.units_in_force().map(UnitSummary::new).collect(),
            configuration_changes: dossier
                .configuration
                .iter()
                .map(|change| ConfigurationSummary::new(dossier, change))
                .collect(),
            test_round: release.test_round,
            test_report_received: mark(&release.test_report_received),
            deployment: release.deployment.as_ref().map(|d| DeploymentView::new(&names, d)),
            verdict: release.verdict.as_ref().map(|v| VerdictView::new(&names, v)),
            overdue: flag(release, facts.calendar, facts.parameters, facts.now).map(OverdueView::from),
            archive: archive::records(dossier).into_iter().map(record).collect(),
            exceptions: release.exceptions.iter().map(|e| ExceptionView::new(&names, e)).collect(),
            accepted_risks: release.accepted_risks.iter().map(|r| AcceptedRiskView::new(&names, r)).collect(),
            imported: release.imported.as_ref().map(ImportedView::new),
            procedure_version: &release.procedure_version,
            created: names.mark(&release.created),
            closed: mark(&release.closed),
            completed_at: release.completed_at,
            cancelled: mark(&release.cancelled),
            version: release.version,
            actions: context.actions(actor).iter().map(|a| ActionView::new(&names, &release.number, a)).collect(),
        }
    }
}
