//! What people ask a release to do.

use super::optional;
use chrono::{DateTime, Utc};
use fabu_app::subjects::releases::{CreateRelease, Member};
use fabu_domain::{
    blocks::approval::{Capacity, Rule},
    ids::{ApprovalId, ChangeId, DepartmentId, UserId},
    people::role::Role,
    subjects::release::{
        DeployedUnit, ExceptionKind,
        archive::ArchiveRecord,
        command::{Convocation, Invitation},
        stage::{ReleaseKind, ReleaseMedium, ReleaseScope, Verdict},
    },
    text::{Line, Note},
};
use serde::Deserialize;
use utoipa::ToSchema;

/// Declares requests: no unknown field, an example.
macro_rules! requests {
    ($($(#[$doc:meta])* $name:ident = $example:tt { $($(#[$fdoc:meta])* $field:ident: $type:ty),* $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        #[schema(example = json!($example))]
        pub struct $name { $($(#[$fdoc])* pub $field: $type),* }
    )+};
}

requests! {
    /// A release that is wanted; customer and service objects follow from the changes.
    CreateReleaseRequest = {
        "title": "核心业务系统 3.2 升级", "kind": "major", "scope": "delta", "medium": "software",
        "changes": ["0192f3c1-7b1e-7000-8000-000000000001"],
        "team": [{ "role": "release_owner", "user_id": "0192f3c1-7b1e-7000-8000-000000000002" }]
    } {
        /// Title.
        title: Line,
        /// Weight; an emergency takes the short route (D11).
        kind: ReleaseKind,
        /// What it carries.
        scope: ReleaseScope,
        /// Software or hardware.
        medium: ReleaseMedium,
        /// The approved changes that it carries out (9.1b).
        #[schema(max_items = 200)]
        changes: Vec<ChangeId>,
        /// Its team, as far as it is known.
        #[serde(default)]
        #[schema(max_items = 50)]
        team: Vec<TeamMemberRequest>,
    }

    /// Who takes a role.
    TeamMemberRequest = { "role": "release_owner", "user_id": "0192f3c1-7b1e-7000-8000-000000000002" } {
        /// The role.
        role: Role,
        /// Who.
        user_id: UserId,
        /// Why, where a reason is due: somebody of the company stands for the customer (D13).
        reason: Option<Note>,
    }

    /// Why.
    ReasonRequest = { "reason": "等待供应商补丁" } {
        /// The reason.
        reason: Note,
    }

    /// A note for the record.
    NoteRequest = { "note": "全部资料已归档" } {
        /// The note.
        note: Note,
    }

    /// A note for the record, if there is something to say.
    OptionalNoteRequest = { "note": "请更新三项配置" } {
        /// The note.
        note: Option<Note>,
    }

    /// On what ground a decision is taken.
    GroundRequest = { "ground": "失败步骤不影响主流程，已人工补录" } {
        /// The ground.
        ground: Note,
    }

    /// A role of the release for a person, or its hand-over.
    AssignRoleRequest = { "role": "implementer", "user_id": "0192f3c1-7b1e-7000-8000-000000000001", "reason": "原实施人员出差" } {
        /// The role.
        role: Role,
        /// To whom.
        user_id: UserId,
        /// Why.
        reason: Option<Note>,
    }

    /// A rule to be set aside for this release (R0, D19).
    GrantExceptionRequest = { "kind": "owner_is_administrator", "reason": "人员不足，由总经理批准" } {
        /// Which rule.
        kind: ExceptionKind,
        /// Why.
        reason: Note,
    }

    /// A high residual risk to be taken by name (RO1b).
    AcceptRiskRequest = { "risk": "r1", "reason": "已有备用线路" } {
        /// The key of the risk in the release plan.
        risk: Line,
        /// Why.
        reason: Note,
    }

    /// A conflict to be accepted, or a freeze to be excepted from (5.5.4).
    AcceptConflictRequest = { "conflict": "same_object/REL-2026-0011", "reason": "两次发布由同一团队先后进行，互不影响" } {
        /// The key of the conflict.
        conflict: Line,
        /// Why.
        reason: Note,
    }

    /// A change to be added.
    AddChangeRequest = { "change_id": "0192f3c1-7b1e-7000-8000-000000000001" } {
        /// The approved change.
        change_id: ChangeId,
    }

    /// A change to be taken out.
    RemoveChangeRequest = { "change_id": "0192f3c1-7b1e-7000-8000-000000000001", "reason": "推迟到下一次发布" } {
        /// The change.
        change_id: ChangeId,
        /// Why.
        reason: Note,
    }

    /// What departments are asked (RA1).
    RequestOpinionsRequest = { "departments": [], "question": "升级窗口内贵部门有无关键业务？" } {
        /// Departments besides those of the service objects.
        #[serde(default)]
        #[schema(max_items = 100)]
        departments: Vec<DepartmentId>,
        /// What is asked.
        question: Note,
    }

    /// Somebody asked to sit on a panel.
    PanelMemberRequest = { "user_id": "0192f3c1-7b1e-7000-8000-000000000001", "capacity": { "kind": "role", "value": "release_owner" } } {
        /// Who.
        user_id: UserId,
        /// As what; another person concerned when not said.
        capacity: Option<Capacity>,
        /// The sections to answer for; all when not said.
        #[serde(default)]
        #[schema(max_items = 50)]
        sections: Vec<String>,
    }

    /// A panel to be convened.
    ConveneRequest = {
        "members": [{ "user_id": "0192f3c1-7b1e-7000-8000-000000000001", "capacity": { "kind": "role", "value": "release_owner" }, "sections": [] }],
        "rule": { "quorum": "all", "count": null, "must_include": [] }, "place": "线上会签"
    } {
        /// Who, besides the members that the procedure requires.
        #[serde(default)]
        #[schema(max_items = 100)]
        members: Vec<PanelMemberRequest>,
        /// When the panel has agreed; when all have, if not said.
        rule: Option<Rule>,
        /// Where it meets, or that it answers online.
        place: Option<Line>,
        /// Until when answers are asked for; the deadline of the procedure when not said.
        due_at: Option<DateTime<Utc>>,
    }

    /// Somebody to ask in the place of a panel member who can act no more (5.3a).
    ReplaceMemberRequest = {
        "approval_id": "0192f3c1-7b1e-7000-8000-000000000001", "member": "0192f3c1-7b1e-7000-8000-000000000002",
        "successor": "0192f3c1-7b1e-7000-8000-000000000003", "reason": "原部门负责人已离职"
    } {
        /// The open approval.
        approval_id: ApprovalId,
        /// Who can act no more.
        member: UserId,
        /// Who is asked instead: the head of the department, the holder of the role, another representative.
        successor: UserId,
        /// Why.
        reason: Note,
    }

    /// The files at hand and the go or no-go check (5.8a).
    StartDeploymentRequest = {
        "units": [{ "unit_id": "0192f3c1-7b1e-7000-8000-000000000001", "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" }],
        "note": "人员到位，备份完成，同意开始"
    } {
        /// Every unit with the SHA-256 of the file at hand.
        #[schema(max_items = 500)]
        units: Vec<DeployedUnit>,
        /// The go or no-go check in words.
        note: Note,
    }

    /// A phase that is installed.
    CompletePhaseRequest = { "phase": "full", "stakeholders": [] } {
        /// The phase; `full` for a deployment in one go.
        phase: Line,
        /// Who is asked to confirm besides administrator and customer.
        #[serde(default)]
        #[schema(max_items = 100)]
        stakeholders: Vec<UserId>,
    }

    /// How the deployment ended (D8).
    RecordVerdictRequest = { "verdict": "successful", "reason": "按计划完成，各方确认" } {
        /// The verdict.
        verdict: Verdict,
        /// Why.
        reason: Note,
    }

    /// What was done about an objection.
    ReconveneConfirmationRequest = { "phase": "full", "note": "已修复打印问题并复测" } {
        /// The phase.
        phase: Line,
        /// What was done.
        note: Note,
    }

    /// An archive record that does not apply (5.10a).
    ExcuseArchiveRecordRequest = { "record": "communication", "reason": "无外部用户" } {
        /// The record.
        record: ArchiveRecord,
        /// Why.
        reason: Note,
    }
}

impl CreateReleaseRequest {
    /// The command.
    #[must_use]
    pub fn command(&self) -> CreateRelease {
        let Self { title, kind, scope, medium, changes, team } = self.clone();
        let member = |m: TeamMemberRequest| Member { role: m.role, user_id: m.user_id, reason: optional(m.reason.as_ref()) };
        CreateRelease { title, kind, scope, medium, changes, team: team.into_iter().map(member).collect() }
    }
}

impl ConveneRequest {
    /// The convocation.
    #[must_use]
    pub fn convocation(&self) -> Convocation {
        let invitation = |m: &PanelMemberRequest| Invitation {
            user_id: m.user_id,
            capacity: m.capacity.unwrap_or(Capacity::Stakeholder),
            sections: m.sections.clone(),
        };
        Convocation {
            members: self.members.iter().map(invitation).collect(),
            rule: self.rule.clone().unwrap_or_default(),
            place: self.place.as_ref().map(ToString::to_string).unwrap_or_default(),
            due_at: self.due_at,
        }
    }
}
