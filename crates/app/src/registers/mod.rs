//! The registers of §2 and §4: people, departments, customers, service objects, stand-ins, the working calendar; and robots of chat groups.

pub mod calendar;
pub mod customers;
pub mod departments;
pub mod deputies;
pub mod robots;
pub mod service_objects;
pub mod users;

use crate::{AppError, Cx, error::FieldError, fault::Fault};
use fabu_domain::{
    directory::Directory,
    ids::UserId,
    policy_registers::{outside, takes_part},
    release::Dossier,
    stage::Stage,
    visibility::Scope,
};
use fabu_store::ReleaseFilter;
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

/// True when the release depends on the person, who takes part in it or owes it something: whoever takes part himself neither
/// enters such an account nor chooses its rights (principle 2).
pub(crate) fn is_concerned(dossier: &Dossier, user: UserId) -> bool {
    takes_part(dossier, user) || dossier.tasks.iter().any(|task| task.assignee == user)
}

/// Refuses a change of what decides who reviews or accepts an open release to whoever takes or took part in one that it concerns
/// (D19: who is controlled does not choose the control).
pub(crate) fn not_of_own_release(cx: &mut Cx<'_, '_>, concerns: impl Fn(&Dossier) -> bool) -> Result<(), AppError> {
    const AT_ONCE: usize = 100;
    let caller = cx.caller.user_id;
    let stages: Vec<Stage> = Stage::ALL.iter().copied().filter(|stage| !stage.is_closed()).collect();
    let filter = ReleaseFilter { scope: Scope::All, stages, ..ReleaseFilter::default() };
    let mut after = None;
    loop {
        let page = cx.tx.list_releases(&filter, after.as_ref(), AT_ONCE)?;
        for item in &page.items {
            if let Some(dossier) = cx.tx.dossier(item.id)?.filter(|dossier| concerns(dossier)) {
                outside(&cx.directory, caller, &dossier)?;
            }
        }
        after = page.next;
        if after.is_none() {
            return Ok(());
        }
    }
}
