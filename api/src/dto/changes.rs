//! Changes.

use chrono::{DateTime, Utc};
use fabu_app::{
    AppError, Rx,
    paging::PageRequest,
    subjects::changes::{self, ChangeFields, ChangeQuery as Wanted, Evidence},
};
use fabu_domain::{
    ids::{ChangeId, ReleaseId, ServiceObjectId, UserId},
    subjects::change::{Change, ChangeApproval, ChangeKind, ChangeState},
    text::{Code, Line, Note},
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};

/// What the change record says.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "number": "CHG-2026-0042", "title": "核心业务系统升级", "description": "修复结算批处理", "kind": "normal",
    "service_objects": ["0192f3c1-7b1e-7000-8000-000000000001"], "requested_by": "李娜", "requested_at": "2026-03-02T01:00:00Z"
}))]
pub struct ChangeRequest {
    /// Number in change management; unique.
    pub number: Code,
    /// Title.
    pub title: Line,
    /// What is to change and why.
    pub description: Option<Note>,
    /// Urgency class.
    pub kind: ChangeKind,
    /// Objects under service that it touches (2b).
    #[schema(min_items = 1, max_items = 200)]
    pub service_objects: Vec<ServiceObjectId>,
    /// Who asked for it, as the change record names them.
    pub requested_by: Line,
    /// When it was asked for.
    pub requested_at: DateTime<Utc>,
}

impl ChangeRequest {
    /// The command.
    #[must_use]
    pub fn fields(&self) -> ChangeFields {
        let Self { number, title, description, kind, service_objects, requested_by, requested_at } = self.clone();
        ChangeFields { number, title, description, kind, service_objects, requested_by, requested_at }
    }
}

/// The evidence that change management approved (9.1b).
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "approved_by": "变更委员会", "approved_at": "2026-03-03T08:00:00Z", "reference": "CAB-2026-11",
    "impact": "结算窗口停机一小时", "resources": "实施两人，测试一人"
}))]
pub struct ApproveChangeRequest {
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
}

impl ApproveChangeRequest {
    /// The command.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        let Self { approved_by, approved_at, reference, impact, resources } = self.clone();
        Evidence { approved_by, approved_at, reference, impact, resources }
    }
}

/// Why a change is taken back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "业务部门撤回需求" }))]
pub struct WithdrawChangeRequest {
    /// The reason.
    pub reason: Note,
    /// True: also out of the open release that carries it out; what that voids, `GET /changes/{id}/withdrawal` says first.
    #[serde(default)]
    pub from_release: bool,
}

/// A change.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeView {
    /// Identity.
    pub id: ChangeId,
    /// Number in change management.
    pub number: Code,
    /// Title.
    pub title: Line,
    /// What is to change and why.
    #[schema(required)]
    pub description: Option<Note>,
    /// Urgency class.
    pub kind: ChangeKind,
    /// Objects under service that it touches.
    pub service_objects: Vec<ServiceObjectId>,
    /// Who asked for it.
    pub requested_by: Line,
    /// When it was asked for.
    pub requested_at: DateTime<Utc>,
    /// Where it stands.
    pub state: ChangeState,
    /// Evidence of approval, from `approved` on.
    #[schema(required)]
    pub approval: Option<ChangeApprovalView>,
    /// The release that carries it out.
    #[schema(required)]
    pub release_id: Option<ReleaseId>,
    /// The number of that release.
    #[schema(required, example = "REL-2026-0007")]
    pub release_number: Option<String>,
    /// Who registered it here.
    pub registered_by: UserId,
    /// When it was registered here.
    pub registered_at: DateTime<Utc>,
    /// Rises with every change; the ETag is `"v<version>"`.
    pub version: i64,
}

/// Evidence of the approval of a change.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeApprovalView {
    /// Who approved.
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

impl From<ChangeApproval> for ChangeApprovalView {
    fn from(a: ChangeApproval) -> Self {
        let ChangeApproval { approved_by, approved_at, reference, impact, resources, entered_by, entered_at } = a;
        Self { approved_by, approved_at, reference, impact, resources, entered_by, entered_at }
    }
}

impl ChangeView {
    /// A change, with the number of its release.
    ///
    /// # Errors
    /// Those of the database.
    pub fn of(rx: &mut Rx<'_, '_>, change: Change) -> Result<Self, AppError> {
        let numbers = changes::numbers_of_releases(rx, std::slice::from_ref(&change))?;
        Ok(Self::new(change, &numbers))
    }

    /// A change; `numbers` holds that of its release.
    #[must_use]
    pub fn new(c: Change, numbers: &HashMap<ReleaseId, String>) -> Self {
        Self {
            id: c.id,
            number: c.number,
            title: c.title,
            description: c.description,
            kind: c.kind,
            service_objects: c.service_objects,
            requested_by: c.requested_by,
            requested_at: c.requested_at,
            state: c.state,
            approval: c.approval.map(ChangeApprovalView::from),
            release_id: c.release_id.filter(|id| numbers.contains_key(id)),
            release_number: c.release_id.and_then(|id| numbers.get(&id).cloned()),
            registered_by: c.registered_by,
            registered_at: c.registered_at,
            version: c.version,
        }
    }
}

/// Which changes are wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ChangeQuery {
    /// In this state.
    pub state: Option<ChangeState>,
    /// Of this urgency class.
    pub kind: Option<ChangeKind>,
    /// Those that touch this service object.
    pub service_object_id: Option<ServiceObjectId>,
    /// True: those that no release carries out; false: those that one does.
    pub unassigned: Option<bool>,
    /// Words of the number, the title or the service objects, in any order.
    #[param(max_length = 200)]
    pub q: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Items per page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
}

impl ChangeQuery {
    /// The filter.
    #[must_use]
    pub fn filter(&self) -> Wanted {
        let page = PageRequest { cursor: self.cursor.clone(), limit: self.limit };
        let Self { state, kind, service_object_id, unassigned, q, .. } = self.clone();
        Wanted { state, kind, service_object_id, unassigned, q, page }
    }
}
