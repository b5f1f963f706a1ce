//! Changes taken over from change management (§9, §9.1): the reason why a release exists.

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
