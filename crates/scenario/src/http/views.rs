//! The answers of the API, as far as a journey needs them, and the [`Snapshot`] made of them.

use crate::snapshot::{ConfigurationItem, DocumentState, OpenApproval, OpenTask, Snapshot, UnitState};
use chrono::{DateTime, Utc};
use fabu_domain::{
    blocks::{
        approval::{ApprovalKind, ApprovalState},
        document::DocumentKind,
        task::{Blocks, TaskKind, TaskState},
    },
    ids::{ApprovalId, ConfigurationChangeId, TaskId, TestCaseId, UnitId, UserId},
    subjects::release::{
        archive::Presence,
        documents::{RollbackGroup, TestCategory},
        records::{ConfigurationState, ItemState},
        stage::{Stage, Verdict},
    },
};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A release.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Release {
    pub stage: Coded<Stage>,
    pub test_round: u32,
    pub documents: Vec<Document>,
    pub approvals: Vec<Approval>,
    pub tasks: Vec<Task>,
    pub units: Vec<Unit>,
    pub configuration_changes: Vec<Configuration>,
    pub deployment: Option<Deployment>,
    pub verdict: Option<Judged>,
    pub archive: Vec<Archived>,
    pub accepted_risks: Vec<Risk>,
}

/// A word with its name in the reader's language.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Coded<C> {
    pub code: C,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Judged {
    pub verdict: Verdict,
    pub at: DateTime<Utc>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Document {
    pub kind: DocumentKind,
    pub revision: u32,
    pub submitted_at: Option<DateTime<Utc>>,
    pub has_draft: bool,
    pub version: i64,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Approval {
    pub id: ApprovalId,
    pub kind: ApprovalKind,
    pub state: ApprovalState,
    pub document: DocumentKind,
    pub revision: u32,
    pub phase: Option<String>,
    pub members: Vec<Member>,
    pub etag: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Member {
    pub user: Named,
    pub vote: Option<Value>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Named {
    pub id: UserId,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Task {
    pub id: TaskId,
    pub kind: TaskKind,
    pub assignee: Named,
    pub state: TaskState,
    pub blocks: Blocks,
    pub verifier: Option<Named>,
    pub etag: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Unit {
    pub id: UnitId,
    pub name: String,
    pub version: String,
    pub sha256: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Configuration {
    pub id: ConfigurationChangeId,
    pub expected: Option<ItemState>,
    pub has_baseline: bool,
    pub state: ConfigurationState,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Deployment {
    pub completed_phases: Vec<String>,
    pub rollback: Option<Value>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Archived {
    pub record: String,
    pub presence: Presence,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Risk {
    pub risk: String,
}

/// A list.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Items<I> {
    pub items: Vec<I>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Case {
    pub id: TestCaseId,
    pub category: TestCategory,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Run {
    pub case_id: TestCaseId,
    pub unit_id: UnitId,
    pub round: u32,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct RunSheet {
    pub steps: Vec<Step>,
    pub rollback: Rollback,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Step {
    pub key: String,
    pub done: bool,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Rollback {
    pub groups: Vec<Group>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Group {
    pub group: RollbackGroup,
    pub done: bool,
}

/// A release with the lists that its stage needs.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub release: Release,
    pub etag: Option<String>,
    pub cases: Vec<Case>,
    pub runs: Vec<Run>,
    pub sheet: RunSheet,
}

impl Seen {
    /// What a journey sees.
    pub fn snapshot(&self, now: DateTime<Utc>) -> Snapshot {
        let release = &self.release;
        let deployment = release.deployment.as_ref();
        let confirmations = || release.approvals.iter().filter(|a| a.kind == ApprovalKind::DeploymentConfirmation);
        Snapshot {
            now,
            stage: release.stage.code,
            test_round: release.test_round,
            documents: release.documents.iter().map(|d| (d.kind, self.document(d))).collect(),
            approvals: release.approvals.iter().filter(|a| a.state == ApprovalState::Open).map(Approval::open).collect(),
            tasks: release.tasks.iter().filter(|t| t.is_open()).map(Task::owed).collect(),
            opinions_asked: release.tasks.iter().any(|t| t.kind == TaskKind::OpinionRequest),
            accepted_risks: release.accepted_risks.iter().map(|r| r.risk.clone()).collect(),
            units: release.units.iter().map(Unit::state).collect(),
            cases: self.cases.iter().map(|c| c.id).collect(),
            case_categories: self.cases.iter().map(|c| (c.id, c.category)).collect(),
            executed: self.runs.iter().filter(|r| r.round == release.test_round).map(|r| r.case_id).collect(),
            tested: self.runs.iter().filter(|r| r.round == release.test_round).map(|r| r.unit_id).collect(),
            configuration: release
                .configuration_changes
                .iter()
                .filter(|c| c.state != ConfigurationState::Dropped)
                .map(Configuration::item)
                .collect(),
            steps_done: self.sheet.steps.iter().filter(|s| s.done).map(|s| s.key.clone()).collect(),
            phases_completed: deployment.map(|d| d.completed_phases.clone()).unwrap_or_default(),
            confirmations: confirmations().count(),
            objections: objections(confirmations()),
            rolling_back: deployment.is_some_and(|d| d.rollback.is_some()),
            groups_done: self.sheet.rollback.groups.iter().filter(|g| g.done).map(|g| g.group).collect(),
            archive_missing: release
                .archive
                .iter()
                .filter(|r| r.presence == Presence::Missing)
                .map(|r| r.record.clone())
                .collect(),
        }
    }

    fn document(&self, document: &Document) -> DocumentState {
        let newest = document.revision;
        let returned = |a: &Approval| {
            a.state == ApprovalState::Returned && a.document == document.kind && a.phase.is_none() && a.revision == newest
        };
        DocumentState {
            draft: document.has_draft,
            revisions: newest,
            submitted_at: document.submitted_at,
            returned: self.release.approvals.iter().any(returned),
        }
    }
}

/// The phases whose newest confirmation was an objection; the approvals come in the order in which they were opened.
fn objections<'a>(confirmations: impl Iterator<Item = &'a Approval>) -> Vec<String> {
    let mut newest: BTreeMap<&str, ApprovalState> = BTreeMap::new();
    for approval in confirmations {
        if let Some(phase) = &approval.phase {
            newest.insert(phase, approval.state);
        }
    }
    newest.into_iter().filter(|(_, state)| *state == ApprovalState::Returned).map(|(phase, _)| phase.to_owned()).collect()
}

impl Approval {
    fn open(&self) -> OpenApproval {
        let awaited = self.members.iter().filter(|m| m.vote.is_none()).map(|m| m.user.id).collect();
        OpenApproval { id: self.id, kind: self.kind, awaited }
    }
}

impl Task {
    const fn is_open(&self) -> bool {
        matches!(self.state, TaskState::Open | TaskState::Submitted)
    }

    fn owed(&self) -> OpenTask {
        OpenTask {
            id: self.id,
            kind: self.kind,
            assignee: self.assignee.id,
            blocks: self.blocks,
            submitted: self.state == TaskState::Submitted,
            verifier: self.verifier.as_ref().map(|person| person.id),
        }
    }
}

impl Unit {
    fn state(&self) -> UnitState {
        UnitState { id: self.id, name: self.name.clone(), version: self.version.clone(), sha256: self.sha256.clone() }
    }
}

impl Configuration {
    fn item(&self) -> ConfigurationItem {
        ConfigurationItem { id: self.id, expected: self.expected.clone(), baselined: self.has_baseline, state: self.state }
    }
}
