use super::{ChangeFields, check, find, must_be};
use crate::{AppError, Cx, Fault, subjects::registers::difference};
use fabu_domain::{
    ids::ChangeId,
    subject::operation::Operation,
    subjects::change::{Change, ChangeState},
};

/// Corrects a change that is not yet approved.
///
/// # Errors
/// Not permitted, not found, stale, approved or withdrawn, invalid fields, a number that is taken.
pub fn update_change(cx: &mut Cx<'_, '_>, id: ChangeId, seen: i64, fields: &ChangeFields) -> Result<Change, AppError> {
    cx.about(format!("changes/{id}"), None);
    cx.permit(Operation::UpdateChange)?;
    let before = find(cx, id)?;
    cx.fresh(seen, before.version)?;
    must_be(&before, &[ChangeState::Registered])?;
    check(cx, fields)?;
    if cx.tx.change_by_number(fields.number.as_str())?.is_some_and(|other| other.id != id) {
        return Err(AppError::fault(Fault::ChangeNumberTaken, "number", &fields.number));
    }
    let fields = fields.clone();
    let after = Change {
        number: fields.number,
        title: fields.title,
        description: fields.description,
        kind: fields.kind,
        service_objects: fields.service_objects,
        requested_by: fields.requested_by,
        requested_at: fields.requested_at,
        version: seen + 1,
        ..before.clone()
    };
    let entry = cx.entry("change.updated", format!("changes/{id}"), difference(&before, &after));
    cx.tx.update_change(&after, seen, &entry)?;
    Ok(after)
}
