//! The registers of §2 and §4. What is declared in [`fabu_domain::subjects::registers`] is listed, viewed, created, updated and deleted here
//! in one way; what is particular to a register stands in [`Checked`], one file each. People and the working calendar are apart.

pub mod calendar;
pub mod configuration_item;
mod customer;
mod department;
mod deputy;
mod freeze_window;
mod media_item;
mod report_schedule;
pub(crate) mod robot;
mod service_object;
pub mod users;

pub use freeze_window::view_freeze_proposals;

use crate::{
    AppError, Cx, Rx, Settings,
    error::FieldError,
    fault::Fault,
    paging::{Page, PageRequest},
};
use fabu_domain::{
    ids::UserId,
    people::directory::Directory,
    subject::operation::Grant,
    subjects::{
        policy::{outside, takes_part},
        registers::{Asked, Register, Written, sight::Eye},
        release::{Dossier, stage::Stage},
        visibility::Scope,
    },
};
use fabu_store::{DirectoryLock, Kept, ReleaseFilter};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// What is particular to the commands of a register.
pub trait Checked: Kept {
    /// Whose record it will be, in a register where people look after what is their own.
    #[must_use]
    fn owner(_stated: &Self::Stated) -> Option<UserId> {
        None
    }

    /// Whose record it is.
    #[must_use]
    fn owned_by(&self) -> Option<UserId> {
        None
    }

    /// What is wrong with what is stated. `before` is the record as it is; none for a new one.
    ///
    /// # Errors
    /// What concerns the request as a whole.
    fn check(cx: &mut Cx<'_, '_>, stated: &Self::Stated, before: Option<&Self>) -> Result<Vec<FieldError>, AppError>;

    /// Refuses a change that is well formed and must not be made, or not by this person.
    ///
    /// # Errors
    /// The refusal.
    fn guard(_cx: &mut Cx<'_, '_>, _before: &Self, _stated: &Self::Stated) -> Result<(), AppError> {
        Ok(())
    }

    /// Refuses to delete what must stay, or not by this person.
    ///
    /// # Errors
    /// The refusal.
    fn guard_delete(&self, _cx: &mut Cx<'_, '_>) -> Result<(), AppError> {
        Ok(())
    }

    /// What is kept and never shown; none keeps what there is.
    ///
    /// # Errors
    /// [`AppError::Internal`] when it cannot be sealed.
    fn sealed(_settings: &Settings, _id: Self::Id, _stated: &Self::Stated) -> Result<Option<String>, AppError> {
        Ok(None)
    }

    /// What else is done in the same transaction once the record is saved.
    ///
    /// # Errors
    /// What stands against it; nothing is saved then.
    fn conclude(_cx: &mut Cx<'_, '_>, _before: Option<&Self>, _after: &Self) -> Result<(), AppError> {
        Ok(())
    }

    /// Says in the log what the difference of the records does not show.
    fn note_update(_stated: &Self::Stated, _payload: &mut Value) {}
}

/// The records that are asked for and that the caller may know of, by position.
///
/// # Errors
/// Not permitted, an invalid cursor or limit.
pub fn list<R: Kept>(rx: &mut Rx<'_, '_>, asked: &R::Asked) -> Result<Page<R>, AppError> {
    rx.permit(R::DECLARED.reads.0)?;
    let page = PageRequest { cursor: asked.cursor().map(str::to_owned), limit: asked.limit() };
    let (size, after) = (page.size()?, page.stored_cursor()?);
    let (scope, directory) = (rx.scope(), rx.directory.clone());
    let eye = Eye { scope: &scope, reader: rx.caller.user_id, directory: &directory };
    Ok(R::list(rx.tx, asked, &eye, after.as_ref(), size)?.into())
}

/// One record.
///
/// # Errors
/// Not permitted; not found, also for a record that the caller may not know of.
pub fn view<R: Kept>(rx: &mut Rx<'_, '_>, id: R::Id) -> Result<R, AppError> {
    rx.permit(R::DECLARED.reads.1)?;
    let scope = rx.scope();
    let found: Option<R> = rx.tx.record(id)?;
    let eye = Eye { scope: &scope, reader: rx.caller.user_id, directory: &rx.directory };
    found.and_then(|record| record.seen(&eye)).ok_or(AppError::NotFound { what: R::DECLARED.kind })
}

/// Adds a record. Whom it concerns is notified.
///
/// # Errors
/// Not permitted, password not fresh, invalid fields, a unique value that is taken, and those of [`Checked::check`].
pub fn create<R: Checked>(cx: &mut Cx<'_, '_>, stated: &R::Stated) -> Result<R, AppError> {
    let command = R::DECLARED.create;
    match R::owner(stated) {
        Some(owner) => {
            cx.about(format!("users/{owner}"), None);
            cx.permit_own(command.operation, owner)?;
        }
        None => cx.permit(command.operation)?,
    }
    checked(cx, stated, None::<&R>)?;
    let record = R::of(cx.new_id(), 1, stated, None);
    let sealed = R::sealed(cx.settings, record.id(), stated)?;
    enter(cx, &record, sealed.as_deref())?;
    R::conclude(cx, None, &record)?;
    Ok(record)
}

/// Saves a new record with its entry in the log.
pub(crate) fn enter<R: Kept>(cx: &mut Cx<'_, '_>, record: &R, sealed: Option<&str>) -> Result<(), AppError> {
    let entry = cx.entry(R::DECLARED.create.event, R::subject(record.id()), json!(record));
    cx.tx.create_record(record, sealed, &entry)?;
    cx.notify_concerned(&entry)
}

