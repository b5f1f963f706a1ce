//! Work: approvals and tasks that wait for the caller, whatever they are about.

use crate::{
    AppError, Cx, Rx,
    company_records::{self, Record, reading},
    paging::{Page, PageRequest},
    subjects::{
        procedure_versions,
        releases::{
            act::{Seen, take_step},
            context::{ReleaseContext, readable},
        },
        reports,
    },
};
use chrono::{DateTime, Utc};
use fabu_domain::{
    blocks::{
        approval::{Approval, Member},
        document::{DocumentContent, FieldChange},
        task::{Task, TaskKind, TaskState},
    },
    ids::{ApprovalId, ReleaseId, TaskId, UserId},
    people::directory::Directory,
    subject::{Subject, SubjectKind, answerable_for, awaited, operation::Operation, stands_for},
    subjects::release::{
        command::{Ballot, Command},
        seat::Seat,
    },
};
use fabu_store::{ApprovalFilter, TaskFilter};
pub use fabu_store::{ApprovalItem, TaskItem};
use std::sync::Arc;

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
/// Only those of releases and reports that the caller may know of.
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
        if (own && item.subject.kind == SubjectKind::Release) || may_answer(rx, &item, people)? {
            kept.push(item);
        }
    }
    Ok(kept)
}

fn may_answer(rx: &mut Rx<'_, '_>, item: &ApprovalItem, people: &[UserId]) -> Result<bool, AppError> {
    match About::of(rx, &item.subject, "approval")? {
        About::Release(context) => {
            let facts = context.facts();
            let mut waiting = item.approval.members.iter().filter(|m| m.vote.is_none() && people.contains(&m.user_id));
            Ok(waiting.any(|m| facts.acting(rx.caller.user_id, m.user_id, Seat::Member(&item.approval, m)).is_ok()))
        }
        About::Company(record, directory) => {
            let can = answerable_for(record.as_ref(), &directory, rx.caller.user_id, rx.now);
            let awaited = awaited(record.as_ref(), &item.approval, &directory);
            Ok(can.iter().any(|person| awaited.contains(person)))
        }
    }
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

/// Tasks of releases and reports that the caller may know of, soonest due first.
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
    let (caller, task) = (rx.caller.user_id, &item.task);
    match About::of(rx, &item.subject, "task")? {
        About::Release(context) => {
            let facts = context.facts();
            let as_deputy = |principal, seat| facts.acting(caller, principal, seat).is_ok();
            let owes = as_deputy(task.assignee, Seat::Assignee(task));
            Ok(owes || item.verifier.is_some_and(|verifier| as_deputy(verifier, Seat::Verifier(task))))
        }
        About::Company(_, directory) => Ok(stands_for(&directory, caller, task.assignee, rx.now)),
    }
}

/// What an approval or a task is about, with everything that its rules look at.
#[derive(Debug, Clone)]
pub enum About {
    /// A release.
    Release(Box<ReleaseContext>),
    /// A record of the company, and the company.
    Company(Record, Arc<Directory>),
}

impl About {
    /// The subject as the caller may see it; `what` names the thing that was asked for.
    fn of(rx: &mut Rx<'_, '_>, subject: &Subject, what: &'static str) -> Result<Self, AppError> {
        match subject.kind {
            SubjectKind::Release => {
                let dossier = readable(rx, ReleaseId(subject.id), what)?;
                Ok(Self::Release(Box::new(ReleaseContext::new(rx.tx, dossier, Arc::clone(&rx.directory), rx.now)?)))
            }
            kind @ (SubjectKind::QuarterlyReport | SubjectKind::ProcedureVersion) => {
                rx.permit(reading(kind)).map_err(|_| AppError::NotFound { what })?;
                let record = company_records::find(rx.tx, subject)?.ok_or(AppError::NotFound { what })?;
                Ok(Self::Company(record, Arc::clone(&rx.directory)))
            }
        }
    }

    /// The subject.
    #[must_use]
    pub fn subject(&self) -> Subject {
        match self {
            Self::Release(context) => Subject::release(context.dossier.release.id.0, &context.dossier.release.number),
            Self::Company(record, _) => record.subject(),
        }
    }

    /// The company.
    #[must_use]
    pub fn directory(&self) -> &Directory {
        match self {
            Self::Release(context) => &context.directory,
            Self::Company(_, directory) => directory,
        }
    }

    fn approvals(&self) -> &[Approval] {
        match self {
            Self::Release(context) => &context.dossier.approvals,
            Self::Company(record, _) => record.parts().approvals,
        }
    }

    /// Its tasks.
    #[must_use]
    pub fn tasks(&self) -> &[Task] {
        match self {
            Self::Release(context) => &context.dossier.tasks,
            Self::Company(record, _) => record.parts().tasks,
        }
    }

    /// A revision of the document that an approval is about.
    fn revision(&self, approval: &Approval, number: u32) -> Option<&DocumentContent> {
        let document = match self {
            Self::Release(context) => context.dossier.documents.get(&approval.subject.document)?,
            Self::Company(record, _) => record.parts().document,
        };
        document.revisions.iter().find(|revision| revision.revision == number).map(|revision| revision.content.as_ref())
    }
}

/// An approval with what it is about, for one reader.
#[derive(Debug, Clone)]
pub struct ViewedApproval {
    /// What it is about.
    pub about: About,
    /// The approval.
    pub approval: Approval,
    /// Members for whom the reader may answer: the reader, or those the reader stands in for today.
    pub can_answer_for: Vec<UserId>,
    /// Exactly what is signed off.
    pub content: Option<DocumentContent>,
}

