//! Lists: releases by filter; approvals and tasks that wait for the caller.

use super::{
    act::act_on_approval,
    ground::{Ground, readable},
};
use crate::{
    AppError, Cx, Rx,
    paging::{Page, PageRequest},
};
use chrono::{DateTime, Utc};
use fabu_domain::{
    approval::{Approval, Member},
    command::{Ballot, Command},
    directory::Directory,
    documents::{DocumentContent, FieldChange},
    ids::{ApprovalId, TaskId, UserId},
    policy_registers::Operation,
    seat::Seat,
    task::{Task, TaskKind, TaskState},
};
use fabu_store::{ApprovalFilter, ApprovalItem, ReleaseFilter, ReleaseSummary, TaskFilter, TaskItem};
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
    let filter = ReleaseFilter { scope: rx.scope(), ..query.filter.clone() };
    Ok(rx.tx.list_releases(&filter, after.as_ref(), size)?.into())
}

/// The caller and those for whom the caller may act today.
fn people(directory: &Directory, caller: UserId, now: DateTime<Utc>) -> Vec<UserId> {
    let principals = directory.deputies.iter().map(|d| d.principal).filter(|p| directory.is_deputy(caller, *p, now));
    std::iter::once(caller).chain(principals).collect()
}

/// Which approvals are wanted.
#[derive(Debug, Clone, Default)]
pub struct ApprovalQuery {
    /// True: those that await an answer; false: the others. None: those that await one, unless they are asked for by who
    /// convened them.
    pub awaited: Option<bool>,
    /// Only those on whose panel this person sits: the caller, or somebody the caller stands in for today.
    pub of: Option<UserId>,
    /// Those that this person convened, whoever sits on the panel.
    pub opened_by: Option<UserId>,
    /// Which part of the list.
    pub page: PageRequest,
}

/// Approvals on whose panel the caller sits, or somebody the caller stands in for today; or those that somebody convened.
/// Only those of releases that the caller may know of.
///
/// # Errors
/// An invalid cursor or limit.
pub fn list_approvals(rx: &mut Rx<'_, '_>, query: &ApprovalQuery) -> Result<Page<ApprovalItem>, AppError> {
    rx.permit(Operation::ReadReleases)?;
    let (after, size) = (query.page.stored_cursor()?, query.page.size()?);
    let own = people(&rx.directory, rx.caller.user_id, rx.now);
    let people = match query.of {
        Some(person) if own.contains(&person) => vec![person],
        // Nobody whom the caller stands in for: there is nothing to answer.
        Some(_) => return Ok(Page { items: Vec::new(), next_cursor: None }),
        None if query.opened_by.is_some() => Vec::new(),
        None => own,
    };
    let awaited = query.awaited.or_else(|| query.opened_by.is_none().then_some(true));
    let filter = ApprovalFilter { scope: rx.scope(), people, awaited, opened_by: query.opened_by };
    let mut page = rx.tx.list_approvals(&filter, after.as_ref(), size)?;
    if awaited == Some(true) && !filter.people.is_empty() {
        page.items = answerable(rx, page.items, &filter.people)?;
    }
    Ok(page.into())
}

/// Without those that wait for somebody whom the caller, as a deputy, may not answer for (D16).
fn answerable(rx: &mut Rx<'_, '_>, items: Vec<ApprovalItem>, people: &[UserId]) -> Result<Vec<ApprovalItem>, AppError> {
    let caller = rx.caller.user_id;
    let mut kept = Vec::new();
    for item in items {
        let waits = |m: &&Member| m.vote.is_none() && people.contains(&m.user_id);
        let own = item.approval.members.iter().filter(waits).any(|m| m.user_id == caller);
        if own || may_answer(rx, &item, people)? {
            kept.push(item);
        }
    }
    Ok(kept)
}

fn may_answer(rx: &mut Rx<'_, '_>, item: &ApprovalItem, people: &[UserId]) -> Result<bool, AppError> {
    let ground = ground_of(rx, &item.release_number)?;
    let facts = ground.facts();
    let mut waiting = item.approval.members.iter().filter(|m| m.vote.is_none() && people.contains(&m.user_id));
    Ok(waiting.any(|m| facts.acting(rx.caller.user_id, m.user_id, Seat::Member(&item.approval, m)).is_ok()))
}

