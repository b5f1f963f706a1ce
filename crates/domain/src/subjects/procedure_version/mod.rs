//! Versions of the procedure (F1-F3, 7): each is written, signed by author, reviewer and approver, and in force from its day.
//!
//! Which one is in force follows from the signatures and the day; nothing has to happen on that day.

pub mod label;
mod steps;
#[cfg(test)]
mod tests;
mod text;
mod text_rules;

pub use label::VersionLabel;
pub use steps::{may_create, may_submit, may_withdraw, may_write};
pub(crate) use text::PROCEDURE_TEXT;
pub use text::{Chapter, ProcedureParameters, ProcedureText, RelatedDocument};

use crate::{
    blocks::{
        approval::{Approval, ApprovalState, Capacity, Decision},
        document::{Document, DocumentContent, DocumentKind},
        task::Task,
    },
    ids::{ProcedureVersionId, UserId},
    notifications::notice::{Fact, Topic},
    people::role::Role,
    subject::{CompanyRecord, Parts, PartsMut, Subject},
    subjects::release::{Stamp, kpi::Ratio, parameters::Parameters},
    time::quarter::midnight,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use uuid::Uuid;

crate::word_enum! {
    /// Where a version of the procedure stands.
    VersionState {
        /// Being written.
        Draft = "draft" "草稿" "draft",
        /// Waiting for its reviewer and the general manager.
        InReview = "in_review" "审批中" "in review",
        /// Signed; its day is still to come.
        Approved = "approved" "已批准待实施" "approved, not yet in force",
        /// What everybody works by.
        InForce = "in_force" "实施中" "in force",
        /// A later version is in force.
        Superseded = "superseded" "已被替代" "superseded",
        /// Given up before it was approved.
        Withdrawn = "withdrawn" "已撤回" "withdrawn",
    }
}

/// A version of the procedure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProcedureVersion {
    /// Identity.
    pub id: ProcedureVersionId,
    /// Its label.
    pub label: VersionLabel,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// Who began it; none: it is older than the program.
    pub created_by: Option<UserId>,
    /// The text of a version that was signed on paper before the program kept it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adopted: Option<ProcedureText>,
    /// Who gave it up, when and why.
    pub withdrawn: Option<Stamp>,
    /// Concurrency version of the record (ETag).
    pub version: i64,
    /// Its text: the draft, and what was submitted.
    #[serde(skip, default = "unwritten")]
    pub document: Document,
    /// The approvals that were asked for, oldest first.
    #[serde(skip)]
    pub approvals: Vec<Approval>,
    /// What somebody owes: nothing so far.
    #[serde(skip)]
    pub tasks: Vec<Task>,
}

/// Before its document is read.
const fn unwritten() -> Document {
    Document::new(DocumentKind::ProcedureVersion, String::new())
}

impl ProcedureVersion {
    /// A version in which nothing is written yet; its document has the number of the procedure and its label.
    #[must_use]
    pub fn new(
        id: ProcedureVersionId,
        document_prefix: &str,
        label: VersionLabel,
        created: (DateTime<Utc>, Option<UserId>),
    ) -> Self {
        let document = Document::new(DocumentKind::ProcedureVersion, format!("{document_prefix}-{label}"));
        let ((created_at, created_by), approvals, tasks) = (created, Vec::new(), Vec::new());
        Self { id, label, created_at, created_by, adopted: None, withdrawn: None, version: 1, document, approvals, tasks }
    }

    /// The first version, as the company signed it on paper.
    #[must_use]
    pub fn first(document_prefix: &str) -> Self {
        let text = ProcedureText::first();
        let created_at = midnight(text.effective_on.unwrap_or_default());
        let id = ProcedureVersionId::nth(Uuid::nil(), 0);
        Self { adopted: Some(text), ..Self::new(id, document_prefix, VersionLabel::FIRST, (created_at, None)) }
    }

    /// The number of the procedure, whatever its version (F3).
    #[must_use]
    pub fn number(&self) -> &str {
        self.document.number.strip_suffix(&format!("-{}", self.label)).unwrap_or(&self.document.number)
    }

    /// Its text: the draft, else what was submitted last.
    #[must_use]
    pub fn text(&self) -> &ProcedureText {
        static NOTHING: LazyLock<ProcedureText> = LazyLock::new(ProcedureText::default);
        match (&self.adopted, self.document.content()) {
            (Some(text), _) => text,
            (None, Some(DocumentContent::ProcedureVersion(text))) => text,
            _ => &NOTHING,
        }
    }

    /// True once author, reviewer and approver have signed.
    #[must_use]
    pub fn is_approved(&self) -> bool {
        self.adopted.is_some() || self.approvals.last().is_some_and(|approval| approval.state == ApprovalState::Passed)
    }

