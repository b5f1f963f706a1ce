//! The release: the aggregate that all rules look at and all events change.

pub(crate) mod apply;
pub mod archive;
pub mod command;
pub mod conflicts;
pub mod covered;
pub mod decide;
pub mod documents;
mod dossier;
pub mod duty;
pub mod facts;
pub mod forecast;
pub mod gate;
pub(crate) mod in_force;
pub mod items;
pub mod kpi;
pub mod library;
pub mod overdue;
pub mod panel;
pub mod parameters;
pub mod procedure;
pub mod records;
pub mod run;
pub mod safe_start;
pub mod seat;
pub mod separation;
pub mod stage;

use crate::{
    blocks::{
        approval::Approval,
        document::{Document, DocumentKind},
        task::Task,
    },
    ids::{ChangeId, CustomerId, FreezeWindowId, ReleaseId, ServiceObjectId, UnitId, UserId},
    people::role::Role,
    subjects::{
        change::{ChangeKind, ChangeState},
        release::{
            records::{ConfigurationChange, ReleaseUnit, RunSheetEntry, TestCase, TestRun},
            stage::{ReleaseKind, ReleaseMedium, ReleaseScope, Stage, Verdict},
        },
    },
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub use crate::time::window::Window;

/// A person's name under a decision: who, when, why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Who.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// How the deployment ended. The quarter of `mark.at` is the quarter in which the release counts (D9).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerdictRecord {
    /// The verdict.
    pub verdict: Verdict,
    /// Who gave it, when and why.
    #[serde(flatten)]
    pub mark: Stamp,
}

/// One file as it is about to be installed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeployedUnit {
    /// The unit.
    pub unit_id: UnitId,
    /// SHA-256 of the file at hand.
    pub sha256: String,
}

/// The running or finished deployment (§5.8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deployment {
    /// Who started it, and when.
    pub started: Stamp,
    /// What was installed.
    pub units: Vec<DeployedUnit>,
    /// Phases that are installed, in order; a deployment in one go has the single phase `full`.
    pub completed_phases: Vec<String>,
    /// Who decided to roll back, when and on what ground.
    pub rollback: Option<Stamp>,
}

impl Deployment {
    /// True from the decision to roll back (5.2).
    #[must_use]
    pub const fn is_rolled_back(&self) -> bool {
        self.rollback.is_some()
    }
}

/// A person in a role of a release, for a time (R0: hand-over keeps history).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// The role.
    pub role: Role,
    /// The person.
    pub user_id: UserId,
    /// From when.
    pub since: DateTime<Utc>,
    /// Until when; none: still.
    pub until: Option<DateTime<Utc>>,
    /// Who assigned it.
    pub assigned_by: UserId,
    /// Why an internal person stands for the customer (D13), or why the role was handed over.
    #[serde(default)]
    pub reason: String,
}

crate::word_enum! {
    /// A rule that somebody above the release may set aside for it, by name and with a reason (R0, D19).
    ExceptionKind {
        /// The tester also implements.
        TesterIsImplementer = "tester_is_implementer" "测试员兼实施人员" "tester is also the implementer",
        /// The tester also owns the release.
        TesterIsOwner = "tester_is_owner" "测试员兼发布负责人" "tester is also the release owner",
        /// The tester has written in the release plan.
        TesterIsPlanAuthor = "tester_is_plan_author" "测试员兼方案编写人" "tester also wrote the plan",
        /// The owner also administers.
        OwnerIsAdministrator = "owner_is_administrator" "发布负责人兼发布管理员" "owner is also the administrator",
        /// The configuration administrator also implements.
        ConfigurationAdministratorIsImplementer = "configuration_administrator_is_implementer" "配置管理员兼实施人员" "configuration administrator is also the implementer",
        /// Fewer members than all decide (5.3a, D19).
        ReviewQuorumReduced = "review_quorum_reduced" "少于全体成员通过即可" "fewer than all members decide",
        /// A deputy head reviews although the head is there (5.3a, D19).
        DeputyHeadReviews = "deputy_head_reviews" "负责人在岗时由副职评审" "deputy head reviews although the head is present",
        /// Reviewers answer for less of the plan than the procedure version says (5.3a, D19).
        ReviewSectionsReduced = "review_sections_reduced" "只评审部分章节" "only some sections are reviewed",
        /// The release takes the emergency route although its changes are no emergency changes (D11).
        EmergencyRoute = "emergency_route" "非紧急变更走紧急审批" "emergency route without an emergency change",
    }
}

impl ExceptionKind {
    /// True for segregation of duties, which only the general manager sets aside (R0); the others also the process owner.
    #[must_use]
    pub const fn is_separation(self) -> bool {
        !matches!(self, Self::ReviewQuorumReduced | Self::DeputyHeadReviews | Self::ReviewSectionsReduced)
    }
}

/// A rule set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// Which rule.
    pub kind: ExceptionKind,
    /// By whom, when and why.
    #[serde(flatten)]
    pub mark: Stamp,
}

