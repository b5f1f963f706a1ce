//! Lists: releases by filter; approvals and tasks that wait for the caller.

use super::ground::{Ground, readable};
use crate::{
    AppError, Rx,
    paging::{Page, PageRequest},
};
use chrono::{DateTime, Utc};
use fabu_domain::{
    approval::Approval,
    ids::{ApprovalId, TaskId, UserId},
    policy_registers::Operation,
    task::{Task, TaskKind, TaskState},
    visibility::{Scope, scope_of},
};
use fabu_store::{ApprovalItem, ReleaseFilter, ReleaseSummary, TaskFilter, TaskItem};
use std::sync::Arc;

/// Which releases are wanted.
#[derive(Debug, Clone, Default)]
pub struct ReleaseQuery {
    /// Which, and in what order.
    pub filter: ReleaseFilter,
    /// Which part of the list.
    pub page: PageRequest,
}

/// Releases that the caller may know of.
///
/// # Errors
/// An invalid cursor or limit.
pub fn list_releases(rx: &mut Rx<'_, '_>, query: &ReleaseQuery) -> Result<Page<ReleaseSummary>, AppError> {
    rx.permit(Operation::ReadReleases)?;
    let (after, size) = (query.page.stored_cursor()?, query.page.size()?);
    let visible_to = match scope_of(&rx.directory, rx.caller.user_id) {
        Scope::All => None,
        Scope::Customers(customers) => Some((customers, rx.caller.user_id)),
    };
    let filter = ReleaseFilter { visible_to, ..query.filter.clone() };
    Ok(rx.tx.list_releases(&filter, after.as_ref(), size)?.into())
}

/// The caller and those for whom the caller may act today.
fn people(rx: &Rx<'_, '_>) -> Vec<UserId> {
    let caller = rx.caller.user_id;
    let principals = rx.directory.deputies.iter().map(|d| d.principal).filter(|p| rx.directory.is_deputy(caller, *p, rx.now));
    std::iter::once(caller).chain(principals).collect()
}

/// Which approvals are wanted.
#[derive(Debug, Clone, Default)]
pub struct ApprovalQuery {
    /// True: those that await an answer of the caller (or of somebody the caller stands in for); false: the others.
    pub awaited: bool,
    /// Which part of the list.
    pub page: PageRequest,
}

/// Approvals on whose panel the caller sits, or somebody the caller stands in for today.
///
/// # Errors
/// An invalid cursor or limit.
pub fn list_approvals(rx: &mut Rx<'_, '_>, query: &ApprovalQuery) -> Result<Page<ApprovalItem>, AppError> {
    rx.permit(Operation::ReadReleases)?;
    let (after, size) = (query.page.stored_cursor()?, query.page.size()?);
    let people = people(rx);
    Ok(rx.tx.list_approvals(&people, query.awaited, after.as_ref(), size)?.into())
}

/// Which tasks are wanted.
#[derive(Debug, Clone, Default)]
pub struct TaskQuery {
    /// True: of everybody; false: those that the caller (or somebody the caller stands in for) owes or verifies.
    pub everybody: bool,
    /// Of this kind.
    pub kind: Option<TaskKind>,
    /// In this state.
    pub state: Option<TaskState>,
    /// Open or not.
    pub open: Option<bool>,
    /// Due before this instant.
    pub due_before: Option<DateTime<Utc>>,
    /// Which part of the list.
    pub page: PageRequest,
}

/// Tasks, soonest due first.
///
/// # Errors
/// An invalid cursor or limit; not permitted to see those of everybody.
pub fn list_tasks(rx: &mut Rx<'_, '_>, query: &TaskQuery) -> Result<Page<TaskItem>, AppError> {
    rx.permit(Operation::ReadReleases)?;
    let (after, size) = (query.page.stored_cursor()?, query.page.size()?);
    let everybody = query.everybody && matches!(scope_of(&rx.directory, rx.caller.user_id), Scope::All);
    let filter = TaskFilter {
        people: if everybody { Vec::new() } else { people(rx) },
        kind: query.kind,
        state: query.state,
        open: query.open,
        due_before: query.due_before,
    };
    Ok(rx.tx.list_tasks(&filter, after.as_ref(), size)?.into())
}

/// An approval with its release.
#[derive(Debug, Clone)]
pub struct ViewedApproval {
    /// The release.
    pub ground: Ground,
    /// The approval.
    pub approval: Approval,
}

/// An approval.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn view_approval(rx: &mut Rx<'_, '_>, id: ApprovalId) -> Result<ViewedApproval, AppError> {
    rx.permit(Operation::ReadReleases)?;
    let missing = AppError::NotFound { what: "approval" };
    let Some(release) = rx.tx.release_of_approval(id)? else { return Err(missing) };
    let dossier = readable(rx, release)?;
    let Some(approval) = dossier.approval(id).cloned() else { return Err(missing) };
    let ground = Ground::new(rx.tx, dossier, Arc::clone(&rx.directory), rx.now)?;
    Ok(ViewedApproval { ground, approval })
}

/// A task with its release.
#[derive(Debug, Clone)]
pub struct ViewedTask {
    /// The release.
    pub ground: Ground,
    /// The task.
    pub task: Task,
}

/// A task.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn view_task(rx: &mut Rx<'_, '_>, id: TaskId) -> Result<ViewedTask, AppError> {
    rx.permit(Operation::ReadReleases)?;
    let missing = AppError::NotFound { what: "task" };
    let Some(release) = rx.tx.release_of_task(id)? else { return Err(missing) };
    let dossier = readable(rx, release)?;
    let Some(task) = dossier.task(id).cloned() else { return Err(missing) };
    let ground = Ground::new(rx.tx, dossier, Arc::clone(&rx.directory), rx.now)?;
    Ok(ViewedTask { ground, task })
}