impl ViewedApproval {
    /// An approval for one reader.
    fn new(rx: &mut Rx<'_, '_>, about: About, id: ApprovalId) -> Result<Self, AppError> {
        let approval = about.approvals().iter().find(|approval| approval.id == id).cloned();
        let approval = approval.ok_or(AppError::NotFound { what: "approval" })?;
        let reader = rx.caller.user_id;
        let can_answer_for = match &about {
            About::Release(context) => {
                let facts = context.facts();
                let answers_for = |m: &&Member| facts.acting(reader, m.user_id, Seat::Member(&approval, m)).is_ok();
                approval.members.iter().filter(answers_for).map(|m| m.user_id).collect()
            }
            About::Company(record, directory) if approval.is_open() => answerable_for(record.as_ref(), directory, reader, rx.now),
            About::Company(..) => Vec::new(),
        };
        let content = about.revision(&approval, approval.subject.revision).cloned();
        Ok(Self { about, approval, can_answer_for, content })
    }

    /// The release, if it is about one.
    #[must_use]
    pub fn context(&self) -> Option<&ReleaseContext> {
        match &self.about {
            About::Release(context) => Some(context),
            About::Company(..) => None,
        }
    }

    /// Conditions that votes on this document set and that are not met yet: a panel sees what earlier ones asked (5.3b).
    pub fn open_conditions(&self) -> impl Iterator<Item = &Task> {
        self.about.tasks().iter().filter(|task| task.kind == TaskKind::Condition && task.is_open())
    }

    /// The revision that the reader (or who the reader stands in for) answered last, and what has changed since.
    #[must_use]
    pub fn changes_since(&self) -> Option<(u32, Vec<FieldChange>)> {
        let subject = &self.approval.subject;
        let same = |a: &&Approval| a.id != self.approval.id && a.kind == self.approval.kind && a.subject.phase == subject.phase;
        let answered = |a: &&Approval| a.members.iter().any(|m| m.vote.is_some() && self.can_answer_for.contains(&m.user_id));
        let earlier = self.about.approvals().iter().rev().filter(same).find(answered)?;
        let (old, new) = (self.about.revision(&self.approval, earlier.subject.revision)?, self.content.as_ref()?);
        Some((earlier.subject.revision, new.changes_since(old)))
    }
}

/// An approval.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn view_approval(rx: &mut Rx<'_, '_>, id: ApprovalId) -> Result<ViewedApproval, AppError> {
    rx.permit(Operation::ReadReleases)?;
    let subject = rx.tx.subject_of_approval(id)?.ok_or(AppError::NotFound { what: "approval" })?;
    let about = About::of(rx, &subject, "approval")?;
    ViewedApproval::new(rx, about, id)
}

/// Answers a panel for oneself or as a deputy.
///
/// # Errors
/// Not found, stale when the approval was decided or its content has changed, refused with every reason.
pub fn cast_vote(cx: &mut Cx<'_, '_>, id: ApprovalId, seen: i64, ballot: Ballot) -> Result<ViewedApproval, AppError> {
    let subject = cx.tx.subject_of_approval(id)?.ok_or(AppError::NotFound { what: "approval" })?;
    let about = match subject.kind {
        SubjectKind::Release => {
            let command = Command::CastVote { approval_id: id, ballot };
            About::Release(Box::new(take_step(cx, ReleaseId(subject.id), Seen::Approval(id, seen), &command)?))
        }
        SubjectKind::QuarterlyReport => {
            let report = reports::cast_vote(cx, &subject, id, seen, &ballot)?;
            About::Company(Arc::new(report), Arc::clone(&cx.directory))
        }
        SubjectKind::ProcedureVersion => {
            let version = procedure_versions::cast_vote(cx, &subject, id, seen, &ballot)?;
            About::Company(Arc::new(version), Arc::clone(&cx.directory))
        }
    };
    cx.reading(|rx| ViewedApproval::new(rx, about, id))
}

/// A task with what it is about.
#[derive(Debug, Clone)]
pub struct ViewedTask {
    /// What it is about.
    pub about: About,
    /// Which task.
    pub id: TaskId,
}

impl ViewedTask {
    /// The task.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub fn task(&self) -> Result<&Task, AppError> {
        self.about.tasks().iter().find(|task| task.id == self.id).ok_or(AppError::NotFound { what: "task" })
    }
}

/// A task.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn view_task(rx: &mut Rx<'_, '_>, id: TaskId) -> Result<ViewedTask, AppError> {
    rx.permit(Operation::ReadReleases)?;
    let subject = rx.tx.subject_of_task(id)?.ok_or(AppError::NotFound { what: "task" })?;
    Ok(ViewedTask { about: About::of(rx, &subject, "task")?, id })
}

/// Gives a command about a task.
///
/// # Errors
/// Not found, stale, refused with every reason.
pub fn act_on_task(cx: &mut Cx<'_, '_>, id: TaskId, seen: i64, command: &Command) -> Result<ViewedTask, AppError> {
    let subject = cx.tx.subject_of_task(id)?.ok_or(AppError::NotFound { what: "task" })?;
    let about = match subject.kind {
        SubjectKind::Release => About::Release(Box::new(take_step(cx, ReleaseId(subject.id), Seen::Task(id, seen), command)?)),
        SubjectKind::QuarterlyReport => {
            let report = reports::act_on_task(cx, &subject, id, seen, command)?;
            About::Company(Arc::new(report), Arc::clone(&cx.directory))
        }
        // Nobody owes a task about the procedure.
        SubjectKind::ProcedureVersion => return Err(AppError::NotFound { what: "task" }),
    };
    Ok(ViewedTask { about, id })
}
