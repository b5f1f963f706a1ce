use super::{check_past, find, must_be};
use crate::{AppError, Cx};
use chrono::{DateTime, Utc};
use fabu_domain::{
    ids::ChangeId,
    subject::operation::Operation,
    subjects::change::{Change, ChangeApproval, ChangeState},
    text::{Line, Note},
};
use serde_json::json;

/// What proves the approval by change management.
#[derive(Debug, Clone)]
pub struct Evidence {
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

/// Enters the evidence that change management approved, with impact and resource analysis (9.1b).
///
/// # Errors
/// Not permitted, not found, stale, already approved or withdrawn, an approval in the future.
pub fn approve_change(cx: &mut Cx<'_, '_>, id: ChangeId, seen: i64, evidence: &Evidence) -> Result<Change, AppError> {
    cx.about(format!("changes/{id}"), None);
    cx.permit(Operation::ApproveChange)?;
    let before = find(cx, id)?;
    cx.fresh(seen, before.version)?;
    must_be(&before, &[ChangeState::Registered])?;
    AppError::unless_empty(check_past(cx, evidence.approved_at, "/approved_at").into_iter().collect())?;
    let evidence = evidence.clone();
    let approval = ChangeApproval {
        approved_by: evidence.approved_by,
        approved_at: evidence.approved_at,
        reference: evidence.reference,
        impact: evidence.impact,
        resources: evidence.resources,
        entered_by: cx.caller.user_id,
        entered_at: cx.now,
    };
    let entry = cx.entry("change.approved", format!("changes/{id}"), json!(approval));
    let after = Change { state: ChangeState::Approved, approval: Some(approval), version: seen + 1, ..before };
    cx.tx.update_change(&after, seen, &entry)?;
    Ok(after)
}
