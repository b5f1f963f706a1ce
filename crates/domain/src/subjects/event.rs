//! What can happen to a release. Every change of a [`Dossier`] is one of these; nothing else changes it.

use crate::{
    blocks::{
        approval::{Approval, ApprovalState, Member, Remark, Vote},
        document::{DocumentKind, Draft, Revision},
        task::Task,
    },
    ids::{ApprovalId, AttachmentId, ChangeId, ServiceObjectId, UnitId, UserId},
    people::role::Role,
    subjects::release::{
        AcceptedRisk, Assignment, ChangeRef, Deployment, Dossier, Exception, Stamp, VerdictRecord, Window,
        conflicts::{AcceptedConflict, FreezeException},
        records::{ConfigurationChange, ReleaseUnit, RunSheetEntry, TestCase, TestRun},
        stage::Stage,
    },
};
use chrono::{DateTime, Utc};
use serde::Serialize;

crate::word_enum! {
    /// What happened to a task.
    TaskAction {
        /// It came into being.
        Opened = "opened",
        /// Evidence was given and waits for verification.
        Submitted = "submitted",
        /// It is done.
        Done = "done",
        /// Its evidence was sent back.
        Returned = "returned",
        /// It was excused.
        Waived = "waived",
        /// Somebody else owes it now.
        Reassigned = "reassigned",
        /// It is no longer needed.
        Cancelled = "cancelled",
    }
}

crate::word_enum! {
    /// What happened to a configuration change.
    ConfigurationAction {
        /// It was foreseen.
        Planned = "planned",
        /// Its baseline was taken.
        Baselined = "baselined",
        /// Deployment ended: the request is drafted.
        Drafted = "drafted",
        /// The request was sent.
        Requested = "requested",
        /// The configuration administrator sent it back.
        Returned = "returned",
        /// The database is updated.
        Confirmed = "confirmed",
        /// It is no longer part of the release.
        Dropped = "dropped",
    }
}

