//! What a release says when it is read as a whole.

use super::{Dossier, ExceptionKind};
use crate::blocks::document::Revision;
use crate::{
    blocks::{
        approval::{Approval, ApprovalKind, ApprovalState},
        document::DocumentKind,
        task::Task,
    },
    ids::{ApprovalId, ConfigurationChangeId, TaskId, UnitId, UserId},
    people::role::Role,
    subjects::release::{
        Deployment,
        covered::is_as_approved,
        procedure::RETROSPECTIVE_STAGES,
        records::{ConfigurationChange, ItemState, ReleaseUnit},
        run,
        stage::ReleaseKind,
    },
};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

impl Dossier {
    /// True from the decision to roll the deployment back (5.2).
    #[must_use]
    pub fn is_rolled_back(&self) -> bool {
        self.release.deployment.as_ref().is_some_and(Deployment::is_rolled_back)
    }

    /// True for the short route of D11.
    #[must_use]
    pub fn is_emergency(&self) -> bool {
        self.release.kind == ReleaseKind::Emergency
    }

    /// True while an emergency release makes up what its short route skipped: after the deployment, before closing (D18).
    #[must_use]
    pub fn is_retrospective(&self) -> bool {
        self.is_emergency() && RETROSPECTIVE_STAGES.contains(&self.release.stage)
    }

    /// True when a record of this instant was made up after the deployment of an emergency release (补办).
    #[must_use]
    pub fn was_made_up(&self, at: DateTime<Utc>) -> bool {
        self.is_emergency() && self.release.verdict.as_ref().is_some_and(|verdict| at >= verdict.mark.at)
    }

    /// Who holds a role now.
    #[must_use]
    pub fn holder(&self, role: Role) -> Option<UserId> {
        self.team.iter().rev().find(|a| a.role == role && a.until.is_none()).map(|a| a.user_id)
    }

    /// Who checks the evidence of a task: for a condition whoever set it (5.3b), else the role of its kind. Nobody checks their
    /// own: then it is the other of owner and administrator.
    #[must_use]
    pub fn verifier(&self, task: &Task) -> Option<UserId> {
        let role = task.kind.rule().verifier?;
        let author = task.condition_of().map(|(_, member)| member);
        let other = if role == Role::ReleaseOwner { Role::ReleaseAdministrator } else { Role::ReleaseOwner };
        let candidates = [author, self.holder(role), self.holder(other)];
        candidates.into_iter().flatten().find(|user| !task.is_own_work_of(*user))
    }

    /// The newest submitted revision of a document.
    #[must_use]
    pub fn latest(&self, kind: DocumentKind) -> Option<&Revision> {
        self.documents.get(&kind)?.latest()
    }

    /// The newest approval of a kind (for a confirmation: of any phase).
    #[must_use]
    pub fn latest_approval(&self, kind: ApprovalKind) -> Option<&Approval> {
        self.approvals.iter().rev().find(|a| a.kind == kind)
    }

    /// The newest confirmation of a phase.
    #[must_use]
    pub fn confirmation(&self, phase: &str) -> Option<&Approval> {
        self.approvals
            .iter()
            .rev()
            .find(|a| a.kind == ApprovalKind::DeploymentConfirmation && a.subject.phase.as_deref() == Some(phase))
    }

    /// True when the newest approval of this kind has passed and covers what stands now: the newest revision of its document
    /// and the lists that it looked at.
    #[must_use]
    pub fn is_signed_off(&self, kind: ApprovalKind) -> bool {
        self.latest_approval(kind).is_some_and(|a| {
            a.state == ApprovalState::Passed
                && self.latest(a.subject.document).is_some_and(|r| r.sha256 == a.subject.sha256)
                && is_as_approved(self, a)
        })
    }

    /// The document whose window, steps and rollback are carried out: the go-live plan, in an emergency the release plan.
    #[must_use]
    pub fn executed_document(&self) -> DocumentKind {
        if self.is_emergency() { DocumentKind::ReleasePlan } else { DocumentKind::GoLivePlan }
    }

    /// An approval.
    #[must_use]
    pub fn approval(&self, id: ApprovalId) -> Option<&Approval> {
        self.approvals.iter().find(|a| a.id == id)
    }

    /// A task.
    #[must_use]
    pub fn task(&self, id: TaskId) -> Option<&Task> {
        self.tasks.iter().find(|t| t.id == id)
    }

    /// A unit in force.
    #[must_use]
    pub fn unit(&self, id: UnitId) -> Option<&ReleaseUnit> {
        self.units.iter().find(|u| u.id == id && !u.withdrawn)
    }

    /// The units in force.
    pub fn units_in_force(&self) -> impl Iterator<Item = &ReleaseUnit> {
        self.units.iter().filter(|u| !u.withdrawn)
    }

    /// The configuration items that the release answers for.
    pub fn configuration_demanded(&self) -> impl Iterator<Item = &ConfigurationChange> {
        self.configuration.iter().filter(|c| c.is_demanded())
    }

    /// The state that an item is expected to have once deployment has ended: what was planned, or its baseline when the
    /// deployment was rolled back (5.2) or never reached the item's phase. None while that is not known.
    #[must_use]
    pub fn expected_state(&self, change: &ConfigurationChange) -> Option<ItemState> {
        let deployment = self.release.deployment.as_ref();
        let phased = change.phase.as_ref().filter(|phase| run::phases(self).contains(phase));
        let reached = phased.is_none_or(|phase| deployment.is_some_and(|d| d.completed_phases.contains(phase)));
        if deployment.is_some_and(Deployment::is_rolled_back) || (self.release.verdict.is_some() && !reached) {
            return change.baseline.clone();
        }
        let version = change.planned_version.clone();
        (!version.is_empty()).then_some(ItemState { version, values: String::new() })
    }

    /// A configuration change.
    #[must_use]
    pub fn configuration_change(&self, id: ConfigurationChangeId) -> Option<&ConfigurationChange> {
        self.configuration.iter().find(|c| c.id == id)
    }

    /// True when the rule was set aside for this release.
    #[must_use]
    pub fn has_exception(&self, kind: ExceptionKind) -> bool {
        self.release.exceptions.iter().any(|e| e.kind == kind)
    }

    /// Everybody whose writing is in a revision.
    #[must_use]
    pub fn contributors_of(&self, kind: DocumentKind, revision: u32) -> BTreeSet<UserId> {
        let document = self.documents.get(&kind);
        let revision = document.and_then(|d| d.revisions.iter().find(|r| r.revision == revision));
        revision.map(|r| r.contributors.clone()).unwrap_or_default()
    }
}