/// Saves what another step changes in a record, with its entry in the log.
pub(crate) fn replace<R: Kept>(cx: &mut Cx<'_, '_>, before: &R, after: &R) -> Result<(), AppError> {
    let command = R::DECLARED.update.ok_or_else(|| undeclared::<R>("update"))?;
    let entry = cx.entry(command.event, R::subject(before.id()), changed(before, after));
    cx.tx.update_record(after, before.version(), None, &entry)?;
    cx.notify_concerned(&entry)
}

/// What the entry of a changed record says: its name, and what changed.
fn changed<R: Register>(before: &R, after: &R) -> Value {
    let mut payload = difference(before, after);
    if let Some(name) = before.name() {
        payload[R::DECLARED.kind] = name.into();
    }
    payload
}

/// Replaces what is stated about a record. Whom it concerns is notified.
///
/// # Errors
/// Not permitted, password not fresh, not found, stale, invalid fields, a unique value that is taken, and those of
/// [`Checked::check`] and [`Checked::guard`].
pub fn update<R: Checked>(cx: &mut Cx<'_, '_>, id: R::Id, seen: i64, stated: &R::Stated) -> Result<R, AppError> {
    let command = R::DECLARED.update.ok_or_else(|| undeclared::<R>("update"))?;
    let before: R = permitted(cx, command, id)?;
    cx.fresh(seen, before.version())?;
    checked(cx, stated, Some(&before))?;
    R::guard(cx, &before, stated)?;
    let after = R::of(id, seen, stated, Some(&before));
    if let Some(field) = R::DECLARED.fixed.filter(|field| json!(before)[field] != json!(after)[field]) {
        return Err(FieldError::new(format!("/{field}"), Fault::FieldFixed).into());
    }
    let sealed = R::sealed(cx.settings, id, stated)?;
    let mut payload = changed(&before, &after);
    R::note_update(stated, &mut payload);
    let entry = cx.entry(command.event, R::subject(id), payload);
    let version = cx.tx.update_record(&after, seen, sealed.as_deref(), &entry)?;
    cx.notify_concerned(&entry)?;
    let after = after.at_version(version);
    R::conclude(cx, Some(&before), &after)?;
    Ok(after)
}

/// Removes a record; the log keeps what it was. Whom it concerns is notified.
///
/// # Errors
/// Not permitted, not found, stale, and those of [`Checked::guard_delete`].
pub fn delete<R: Checked>(cx: &mut Cx<'_, '_>, id: R::Id, seen: i64) -> Result<(), AppError> {
    let command = R::DECLARED.delete.ok_or_else(|| undeclared::<R>("delete"))?;
    let before: R = permitted(cx, command, id)?;
    before.guard_delete(cx)?;
    cx.fresh(seen, before.version())?;
    let entry = cx.entry(command.event, R::subject(id), json!(before));
    cx.tx.delete_record::<R>(id, seen, &entry)?;
    cx.notify_concerned(&entry)
}

fn undeclared<R: Register>(command: &str) -> AppError {
    AppError::Internal(format!("no {command} is declared for {}", R::DECLARED.kind))
}

/// The record as it is, for somebody who may give the command. Where people look after what is their own, it must be known
/// before whose it is; elsewhere nobody without permission learns whether it exists.
fn permitted<R: Checked>(cx: &mut Cx<'_, '_>, command: Written, id: R::Id) -> Result<R, AppError> {
    cx.about(R::subject(id), None);
    let own = matches!(command.operation.grant(), Grant::OwnOr(_));
    if own {
        cx.hold(DirectoryLock::Exclusive)?;
    } else {
        cx.permit(command.operation)?;
        if R::DECLARED.fresh_password && R::DECLARED.delete.is_none_or(|delete| delete.operation != command.operation) {
            cx.require_reauthentication()?;
        }
    }
    let scope = cx.scope();
    let found: Option<R> = cx.tx.record(id)?;
    let eye = Eye { scope: &scope, reader: cx.caller.user_id, directory: &cx.directory };
    let is_seen = found.as_ref().is_some_and(|record| record.seen(&eye).is_some());
    let record = found.filter(|_| is_seen).ok_or(AppError::NotFound { what: R::DECLARED.kind })?;
    if own {
        match record.owned_by() {
            Some(owner) => cx.permit_own(command.operation, owner)?,
            None => cx.permit(command.operation)?,
        }
    }
    Ok(record)
}

/// Refuses what cannot be, and a unique value that another record has. A record that stood before keeps its own, also beside
/// another spelling of it.
fn checked<R: Checked>(cx: &mut Cx<'_, '_>, stated: &R::Stated, before: Option<&R>) -> Result<(), AppError> {
    if before.is_none() && R::DECLARED.fresh_password {
        cx.require_reauthentication()?;
    }
    AppError::unless_empty(R::check(cx, stated, before)?)?;
    let id = before.map_or_else(|| cx.new_id(), Register::id);
    let (Some(field), Some(unique)) = (R::DECLARED.unique, R::of(id, 1, stated, before).unique()) else { return Ok(()) };
    let kept = before.and_then(Register::unique).is_some_and(|known| known == unique);
    if kept || !R::has_twin(cx.tx, &unique, before.map(Register::id))? {
        return Ok(());
    }
    Err(match field {
        "code" | "number" => AppError::fault(Fault::CodeTaken, "code", unique),
        _ => AppError::fault(Fault::NameTaken, "name", unique),
    })
}

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
