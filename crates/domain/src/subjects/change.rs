//! Changes taken over from change management (§9, §9.1): the reason why a release exists.

use crate::subjects::release::{Dossier, records::ConfigurationState, stage::Verdict};
use crate::{
    ids::{ChangeId, ReleaseId, ServiceObjectId, UserId},
    text::{Code, Line, Note},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

crate::word_enum! {
    /// Where a change stands.
    ChangeState {
        /// Known here, not yet approved.
        Registered = "registered" "已登记" "registered",
        /// Approved by change management, with its evidence (9.1b).
        Approved = "approved" "已批准" "approved",
        /// Taken back; it can start no release.
        Withdrawn = "withdrawn" "已撤回" "withdrawn",
    }
}

crate::word_enum! {
    /// Where a change stands on its way into production, as change management asks for it (9.1c, 9.1e).
    ChangeStanding {
        /// Known here, not yet approved.
        Registered = "registered" "待批准" "waits for its approval",
        /// Approved, and in no release.
        Waiting = "waiting" "待发布" "waits for a release",
        /// In a release that is being prepared.
        Planned = "planned" "发布准备中" "release in preparation",
        /// Being deployed.
        Deploying = "deploying" "部署中" "being deployed",
        /// Deployed with success; the configuration database is being updated.
        Updating = "updating" "更新配置中" "configuration being updated",
        /// Open again: the release did not succeed, or a configuration result was sent back.
        Reopened = "reopened" "重新打开" "open again",
        /// Deployed with success, and every configuration result is confirmed.
        Implemented = "implemented" "已实现" "implemented",
        /// Taken back.
        Withdrawn = "withdrawn" "已撤回" "withdrawn",
    }
}

/// Where a change stands; `release` is the one that carries it out.
#[must_use]
pub fn standing(change: &Change, release: Option<&Dossier>) -> ChangeStanding {
    let Some(dossier) = release else {
        return match change.state {
            ChangeState::Registered => ChangeStanding::Registered,
            ChangeState::Approved => ChangeStanding::Waiting,
            ChangeState::Withdrawn => ChangeStanding::Withdrawn,
        };
    };
    let items = || dossier.configuration_demanded();
    match &dossier.release.verdict {
        None if dossier.release.deployment.is_some() => ChangeStanding::Deploying,
        None => ChangeStanding::Planned,
        Some(record) if record.verdict != Verdict::Successful => ChangeStanding::Reopened,
        Some(_) if items().any(|item| item.state == ConfigurationState::Returned) => ChangeStanding::Reopened,
        Some(_) if items().any(|item| item.state != ConfigurationState::Confirmed) => ChangeStanding::Updating,
        Some(_) => ChangeStanding::Implemented,
    }
}

crate::word_enum! {
    /// The urgency class given by change management.
    ChangeKind {
        /// A normal change (正常变更).
        Normal = "normal" "一般变更" "normal",
        /// An emergency change (D11).
        Emergency = "emergency" "紧急变更" "emergency",
    }
}

/// The evidence that change management approved (9.1b).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeApproval {
    /// Who approved, as the change record names them.
    pub approved_by: Line,
    /// When.
    pub approved_at: DateTime<Utc>,
    /// Where the approval can be looked up.
    pub reference: Line,
    /// Impact analysis.
    pub impact: Note,
    /// Analysis of the resources needed.
    pub resources: Note,
    /// Who entered the evidence here.
    pub entered_by: UserId,
    /// When it was entered.
    pub entered_at: DateTime<Utc>,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Identity.
    pub id: ChangeId,
    /// Number in change management; unique (9a).
    pub number: Code,
    /// Title.
    pub title: Line,
    /// What is to change and why.
    pub description: Option<Note>,
    /// Urgency class.
    pub kind: ChangeKind,
    /// Objects under service that it touches (2b).
    pub service_objects: Vec<ServiceObjectId>,
    /// Who asked for it, as the change record names them.
    pub requested_by: Line,
    /// When it was asked for.
    pub requested_at: DateTime<Utc>,
    /// State.
    pub state: ChangeState,
    /// Evidence of approval; present from `approved` on.
    pub approval: Option<ChangeApproval>,
    /// The open or finished release that carries it out.
    pub release_id: Option<ReleaseId>,
    /// Who registered it here.
    pub registered_by: UserId,
    /// When it was registered here.
    pub registered_at: DateTime<Utc>,
    /// Concurrency version of the record (ETag).
    pub version: i64,
}
