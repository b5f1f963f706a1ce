//! Tasks: an obligation of a named person with a due time, evidence and an outcome.

use crate::{
    ids::{ApprovalId, AttachmentId, TaskId, UserId},
    people::role::Role,
    subject::refusal::{Code, Refusal, Text, Unmet},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

crate::word_enum! {
    /// Why a task exists.
    TaskKind {
        /// A department's opinion on the release (§4 RA1).
        OpinionRequest = "opinion_request" "征求部门意见" "department opinion",
        /// Hardware, software or material made ready (§4 RA3).
        Preparation = "preparation" "软硬件准备" "preparation",
        /// A condition of a vote (5.3b).
        Condition = "condition" "落实评审条件" "condition of a review",
        /// A backup made and its restore checked (5.1.2).
        BackupVerification = "backup_verification" "备份并验证" "backup and verification",
        /// A person of the duty roster knows the duty (5.7c, 5.7d).
        DutyAcknowledgement = "duty_acknowledgement" "确认职责" "duty acknowledgement",
        /// Support staff trained (5.7a).
        SupportTraining = "support_training" "支持人员培训" "support training",
        /// A customer contact has read what changes for the customer (5.7b).
        CustomerContactBriefing = "customer_contact_briefing" "客户联系人知悉" "customer contact briefing",
        /// The customer told the plan and the dates (5.5.3, 5.7e, 5.7f).
        CustomerNotice = "customer_notice" "告知客户" "customer notice",
        /// A document or skill handed over to users or maintainers (RA10, RA11).
        KnowledgeHandover = "knowledge_handover" "知识移交" "knowledge handover",
        /// A neighbouring system told that the rollback is done, and its answer (5.2.5).
        RollbackNotice = "rollback_notice" "回退通知周边系统" "rollback notice",
        /// Work after deployment (5.1.6).
        FollowUpWork = "follow_up_work" "部署后工作" "follow-up work",
        /// A step that an emergency release skipped (D11).
        EmergencyMakeUp = "emergency_make_up" "紧急发布补办" "emergency make-up",
        /// The release report is outstanding (5.11, D6).
        ReleaseReport = "release_report" "编写发布报告" "release report",
        /// A release without success is reviewed (3.5).
        FailedReleaseReview = "failed_release_review" "失败发布回顾" "review of a failed release",
        /// An action of such a review (3.5).
        ReviewAction = "review_action" "落实回顾措施" "action of a review",
        /// A measure of the report of a quarter (7a).
        ImprovementMeasure = "improvement_measure" "落实改进措施" "measure of improvement",
    }
}

crate::word_enum! {
    /// The step that an open task stops.
    Blocks {
        /// Sending the plan to review.
        PlanReview = "plan_review" "方案评审" "plan review",
        /// Convening the go-live approval.
        GoLiveApproval = "go_live_approval" "上线审批" "go-live approval",
        /// Starting deployment.
        DeploymentStart = "deployment_start" "开始部署" "start of deployment",
        /// Recording the verdict "rolled back".
        RollbackVerdict = "rollback_verdict" "回退判定" "rollback verdict",
        /// Closing the release.
        Closure = "closure" "发布关闭" "closure",
        /// Nothing: it is outstanding all the same.
        Nothing = "nothing" "无" "nothing",
    }
}

/// What the procedure says about a kind of task.
#[derive(Debug, Clone, Copy)]
pub struct TaskRule {
    /// The kind.
    pub kind: TaskKind,
    /// The clause.
    pub clause: &'static str,
    /// The step it stops while open (a condition: the step after its approval).
    pub blocks: Blocks,
    /// Who checks the evidence before the task is closed; none: the evidence closes it.
    pub verifier: Option<Role>,
    /// Who may excuse it with a reason; none: nobody.
    pub waivable_by: Option<Role>,
    /// True when the release administrator may add such tasks by hand.
    pub can_be_added: bool,
}

const fn rule(
    kind: TaskKind,
    clause: &'static str,
    blocks: Blocks,
    verifier: Option<Role>,
    waivable_by: Option<Role>,
    can_be_added: bool,
) -> TaskRule {
    TaskRule { kind, clause, blocks, verifier, waivable_by, can_be_added }
}

const CONDITION_SOURCE: &str = "approvals/";

/// The source of the conditions that a member of a panel sets; their number follows. It stays the same for a vote that later
/// panels take over, so that a condition becomes one task.
#[must_use]
pub fn condition_source(approval: ApprovalId, member: UserId) -> String {
    format!("{CONDITION_SOURCE}{approval}/{member}/")
}

const RO: Option<Role> = Some(Role::ReleaseOwner);
const RA: Option<Role> = Some(Role::ReleaseAdministrator);

/// Every kind of task: clause, names, what it stops, who verifies, who may waive, whether it can be added by hand.
pub const TASK_RULES: [TaskRule; 16] = [
    rule(TaskKind::OpinionRequest, "4.RA1", Blocks::PlanReview, None, RA, false),
    rule(TaskKind::Preparation, "4.RA3", Blocks::GoLiveApproval, None, RO, true),
    rule(TaskKind::Condition, "5.3b", Blocks::GoLiveApproval, RO, None, false),
    rule(TaskKind::BackupVerification, "5.1.2", Blocks::DeploymentStart, None, None, false),
    rule(TaskKind::DutyAcknowledgement, "5.7d", Blocks::DeploymentStart, RA, None, false),
    rule(TaskKind::SupportTraining, "5.7a", Blocks::DeploymentStart, None, RO, true),
    rule(TaskKind::CustomerContactBriefing, "5.7b", Blocks::DeploymentStart, None, RO, true),
    rule(TaskKind::CustomerNotice, "5.7e", Blocks::DeploymentStart, None, RO, true),
    rule(TaskKind::KnowledgeHandover, "4.RA10", Blocks::Closure, None, RO, true),
    rule(TaskKind::RollbackNotice, "5.2.5", Blocks::RollbackVerdict, None, RO, false),
    rule(TaskKind::FollowUpWork, "5.1.6", Blocks::Closure, None, RO, true),
    rule(TaskKind::EmergencyMakeUp, "D11", Blocks::Closure, RO, None, false),
    rule(TaskKind::ReleaseReport, "5.11", Blocks::Nothing, None, None, false),
    rule(TaskKind::ReviewAction, "3.5", Blocks::Nothing, RO, None, false),
    rule(TaskKind::ImprovementMeasure, "7a", Blocks::Nothing, None, None, false),
    rule(TaskKind::FailedReleaseReview, "3.5", Blocks::Nothing, None, None, false),
];

impl TaskKind {
    /// True for what a person must know or do in person, with no deputy: duty, training, briefing (5.7a, 5.7b, 5.7d).
    #[must_use]
    pub const fn is_personal(self) -> bool {
        matches!(self, Self::DutyAcknowledgement | Self::SupportTraining | Self::CustomerContactBriefing)
    }

    /// What the procedure says about this kind.
    #[must_use]
    pub fn rule(self) -> &'static TaskRule {
        &TASK_RULES[crate::table::places!(TASK_RULES, kind, TaskKind)[self as usize]]
    }
}

