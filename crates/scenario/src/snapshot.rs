//! What a journey must know of a release to name the next command; the pure core and a client of the API can both tell it.

use chrono::{DateTime, Utc};
use fabu_domain::{
    blocks::{
        approval::{ApprovalKind, ApprovalState},
        document::DocumentKind,
        task::{Blocks, TaskKind, TaskState},
    },
    ids::{ApprovalId, ConfigurationChangeId, TaskId, TestCaseId, UnitId, UserId},
    subjects::release::{
        DeployedUnit, Dossier,
        archive::ArchiveRecord,
        documents::{RollbackGroup, TestCategory},
        records::{ConfigurationState, EntryKind, ItemState, StepResult},
        run,
        stage::Stage,
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentState {
    /// True when something is saved and not submitted.
    pub draft: bool,
    /// How many revisions there are.
    pub revisions: u32,
    /// When the newest was submitted.
    pub submitted_at: Option<DateTime<Utc>>,
    /// True when the newest revision was returned.
    pub returned: bool,
}

/// A panel that waits for answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenApproval {
    /// Identity.
    pub id: ApprovalId,
    /// What is asked.
    pub kind: ApprovalKind,
    /// Who has not answered.
    pub awaited: Vec<UserId>,
}

/// A task that is outstanding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenTask {
    /// Identity.
    pub id: TaskId,
    /// Kind.
    pub kind: TaskKind,
    /// Who owes it.
    pub assignee: UserId,
    /// What it stops.
    pub blocks: Blocks,
    /// True when its evidence waits for verification.
    pub submitted: bool,
    /// Who checks its evidence.
    pub verifier: Option<UserId>,
}

/// A unit in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitState {
    /// Identity.
    pub id: UnitId,
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// SHA-256.
    pub sha256: String,
}

/// A configuration change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigurationItem {
    /// Identity.
    pub id: ConfigurationChangeId,
    /// The state that is expected after deployment, once that is known.
    pub expected: Option<ItemState>,
    /// True when its baseline is taken.
    pub baselined: bool,
    /// State.
    pub state: ConfigurationState,
}

/// A release as a journey sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The present instant.
    pub now: DateTime<Utc>,
    /// Stage.
    pub stage: Stage,
    /// Test round.
    pub test_round: u32,
    /// Its documents.
    pub documents: BTreeMap<DocumentKind, DocumentState>,
    /// Panels that wait.
    pub approvals: Vec<OpenApproval>,
    /// Tasks that are outstanding.
    pub tasks: Vec<OpenTask>,
    /// True when departments were asked for their opinion.
    pub opinions_asked: bool,
    /// Keys of the accepted risks.
    pub accepted_risks: Vec<String>,
    /// Units in force.
    pub units: Vec<UnitState>,
    /// Test cases, in order.
    pub cases: Vec<TestCaseId>,
    /// What each of them tests.
    pub case_categories: BTreeMap<TestCaseId, TestCategory>,
    /// Cases executed in this round.
    pub executed: Vec<TestCaseId>,
    /// Units that a test of this round ran on.
    pub tested: Vec<UnitId>,
    /// Configuration changes.
    pub configuration: Vec<ConfigurationItem>,
    /// Steps that are done.
    pub steps_done: Vec<String>,
    /// Phases that are completed.
    pub phases_completed: Vec<String>,
    /// How many times people were asked to confirm a result.
    pub confirmations: usize,
    /// Phases whose newest confirmation holds an objection.
    pub objections: Vec<String>,
    /// True once a rollback was started.
    pub rolling_back: bool,
    /// Rollback groups that are done.
    pub groups_done: Vec<RollbackGroup>,
    /// Archive records that are missing.
    pub archive_missing: Vec<String>,
}