/// Something that happened: to a release, or to the approvals and tasks of another subject.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", content = "payload")]
pub enum ReleaseEvent {
    /// The release came into being with its team and changes.
    #[serde(rename = "release.created")]
    Created(Box<Dossier>),
    /// A role was given to a person; the former holder's time ends.
    #[serde(rename = "release.role_assigned")]
    RoleAssigned(Assignment),
    /// A role has no holder any more.
    #[serde(rename = "release.role_vacated")]
    RoleVacated {
        /// Which role.
        role: Role,
        /// From when.
        at: DateTime<Utc>,
    },
    /// A rule was set aside.
    #[serde(rename = "release.exception_granted")]
    ExceptionGranted(Exception),
    /// A high risk was taken by name.
    #[serde(rename = "release.risk_accepted")]
    RiskAccepted(AcceptedRisk),
    /// The window was kept in spite of a conflict.
    #[serde(rename = "release.conflict_accepted")]
    ConflictAccepted(AcceptedConflict),
    /// A freeze was lifted for the release.
    #[serde(rename = "release.freeze_excepted")]
    FreezeExcepted(FreezeException),
    /// A change was added.
    #[serde(rename = "release.change_added")]
    ChangeAdded(ChangeRef),
    /// A change that was added concerns further service objects: the release changes them too (2b).
    #[serde(rename = "release.service_objects_added")]
    ServiceObjectsAdded {
        /// Which.
        service_objects: Vec<ServiceObjectId>,
    },
    /// A change was taken out.
    #[serde(rename = "release.change_removed")]
    ChangeRemoved {
        /// Which.
        change_id: ChangeId,
        /// Its number.
        number: String,
        /// Why.
        reason: String,
    },
    /// Change management confirmed the grouping (9.1a).
    #[serde(rename = "release.grouping_confirmed")]
    GroupingConfirmed(Stamp),
    /// The stage changed.
    #[serde(rename = "release.stage_changed")]
    StageChanged {
        /// From.
        from: Stage,
        /// To.
        to: Stage,
        /// Why, when it went back.
        #[serde(skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// The window was set by a submitted plan.
    #[serde(rename = "release.window_set")]
    WindowSet(Window),
    /// Work was suspended.
    #[serde(rename = "release.suspended")]
    Suspended(Stamp),
    /// Work goes on.
    #[serde(rename = "release.resumed")]
    Resumed(Stamp),
    /// The release was given up.
    #[serde(rename = "release.cancelled")]
    Cancelled(Stamp),
    /// A failed test round: the next one has this number.
    #[serde(rename = "release.test_round_raised")]
    TestRoundRaised {
        /// The new round.
        round: u32,
    },
    /// The administrator received the test report.
    #[serde(rename = "test_report.received")]
    TestReportReceived(Stamp),
    /// A draft was saved.
    #[serde(rename = "document.draft_saved")]
    DraftSaved {
        /// Which document.
        document: DocumentKind,
        /// Its number.
        number: String,
        /// The draft.
        draft: Draft,
    },
    /// A revision was submitted and frozen.
    #[serde(rename = "document.submitted")]
    DocumentSubmitted {
        /// Which document.
        document: DocumentKind,
        /// Its number.
        number: String,
        /// The revision.
        revision: Revision,
    },
    /// A panel was convened.
    #[serde(rename = "approval.opened")]
    ApprovalOpened(Approval),
    /// A member answered.
    #[serde(rename = "approval.vote_cast")]
    VoteCast {
        /// Which approval.
        approval_id: ApprovalId,
        /// The member for whom it counts.
        member: UserId,
        /// The answer.
        vote: Vote,
    },
    /// Somebody who may decide takes a seat of their own.
    #[serde(rename = "approval.member_added")]
    MemberAdded {
        /// Which approval.
        approval_id: ApprovalId,
        /// Who.
        member: Member,
    },
    /// Somebody else is asked in the place of a member; the votes of the others stay.
    #[serde(rename = "approval.member_replaced")]
    MemberReplaced {
        /// Which approval.
        approval_id: ApprovalId,
        /// Who was asked.
        member: UserId,
        /// Who is asked now.
        successor: UserId,
        /// By whom, when and why.
        mark: Stamp,
    },
    /// A member's late answer was kept as a remark.
    #[serde(rename = "approval.remark_added")]
    RemarkAdded {
        /// Which approval.
        approval_id: ApprovalId,
        /// The remark.
        remark: Remark,
    },
    /// An approval was decided or became void.
    #[serde(rename = "approval.decided")]
    ApprovalDecided {
        /// Which approval.
        approval_id: ApprovalId,
        /// How.
        state: ApprovalState,
        /// When.
        at: DateTime<Utc>,
        /// Why it is void.
        reason: Option<String>,
    },
    /// Something happened to a task; its new state is attached.
    #[serde(rename = "task")]
    Task {
        /// What.
        action: TaskAction,
        /// The task now.
        task: Task,
    },
    /// A unit was registered.
    #[serde(rename = "unit.registered")]
    UnitRegistered(ReleaseUnit),
    /// A unit was taken out.
    #[serde(rename = "unit.withdrawn")]
    UnitWithdrawn {
        /// Which.
        unit_id: UnitId,
        /// Why.
        reason: String,
    },
    /// A test case was written.
    #[serde(rename = "test_case.added")]
    TestCaseAdded(TestCase),
    /// A test was run.
    #[serde(rename = "test_run.recorded")]
    TestRunRecorded(TestRun),
    /// Something happened to a configuration change; its new state is attached.
    #[serde(rename = "configuration_change")]
    Configuration {
        /// What.
        action: ConfigurationAction,
        /// The change now.
        change: ConfigurationChange,
    },
    /// Deployment started.
    #[serde(rename = "deployment.started")]
    DeploymentStarted(Deployment),
    /// An entry was written into the run sheet.
    #[serde(rename = "run_sheet.entry_recorded")]
    EntryRecorded(RunSheetEntry),
    /// All steps of a phase are done.
    #[serde(rename = "deployment.phase_completed")]
    PhaseCompleted {
        /// Which.
        phase: String,
    },
    /// The rollback began.
    #[serde(rename = "deployment.rollback_started")]
    RollbackStarted(Stamp),
    /// The deployment was judged.
    #[serde(rename = "release.verdict_recorded")]
    VerdictRecorded(VerdictRecord),
    /// An archive record does not apply.
    #[serde(rename = "archive.record_excused")]
    ArchiveExcused {
        /// Which record.
        record: String,
        /// By whom, when and why.
        mark: Stamp,
    },
    /// The implementer closed the release.
    #[serde(rename = "release.closed")]
    Closed(Stamp),
    /// The owner reopened it.
    #[serde(rename = "release.reopened")]
    Reopened(Stamp),
    /// The report was approved.
    #[serde(rename = "release.completed")]
    Completed {
        /// When.
        at: DateTime<Utc>,
    },
    /// A file was attached.
    #[serde(rename = "attachment.added")]
    FileAttached {
        /// Which.
        attachment_id: AttachmentId,
        /// Its name.
        file_name: String,
        /// Its length in bytes.
        size: i64,
        /// SHA-256 of its bytes.
        sha256: String,
    },
    /// A file was added after the release was closed (补充).
    #[serde(rename = "attachment.addendum_added")]
    AddendumAdded {
        /// Which.
        attachment_id: AttachmentId,
        /// Its name.
        file_name: String,
        /// Its length in bytes.
        size: i64,
        /// SHA-256 of its bytes.
        sha256: String,
        /// Why it comes later.
        reason: String,
    },
    /// Somebody commented.
    #[serde(rename = "release.commented")]
    Commented {
        /// What.
        text: String,
    },
}

impl ReleaseEvent {
    /// The name in the log, past tense, and the facts.
    #[must_use]
    pub fn to_log(&self) -> (String, serde_json::Value) {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        let kind = value["kind"].as_str().unwrap_or_default().to_owned();
        let mut payload = value["payload"].take();
        let kind = match self {
            Self::Task { action, .. } => format!("{kind}.{action}"),
            Self::Configuration { action, .. } => format!("{kind}.{action}"),
            _ => kind,
        };
        if let Self::Created(dossier) = self {
            let changes: Vec<&str> = dossier.changes.iter().map(|c| c.number.as_str()).collect();
            payload = serde_json::json!({ "release": dossier.release, "team": dossier.team, "changes": changes });
        }
        (kind, payload)
    }

    /// When it happened in the world, where that differs from when it is written down (late entries, 补录).
    #[must_use]
    pub const fn occurred_at(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::EntryRecorded(entry) => Some(entry.finished_at),
            _ => None,
        }
    }

    /// True for drafts, comments and files, which do not raise the version of the release.
    #[must_use]
    pub const fn is_quiet(&self) -> bool {
        matches!(self, Self::DraftSaved { .. } | Self::Commented { .. } | Self::FileAttached { .. } | Self::AddendumAdded { .. })
    }
}
