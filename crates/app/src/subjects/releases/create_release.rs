//! Creation of a release from approved changes (5.1, 9.1).

use super::{
    act::{Seen, take_step},
    context::{ReleaseContext, find},
};
use crate::{AppError, Cx, Fault, FieldError};
use crate::{
    deliveries::enqueue_dispatch,
    subjects::releases::{context::lock, entries::entries},
};
use chrono::Datelike;
use fabu_domain::{
    ids::{ChangeId, CustomerId, ReleaseId, ServiceObjectId, UserId},
    people::role::Role,
    subject::operation::Operation,
    subjects::{
        change::Change,
        release::{
            command::{ChangeToAdd, Command},
            decide::{NewRelease, open_release},
            stage::{ReleaseKind, ReleaseMedium, ReleaseScope},
        },
    },
    text::Line,
    time::clock::company_day,
};
use std::{collections::BTreeSet, sync::Arc};

/// Who takes a role.
#[derive(Debug, Clone)]
pub struct Member {
    /// Which role.
    pub role: Role,
    /// Who.
    pub user_id: UserId,
    /// Why, where a reason is due (D13).
    pub reason: String,
}

/// A release that is wanted.
#[derive(Debug, Clone)]
pub struct CreateRelease {
    /// Title.
    pub title: Line,
    /// Release type.
    pub kind: ReleaseKind,
    /// What it carries.
    pub scope: ReleaseScope,
    /// Software or hardware.
    pub medium: ReleaseMedium,
    /// The changes it carries out.
    pub changes: Vec<ChangeId>,
    /// Its team, as far as known.
    pub team: Vec<Member>,
}

/// Creates a release. Customer and service objects follow from the changes.
///
/// # Errors
/// Unknown changes, or a refusal with every reason.
pub fn create_release(cx: &mut Cx<'_, '_>, command: &CreateRelease) -> Result<ReleaseContext, AppError> {
    cx.about("releases", None);
    cx.permit(Operation::ActOnRelease)?;
    let changes = load_changes(cx, &command.changes)?;
    let mut objects: Vec<ServiceObjectId> = Vec::new();
    for object in changes.iter().flat_map(|c| &c.service_objects) {
        if !objects.contains(object) {
            objects.push(*object);
        }
    }
    let customers: BTreeSet<CustomerId> =
        objects.iter().filter_map(|id| cx.directory.service_objects.get(id)).map(|o| o.customer_id).collect();
    let customer_id = customers.first().copied().unwrap_or(CustomerId(uuid::Uuid::nil()));
    let year = company_day(cx.now).year();
    let serial = cx.tx.next_number("release", year)?;
    let new = NewRelease {
        id: ReleaseId(cx.ids.next()),
        number: format!("REL-{year}-{serial:04}"),
        title: command.title.to_string(),
        kind: command.kind,
        scope: command.scope,
        medium: command.medium,
        customer_id,
        service_objects: objects,
        changes: changes.iter().map(|change| to_add(cx, change, customer_id)).collect::<Result<_, _>>()?,
        team: command.team.iter().map(|m| (m.role, m.user_id, m.reason.clone())).collect(),
    };
    let parameters = cx.directory.procedures.at(cx.now);
    let outcome = open_release(&cx.directory, parameters, &cx.directory.calendar, &cx.as_actor(), cx.now, &new)?;
    let entries = entries(cx, &outcome);
    cx.tx.insert_release(&outcome.dossier, &entries)?;
    enqueue_dispatch(cx, &entries)?;
    ReleaseContext::new(cx.tx, Arc::new(outcome.dossier), Arc::clone(&cx.directory), cx.now)
}

fn load_changes(cx: &mut Cx<'_, '_>, ids: &[ChangeId]) -> Result<Vec<Change>, AppError> {
    let found = cx.tx.lock_changes(ids)?;
    let missing = ids.iter().enumerate().filter(|(_, id)| !found.iter().any(|c| c.id == **id));
    let errors = missing.map(|(n, _)| FieldError::new(format!("/changes/{n}"), Fault::FieldUnknownId));
    AppError::unless_empty(errors.collect())?;
    Ok(found)
}

/// The change as the rules need to see it.
fn to_add(cx: &mut Cx<'_, '_>, change: &Change, customer: CustomerId) -> Result<ChangeToAdd, AppError> {
    let in_release = match change.release_id {
        Some(id) => cx.tx.dossier(id)?.map(|d| d.release.number.clone()),
        None => None,
    };
    let under_service = |id: &ServiceObjectId| {
        cx.directory.service_objects.get(id).is_some_and(|object| object.active && object.customer_id == customer)
    };
    Ok(ChangeToAdd {
        id: change.id,
        number: change.number.to_string(),
        title: change.title.to_string(),
        kind: change.kind,
        state: change.state,
        in_release,
        service_objects: change.service_objects.clone(),
        in_scope: !change.service_objects.is_empty() && change.service_objects.iter().all(under_service),
    })
}

/// Adds an approved change to a release (9.1a).
///
/// # Errors
/// Not found, an unknown change, stale, refused with every reason.
pub fn add_change(cx: &mut Cx<'_, '_>, number: &str, seen: i64, change: ChangeId) -> Result<ReleaseContext, AppError> {
    let id = find(cx.tx, number)?;
    let dossier = lock(cx, id, "release")?;
    let customer = dossier.release.customer_id.unwrap_or(CustomerId(uuid::Uuid::nil()));
    let change = cx.tx.lock_changes(&[change])?.pop().ok_or_else(|| FieldError::new("/change_id", Fault::FieldUnknownId))?;
    let change = to_add(cx, &change, customer)?;
    take_step(cx, id, Seen::Release(seen), &Command::AddChange { change })
}