impl Snapshot {
    /// The release at `now`.
    #[must_use]
    pub fn of(dossier: &Dossier, now: DateTime<Utc>) -> Self {
        let release = &dossier.release;
        let done = |e: &&fabu_domain::subjects::release::records::RunSheetEntry| {
            e.kind == EntryKind::Step && e.result.is_some_and(|r| r != StepResult::Failed)
        };
        let groups = RollbackGroup::ALL.iter().copied();
        let missing = fabu_domain::subjects::release::archive::records(dossier).into_iter();
        Self {
            now,
            stage: release.stage,
            test_round: release.test_round,
            documents: dossier.documents.iter().map(|(kind, d)| (*kind, document(dossier, d))).collect(),
            approvals: dossier
                .approvals
                .iter()
                .filter(|a| a.is_open())
                .map(|a| OpenApproval { id: a.id, kind: a.kind, awaited: a.awaited().collect() })
                .collect(),
            tasks: dossier.tasks.iter().filter(|t| t.is_open()).map(|t| task(dossier, t)).collect(),
            opinions_asked: dossier.tasks.iter().any(|t| t.kind == TaskKind::OpinionRequest),
            accepted_risks: release.accepted_risks.iter().map(|r| r.risk.clone()).collect(),
            units: dossier.units_in_force().map(unit).collect(),
            cases: dossier.test_cases.iter().map(|c| c.id).collect(),
            case_categories: dossier.test_cases.iter().map(|c| (c.id, c.category)).collect(),
            executed: dossier.test_runs.iter().filter(|r| r.round == release.test_round).map(|r| r.case_id).collect(),
            tested: dossier.test_runs.iter().filter(|r| r.round == release.test_round).map(|r| r.unit_id).collect(),
            configuration: dossier.configuration_demanded().map(|c| item(dossier, c)).collect(),
            steps_done: run::standing(dossier).filter(done).map(|e| e.step.clone()).collect(),
            phases_completed: release.deployment.as_ref().map(|d| d.completed_phases.clone()).unwrap_or_default(),
            confirmations: dossier.approvals.iter().filter(|a| a.kind == ApprovalKind::DeploymentConfirmation).count(),
            objections: objections(dossier),
            rolling_back: release.deployment.as_ref().is_some_and(|d| d.rollback.is_some()),
            groups_done: groups.filter(|g| run::is_done(dossier, EntryKind::RollbackStep, g.as_str())).collect(),
            archive_missing: missing
                .filter(|(_, presence)| *presence == fabu_domain::subjects::release::archive::Presence::Missing)
                .map(|(record, _)| record.as_str().to_owned())
                .collect(),
        }
    }

    /// True when the test report is older than the release plan in force.
    #[must_use]
    pub fn is_report_before_plan(&self) -> bool {
        let submitted = |kind| self.documents.get(&kind).and_then(|document| document.submitted_at);
        let (report, plan) = (submitted(DocumentKind::TestReport), submitted(DocumentKind::ReleasePlan));
        report.zip(plan).is_some_and(|(report, plan)| report < plan)
    }

    /// True while this archive record is missing.
    #[must_use]
    pub fn lacks(&self, record: ArchiveRecord) -> bool {
        self.archive_missing.iter().any(|missing| missing == record.as_str())
    }

    /// The units as they are about to be installed: those registered.
    #[must_use]
    pub fn units_at_hand(&self) -> Vec<DeployedUnit> {
        self.units.iter().map(|u| DeployedUnit { unit_id: u.id, sha256: u.sha256.clone() }).collect()
    }
}

fn document(dossier: &Dossier, document: &fabu_domain::blocks::document::Document) -> DocumentState {
    let newest = document.latest().map(|r| r.revision);
    let returned = |a: &fabu_domain::blocks::approval::Approval| {
        a.state == ApprovalState::Returned
            && a.subject.document == document.kind
            && a.subject.phase.is_none()
            && Some(a.subject.revision) == newest
    };
    DocumentState {
        draft: document.has_unsubmitted_draft(),
        revisions: newest.unwrap_or(0),
        submitted_at: document.latest().map(|r| r.submitted.at),
        returned: dossier.approvals.iter().any(returned),
    }
}

fn objections(dossier: &Dossier) -> Vec<String> {
    let confirmed = dossier.approvals.iter().filter(|a| a.kind == ApprovalKind::DeploymentConfirmation);
    let phases: BTreeSet<&String> = confirmed.filter_map(|a| a.subject.phase.as_ref()).collect();
    let objected = |phase: &str| dossier.confirmation(phase).is_some_and(|a| a.state == ApprovalState::Returned);
    phases.into_iter().filter(|phase| objected(phase)).cloned().collect()
}

fn task(dossier: &Dossier, task: &fabu_domain::blocks::task::Task) -> OpenTask {
    OpenTask {
        id: task.id,
        kind: task.kind,
        assignee: task.assignee,
        blocks: task.blocks,
        submitted: task.state == TaskState::Submitted,
        verifier: dossier.verifier(task),
    }
}

fn unit(unit: &fabu_domain::subjects::release::records::ReleaseUnit) -> UnitState {
    UnitState { id: unit.id, name: unit.name.clone(), version: unit.version.clone(), sha256: unit.sha256.clone() }
}

fn item(dossier: &Dossier, change: &fabu_domain::subjects::release::records::ConfigurationChange) -> ConfigurationItem {
    ConfigurationItem {
        id: change.id,
        expected: dossier.expected_state(change),
        baselined: change.baseline.is_some(),
        state: change.state,
    }
}