fn ground_of(rx: &mut Rx<'_, '_>, number: &str) -> Result<Ground, AppError> {
    let dossier = rx.tx.release_id(number)?.map(|id| rx.tx.dossier(id)).transpose()?.flatten();
    let dossier = dossier.ok_or(AppError::NotFound { what: "release" })?;
    Ground::new(rx.tx, dossier, Arc::clone(&rx.directory), rx.now)
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

/// Tasks of releases that the caller may know of, soonest due first.
///
/// # Errors
/// An invalid cursor or limit.
pub fn list_tasks(rx: &mut Rx<'_, '_>, query: &TaskQuery) -> Result<Page<TaskItem>, AppError> {
    rx.permit(Operation::ReadReleases)?;
    let (after, size) = (query.page.stored_cursor()?, query.page.size()?);
    let filter = TaskFilter {
        scope: rx.scope(),
        people: if query.everybody { Vec::new() } else { people(&rx.directory, rx.caller.user_id, rx.now) },
        kind: query.kind,
        state: query.state,
        open: query.open,
        due_before: query.due_before,
    };
    let mut page = rx.tx.list_tasks(&filter, after.as_ref(), size)?;
    if !query.everybody {
        page.items = workable(rx, page.items)?;
    }
    Ok(page.into())
}

/// Without open tasks of somebody for whom the caller, as a deputy, may do nothing about them (D16).
fn workable(rx: &mut Rx<'_, '_>, items: Vec<TaskItem>) -> Result<Vec<TaskItem>, AppError> {
    let caller = rx.caller.user_id;
    let mut kept = Vec::new();
    for item in items {
        let own = item.task.assignee == caller || item.verifier == Some(caller) || !item.task.is_open();
        if own || may_work(rx, &item)? {
            kept.push(item);
        }
    }
    Ok(kept)
}

fn may_work(rx: &mut Rx<'_, '_>, item: &TaskItem) -> Result<bool, AppError> {
    let ground = ground_of(rx, &item.release_number)?;
    let (facts, caller, task) = (ground.facts(), rx.caller.user_id, &item.task);
    let as_deputy = |principal, seat| facts.acting(caller, principal, seat).is_ok();
    let owes = as_deputy(task.assignee, Seat::Assignee(task));
    Ok(owes || item.verifier.is_some_and(|verifier| as_deputy(verifier, Seat::Verifier(task))))
}

/// An approval with its release, for one reader.
#[derive(Debug, Clone)]
pub struct ViewedApproval {
    /// The release.
    pub ground: Ground,
    /// The approval.
    pub approval: Approval,
    /// Members for whom the reader may answer: the reader, or those the reader stands in for today.
    pub can_answer_for: Vec<UserId>,
}

impl ViewedApproval {
    /// An approval of a release for one reader.
    fn new(ground: Ground, id: ApprovalId, reader: UserId) -> Result<Self, AppError> {
        let approval = ground.dossier.approval(id).cloned().ok_or(AppError::NotFound { what: "approval" })?;
        let facts = ground.facts();
        let answers_for = |m: &&Member| facts.acting(reader, m.user_id, Seat::Member(&approval, m)).is_ok();
        let can_answer_for = approval.members.iter().filter(answers_for).map(|m| m.user_id).collect();
        Ok(Self { can_answer_for, approval, ground })
    }

    /// Conditions that votes on this document set and that are not met yet: a panel sees what earlier ones asked (5.3b).
    pub fn open_conditions(&self) -> impl Iterator<Item = &Task> {
        self.ground.dossier.tasks.iter().filter(|task| task.kind == TaskKind::Condition && task.is_open())
    }

    /// Exactly what is signed off.
    #[must_use]
    pub fn content(&self) -> Option<&DocumentContent> {
        self.revision(self.approval.subject.revision)
    }

    fn revision(&self, number: u32) -> Option<&DocumentContent> {
        let document = self.ground.dossier.documents.get(&self.approval.subject.document)?;
        document.revisions.iter().find(|r| r.revision == number).map(|r| r.content.as_ref())
    }

    /// The revision that the reader (or who the reader stands in for) answered last, and what has changed since.
    #[must_use]
    pub fn changes_since(&self) -> Option<(u32, Vec<FieldChange>)> {
        let subject = &self.approval.subject;
        let same = |a: &&Approval| a.id != self.approval.id && a.kind == self.approval.kind && a.subject.phase == subject.phase;
        let answered = |a: &&Approval| a.members.iter().any(|m| m.vote.is_some() && self.can_answer_for.contains(&m.user_id));
        let earlier = self.ground.dossier.approvals.iter().rev().filter(same).find(answered)?;
        let (old, new) = (self.revision(earlier.subject.revision)?, self.content()?);
        Some((earlier.subject.revision, new.changes_since(old)))
    }
}

/// An approval.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn view_approval(rx: &mut Rx<'_, '_>, id: ApprovalId) -> Result<ViewedApproval, AppError> {
    rx.permit(Operation::ReadReleases)?;
    let release = rx.tx.release_of_approval(id)?.ok_or(AppError::NotFound { what: "approval" })?;
    let dossier = readable(rx, release, "approval")?;
    let ground = Ground::new(rx.tx, dossier, Arc::clone(&rx.directory), rx.now)?;
    ViewedApproval::new(ground, id, rx.caller.user_id)
}

/// Answers a panel for oneself or as a deputy.
///
/// # Errors
/// Not found, stale when the approval was decided or its content has changed, refused with every reason.
pub fn cast_vote(cx: &mut Cx<'_, '_>, id: ApprovalId, seen: i64, ballot: Ballot) -> Result<ViewedApproval, AppError> {
    let ground = act_on_approval(cx, id, seen, &Command::CastVote { approval_id: id, ballot })?;
    ViewedApproval::new(ground, id, cx.caller.user_id)
}

/// A task with its release.
#[derive(Debug, Clone)]
pub struct ViewedTask {
    /// The release.
    pub ground: Ground,
    /// Which task.
    pub id: TaskId,
}

impl ViewedTask {
    /// The task.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub fn task(&self) -> Result<&Task, AppError> {
        self.ground.dossier.task(self.id).ok_or(AppError::NotFound { what: "task" })
    }
}

/// A task.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn view_task(rx: &mut Rx<'_, '_>, id: TaskId) -> Result<ViewedTask, AppError> {
    rx.permit(Operation::ReadReleases)?;
    let release = rx.tx.release_of_task(id)?.ok_or(AppError::NotFound { what: "task" })?;
    let dossier = readable(rx, release, "task")?;
    let ground = Ground::new(rx.tx, dossier, Arc::clone(&rx.directory), rx.now)?;
    Ok(ViewedTask { ground, id })
}
