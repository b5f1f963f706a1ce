//! The registers of §2 and §4: people, departments, customers, service objects, stand-ins, the working calendar; and robots of chat groups.

pub mod calendar;
pub mod customers;
pub mod departments;
pub mod deputies;
pub mod robots;
pub mod service_objects;
pub mod users;

use crate::error::FieldError;
use crate::fault::Fault;
use fabu_domain::{directory::Directory, ids::UserId};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// What changed between two states of a record: `{field: {from, to}}`.
#[must_use]
pub fn difference(before: &impl Serialize, after: &impl Serialize) -> Value {
    let (before, after) = (json!(before), json!(after));
    let mut changed = Map::new();
    for (field, to) in after.as_object().into_iter().flatten() {
        let from = before.get(field).unwrap_or(&Value::Null);
        if from != to && field != "version" && field != "session_version" {
            changed.insert(field.clone(), json!({ "from": from, "to": to }));
        }
    }
    Value::Object(changed)
}

/// An error at `pointer` unless the person exists and is active.
pub(crate) fn known_user(directory: &Directory, user: Option<UserId>, pointer: &str) -> Option<FieldError> {
    let unknown = user.is_some_and(|id| directory.active_user(id).is_none());
    unknown.then(|| FieldError::new(pointer, Fault::FieldUnknownId))
}