crate::word_enum! {
    /// Where a task stands.
    TaskState {
        /// To be done.
        Open = "open" "待完成" "open",
        /// Done; the evidence waits for verification.
        Submitted = "submitted" "待核实" "to verify",
        /// Done.
        Done = "done" "已完成" "done",
        /// Excused with a reason.
        Waived = "waived" "已免除" "waived",
        /// No longer needed: the release was cancelled or the step recalled.
        Cancelled = "cancelled" "已取消" "cancelled",
    }
}

/// The task in one of these states.
///
/// # Errors
/// [`Code::TaskUnknown`]; `code` with its state when it stands elsewhere.
pub(crate) fn task_in<'a>(tasks: &'a [Task], id: TaskId, states: &[TaskState], code: Code) -> Result<&'a Task, Refusal> {
    let Some(task) = tasks.iter().find(|task| task.id == id) else { return Err(Refusal::one(Code::TaskUnknown)) };
    if states.contains(&task.state) {
        return Ok(task);
    }
    Err(Refusal::one(Unmet::new(code).with("task", &task.title).with_text("state", task.state)))
}

/// What shows that a task was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// In the person's own words.
    pub text: String,
    /// Files that show it.
    pub attachments: Vec<AttachmentId>,
    /// Who gave it: the assignee or a deputy.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// A decision about a task with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// Who.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

/// An obligation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Identity.
    pub id: TaskId,
    /// Why it exists.
    pub kind: TaskKind,
    /// What is to be done, in one line.
    pub title: String,
    /// More about it.
    pub detail: String,
    /// Who owes it.
    pub assignee: UserId,
    /// The step it stops while open.
    pub blocks: Blocks,
    /// When it is due.
    pub due_at: DateTime<Utc>,
    /// Where it stands.
    pub state: TaskState,
    /// Who or what opened it.
    pub opened_by: Option<UserId>,
    /// When.
    pub opened_at: DateTime<Utc>,
    /// What it comes from: a row of a document, an approval.
    pub source: String,
    /// What shows that it was done.
    pub evidence: Option<Evidence>,
    /// The last verification or return.
    pub verification: Option<Ruling>,
    /// The waiver, if it was excused.
    pub waiver: Option<Ruling>,
    /// How often something happened to it since it was opened.
    #[serde(default)]
    pub changes: u32,
}

impl Task {
    /// Rises with everything that happens to the task, whatever the clock says.
    #[must_use]
    pub fn version(&self) -> i64 {
        i64::from(self.changes) + 1
    }

    /// What is to be done in one line, in the words of its author or by the name of its kind.
    #[must_use]
    pub fn name(&self) -> Text {
        match self.title.as_str() {
            "" => self.kind.text(),
            title => Text::same(title),
        }
    }

    /// True when the person owes the task or gave its evidence: somebody else checks it.
    #[must_use]
    pub fn is_own_work_of(&self, user: UserId) -> bool {
        self.assignee == user || self.evidence.as_ref().is_some_and(|evidence| evidence.by == user)
    }

    /// The approval and the member whose vote set this condition (5.3b).
    #[must_use]
    pub fn condition_of(&self) -> Option<(ApprovalId, UserId)> {
        let mut parts = self.source.strip_prefix(CONDITION_SOURCE)?.split('/');
        let (approval, member) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        (self.kind == TaskKind::Condition).then_some((approval, member))
    }

    /// True while it is outstanding (also while its evidence waits for verification).
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.state, TaskState::Open | TaskState::Submitted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_exactly_one_rule() {
        for kind in TaskKind::ALL {
            assert_eq!(TASK_RULES.iter().filter(|r| r.kind == *kind).count(), 1, "{kind}");
        }
    }
}