    /// Its day and its numbers, once it is signed.
    #[must_use]
    pub fn signed(&self) -> Option<(NaiveDate, Parameters)> {
        let text = self.text();
        let day = text.effective_on.filter(|_| self.is_approved())?;
        let own = &text.parameters;
        let parameters = Parameters {
            procedure_version: self.label.to_string(),
            document_prefix: self.number().to_owned(),
            success_target: Ratio::percent(own.success_target_percent),
            report_due_working_days: own.report_due_working_days,
            configuration_update_working_days: own.configuration_update_working_days,
            emergency_make_up_working_days: own.emergency_make_up_working_days,
            opinion_due_working_days: own.opinion_due_working_days,
            opinion_grace_working_days: own.opinion_grace_working_days,
            review_sections: Vec::new(),
            reminder_working_days: own.reminder_working_days,
            escalation_working_days: own.escalation_working_days,
            closure_grace_working_days: own.closure_grace_working_days,
            start_tolerance_minutes: own.start_tolerance_minutes,
            reauthentication_minutes: own.reauthentication_minutes,
            retention_years: own.retention_years,
        };
        Some((day, parameters))
    }

    /// Where it stands on a day, among all versions.
    #[must_use]
    pub fn state(&self, all: &[Self], today: NaiveDate) -> VersionState {
        let has_come = |version: &Self| version.is_approved() && version.text().effective_on.is_some_and(|day| day <= today);
        match self {
            _ if self.withdrawn.is_some() => VersionState::Withdrawn,
            _ if self.open_approval().is_some() => VersionState::InReview,
            _ if !self.is_approved() => VersionState::Draft,
            _ if !has_come(self) => VersionState::Approved,
            _ if all.iter().any(|other| other.label > self.label && has_come(other)) => VersionState::Superseded,
            _ => VersionState::InForce,
        }
    }

    /// The approval whose signatures hold: one that was returned signs nothing.
    fn signatures(&self) -> Option<&Approval> {
        self.approvals.last().filter(|approval| matches!(approval.state, ApprovalState::Open | ApprovalState::Passed))
    }

    /// Who wrote and submitted it (编制), and when.
    #[must_use]
    pub fn prepared(&self) -> Option<Stamp> {
        self.signatures().map(|approval| Stamp { by: approval.opened_by, at: approval.opened_at, reason: String::new() })
    }

    /// Who reviewed it (审核), and when.
    #[must_use]
    pub fn reviewed(&self) -> Option<Stamp> {
        self.vote(self.signatures()?, Decision::Pass, |capacity| capacity == Capacity::Stakeholder)
    }

    /// Who approved it (批准), and when.
    #[must_use]
    pub fn approved(&self) -> Option<Stamp> {
        self.vote(self.signatures()?, Decision::Pass, |capacity| capacity != Capacity::Stakeholder)
    }

    /// Who returned it last, when and why.
    #[must_use]
    pub fn returned(&self) -> Option<Stamp> {
        let approval = self.approvals.iter().rfind(|approval| approval.state == ApprovalState::Returned)?;
        self.vote(approval, Decision::Return, |_| true)
    }

    fn vote(&self, approval: &Approval, decision: Decision, is_seat: impl Fn(Capacity) -> bool) -> Option<Stamp> {
        let votes = approval.members.iter().filter(|member| is_seat(member.capacity)).filter_map(|member| member.vote.as_ref());
        let vote = votes.into_iter().find(|vote| vote.decision == decision)?;
        Some(Stamp { by: vote.by, at: vote.at, reason: vote.comment.clone() })
    }
}

impl CompanyRecord for ProcedureVersion {
    fn subject(&self) -> Subject {
        Subject::procedure_version(self.id.0, self.label)
    }

    fn parts(&self) -> Parts<'_> {
        Parts { document: &self.document, approvals: &self.approvals, tasks: &self.tasks }
    }

    fn parts_mut(&mut self) -> PartsMut<'_> {
        PartsMut { document: &mut self.document, approvals: &mut self.approvals, tasks: &mut self.tasks }
    }

    fn owners(&self) -> &'static [Role] {
        &[Role::ProcessOwner]
    }

    fn topic(&self) -> Topic {
        Topic::Other { name: self.subject().name() }
    }

    fn facts(&self) -> Vec<Fact> {
        let ProcedureText { change_note, effective_on, .. } = self.text();
        let day = effective_on.map(|day| Fact::new("实施日期", "effective day", crate::notifications::notice::times::day(day)));
        day.into_iter().chain([Fact::same("更改记录", "change note", change_note)]).collect()
    }
}