/// A high residual risk taken by name (RO1b). It holds while the risk list is unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedRisk {
    /// The key of the risk in the release plan.
    pub risk: String,
    /// SHA-256 of the risk list that was accepted.
    pub risks_sha256: String,
    /// By whom, when and why.
    #[serde(flatten)]
    pub mark: Stamp,
}

/// An exception from a freeze for one release (5.5.4): for the freeze as it was, and for the window as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreezeException {
    /// Which freeze.
    pub freeze_id: FreezeWindowId,
    /// What it was called.
    pub name: String,
    /// Its version then: a changed freeze is looked at anew.
    pub freeze_version: i64,
    /// The window that was looked at.
    pub window: Window,
    /// By whom, when and why.
    #[serde(flatten)]
    pub mark: Stamp,
}

/// A reason by name for keeping the window in spite of a soft conflict, given by the release owner after the plan was submitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedConflict {
    /// The key of the conflict.
    pub conflict: String,
    /// The window that was looked at.
    pub window: Window,
    /// By whom, when and why.
    #[serde(flatten)]
    pub mark: Stamp,
}

/// A change that the release carries out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeRef {
    /// The change.
    pub id: ChangeId,
    /// Its number in change management.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its urgency class now.
    pub kind: ChangeKind,
    /// Its state now.
    pub state: ChangeState,
}

/// Where an imported release comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// The ledger file.
    pub source: String,
    /// The release's number there; unique.
    pub number: String,
    /// The system or component released, as the ledger names it.
    pub system: String,
    /// The customer or team, as the ledger names it.
    pub customer: String,
}

/// The head of a release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Release {
    /// Identity.
    pub id: ReleaseId,
    /// Number, never reused: `REL-2026-0007`.
    pub number: String,
    /// Title.
    pub title: String,
    /// Weight; decides the route.
    pub kind: ReleaseKind,
    /// What it carries.
    pub scope: ReleaseScope,
    /// Software or hardware.
    pub medium: ReleaseMedium,
    /// For whom; none for an imported release of a customer that is not in the register.
    pub customer_id: Option<CustomerId>,
    /// What it changes (2b).
    pub service_objects: Vec<ServiceObjectId>,
    /// Stage.
    pub stage: Stage,
    /// Set while suspended: nothing but resuming and cancelling is possible (RO2).
    pub suspension: Option<Stamp>,
    /// The window in force: from the plan, then from the go-live plan.
    pub window: Option<Window>,
    /// Test round, from 1; a failed round raises it.
    pub test_round: u32,
    /// When the administrator received the test report (5.4c).
    pub test_report_received: Option<Stamp>,
    /// Who confirmed the grouping of several changes (9.1a).
    pub grouping: Option<Stamp>,
    /// The deployment, once started.
    pub deployment: Option<Deployment>,
    /// How it ended.
    pub verdict: Option<VerdictRecord>,
    /// The procedure version that it follows.
    pub procedure_version: String,
    /// Where it was imported from, if so.
    pub imported: Option<Imported>,
    /// Who created it, and when.
    pub created: Stamp,
    /// Who closed it, when and with what note.
    pub closed: Option<Stamp>,
    /// When the report was approved.
    pub completed_at: Option<DateTime<Utc>>,
    /// Who cancelled it, when and why.
    pub cancelled: Option<Stamp>,
    /// Rules set aside.
    pub exceptions: Vec<Exception>,
    /// High risks taken by name.
    pub accepted_risks: Vec<AcceptedRisk>,
    /// Freezes lifted for it (5.5.4).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub freeze_exceptions: Vec<FreezeException>,
    /// Soft conflicts taken by name after the plan was submitted (5.5.4).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepted_conflicts: Vec<AcceptedConflict>,
    /// Archive records that do not apply, with the reason (5.10a).
    pub archive_excuses: BTreeMap<String, Stamp>,
    /// Concurrency version: the ETag of the release; drafts and comments do not raise it.
    pub version: i64,
}

/// A release with everything that its rules look at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dossier {
    /// The head.
    pub release: Release,
    /// Who holds and held which role.
    pub team: Vec<Assignment>,
    /// What it carries out.
    pub changes: Vec<ChangeRef>,
    /// Its documents.
    pub documents: BTreeMap<DocumentKind, Document>,
    /// Its approvals, oldest first.
    pub approvals: Vec<Approval>,
    /// Its tasks, oldest first.
    pub tasks: Vec<Task>,
    /// What goes into production.
    pub units: Vec<ReleaseUnit>,
    /// Test cases.
    pub test_cases: Vec<TestCase>,
    /// Test runs, oldest first.
    pub test_runs: Vec<TestRun>,
    /// The run sheet, oldest first.
    pub run_sheet: Vec<RunSheetEntry>,
    /// Configuration items changed.
    pub configuration: Vec<ConfigurationChange>,
}
