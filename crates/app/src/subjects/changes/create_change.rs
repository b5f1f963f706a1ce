use super::{ChangeFields, check};
use crate::{AppError, Cx, Fault};
use fabu_domain::{
    subject::operation::Operation,
    subjects::change::{Change, ChangeState},
};
use serde_json::json;

/// The outcome of taking a change over.
#[derive(Debug, Clone)]
pub enum Registered {
    /// It is new.
    Now(Change),
    /// It was known with the same content.
    Before(Change),
}

/// Takes a change over; the same number with the same content is taken over once (9a).
///
/// # Errors
/// Not permitted, invalid fields, the number is known with other content.
pub fn create_change(cx: &mut Cx<'_, '_>, fields: &ChangeFields) -> Result<Registered, AppError> {
    cx.permit(Operation::CreateChange)?;
    if let Some(known) = cx.tx.change_by_number(fields.number.as_str())? {
        cx.about(format!("changes/{}", known.id), known.release_id);
        let same = fields.same_as(&known);
        let taken = AppError::fault(Fault::ChangeNumberTaken, "number", &fields.number);
        return if same { Ok(Registered::Before(known)) } else { Err(taken) };
    }
    check(cx, fields)?;
    let fields = fields.clone();
    let change = Change {
        id: cx.new_id(),
        number: fields.number,
        title: fields.title,
        description: fields.description,
        kind: fields.kind,
        service_objects: fields.service_objects,
        requested_by: fields.requested_by,
        requested_at: fields.requested_at,
        state: ChangeState::Registered,
        approval: None,
        release_id: None,
        registered_by: cx.caller.user_id,
        registered_at: cx.now,
        version: 1,
    };
    let entry = cx.entry("change.registered", format!("changes/{}", change.id), json!(change));
    cx.tx.insert_change(&change, &entry)?;
    Ok(Registered::Now(change))
}
