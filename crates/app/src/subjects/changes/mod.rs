//! Changes taken over from change management (§9, 9.1): why a release exists.

mod approve_change;
mod create_change;
mod list_changes;
mod progress;
mod update_change;
mod view_change;
mod withdraw_change;

pub use approve_change::{Evidence, approve_change};
pub use create_change::{Registered, create_change};
pub use list_changes::{ChangeQuery, list_changes};
pub use progress::{
    ChangeProgress, ChangeQuarter, EnvironmentResult, PlannedChange, WithdrawalPreview, preview_change_withdrawal,
    view_change_progress, view_change_quarter,
};
pub use update_change::update_change;
pub use view_change::view_change;
pub use withdraw_change::withdraw_change;

use crate::{AppError, Cx, Fault, FieldError, Rx};
use chrono::{DateTime, Utc};
use fabu_domain::{
    identity::same,
    ids::{ChangeId, ReleaseId, ServiceObjectId},
    subjects::change::{Change, ChangeKind, ChangeState},
    text::{Code, Line, Note},
};
use std::collections::HashMap;

/// What the change record says.
#[derive(Debug, Clone)]
pub struct ChangeFields {
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
    /// Who asked for it.
    pub requested_by: Line,
    /// When it was asked for.
    pub requested_at: DateTime<Utc>,
}

impl ChangeFields {
    /// True when a registered change says the same.
    fn same_as(&self, change: &Change) -> bool {
        same(self.number.as_str(), change.number.as_str())
            && self.title == change.title
            && self.description == change.description
            && self.kind == change.kind
            && self.service_objects == change.service_objects
            && self.requested_by == change.requested_by
            && self.requested_at == change.requested_at
    }
}

/// Refuses unknown, inactive and repeated objects, none at all, and a request from the future.
fn check(cx: &Cx<'_, '_>, fields: &ChangeFields) -> Result<(), AppError> {
    let mut errors = Vec::new();
    for (n, id) in fields.service_objects.iter().enumerate() {
        let known = cx.directory.service_objects.get(id).is_some_and(|object| object.active);
        if !known {
            errors.push(FieldError::new(format!("/service_objects/{n}"), Fault::FieldUnknownId));
        } else if fields.service_objects[..n].contains(id) {
            errors.push(FieldError::new(format!("/service_objects/{n}"), Fault::FieldDuplicate));
        }
    }
    if fields.service_objects.is_empty() {
        errors.push(FieldError::new("/service_objects", Fault::FieldEmpty));
    }
    errors.extend(check_past(cx, fields.requested_at, "/requested_at"));
    AppError::unless_empty(errors)
}

/// Refuses a time that has not come yet, and one that a database cannot keep.
fn check_past(cx: &Cx<'_, '_>, at: DateTime<Utc>, pointer: &str) -> Option<FieldError> {
    let impossible = at > cx.now || at.timestamp() < 0;
    impossible.then(|| FieldError::invalid(pointer, "须在 1970 年之后、当前时间之前", "after 1970 and before now"))
}

/// The numbers of the releases that carry changes out, as far as the caller may know of them.
///
/// # Errors
/// [`AppError::Store`].
pub fn numbers_of_releases(rx: &mut Rx<'_, '_>, changes: &[Change]) -> Result<HashMap<ReleaseId, String>, AppError> {
    let ids: Vec<ReleaseId> = changes.iter().filter_map(|change| change.release_id).collect();
    let scope = rx.scope();
    Ok(rx.tx.release_numbers(&ids, &scope)?)
}

fn find(cx: &mut Cx<'_, '_>, id: ChangeId) -> Result<Change, AppError> {
    cx.tx.change(id)?.ok_or(AppError::NotFound { what: "change" })
}

/// Refuses a change that is in another state.
fn must_be(change: &Change, states: &[ChangeState]) -> Result<(), AppError> {
    match change.state {
        state if states.contains(&state) => Ok(()),
        ChangeState::Withdrawn => Err(Fault::ChangeWithdrawn.into()),
        ChangeState::Registered | ChangeState::Approved => Err(Fault::ChangeApproved.into()),
    }
}
