//! What waits for people: approvals and tasks of all subjects.

use super::subject::{Row as SubjectRow, subject};
use crate::releases::{
    schema::{approval_members, approvals, releases, subjects, tasks},
    scope::optional_customers_of,
};
use crate::{
    Cursor, Page, Reader, StoreError,
    registers::users::as_limit,
    row::Place,
    types::{Id, Instant, instant_text, parse_instant},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use fabu_domain::{
    blocks::{
        approval::Approval,
        task::{Task, TaskKind, TaskState},
    },
    ids::{ApprovalId, TaskId, UserId},
    subject::Subject,
    subjects::visibility::Scope,
};

/// An approval with what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalItem {
    /// What it is about.
    pub subject: Subject,
    /// The title of the release, if it is about one.
    pub title: Option<String>,
    /// The approval.
    pub approval: Approval,
}

/// A task with what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskItem {
    /// What it is about.
    pub subject: Subject,
    /// The title of the release, if it is about one.
    pub title: Option<String>,
    /// Who checks its evidence, if anybody.
    pub verifier: Option<UserId>,
    /// The task.
    pub task: Task,
}

/// Which approvals to list; every part that is given must fit.
#[derive(Debug, Clone, Default)]
pub struct ApprovalFilter {
    /// What the reader may know of; nothing unless it is said.
    pub scope: Scope,
    /// On whose panel one of these people sits; empty: whoever sits there.
    pub people: Vec<UserId>,
    /// They (or somebody of the panel) have yet to answer, or need not.
    pub awaited: Option<bool>,
    /// Convened by this person.
    pub opened_by: Option<UserId>,
}

/// Which tasks to list; every part that is given must fit.
#[derive(Debug, Clone, Default)]
pub struct TaskFilter {
    /// What the reader may know of; nothing unless it is said.
    pub scope: Scope,
    /// Outstanding by one of these people, or waiting for their verification.
    pub people: Vec<UserId>,
    /// Of this kind.
    pub kind: Option<TaskKind>,
    /// In this state.
    pub state: Option<TaskState>,
    /// Open (also while waiting for verification), or not.
    pub open: Option<bool>,
    /// Due before this instant.
    pub due_before: Option<DateTime<Utc>>,
}

fn due_and_id(cursor: &Cursor, list: &str) -> Result<(Instant, uuid::Uuid), StoreError> {
    let [at, id] = cursor.keys(list)?;
    let at = parse_instant(at).ok_or(StoreError::Cursor)?;
    Ok((Instant(at), id.parse().map_err(|_| StoreError::Cursor)?))
}

const APPROVALS: &str = "approvals.due";
const TASKS: &str = "tasks.due";

impl Reader<'_> {
    /// Approvals by filter, soonest due first.
    ///
    /// # Errors
    /// [`StoreError::Cursor`] when `after` is not from this list; [`StoreError::Corrupt`] when a row cannot be read.
    pub fn list_approvals(
        &mut self,
        filter: &ApprovalFilter,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page<ApprovalItem>, StoreError> {
        let mut query = approvals::table
            .inner_join(subjects::table.on(subjects::subject_id.eq(approvals::subject_id)))
            .left_join(releases::table.on(releases::id.eq(approvals::subject_id)))
            .order((approvals::due_at.asc(), approvals::id.asc()))
            .select((subjects::all_columns, releases::title.nullable(), approvals::due_at, approvals::id, approvals::body))
            .into_boxed();
        if let Some(customers) = optional_customers_of(&filter.scope) {
            query = query.filter(releases::customer_id.eq_any(customers));
        }
        let people: Vec<_> = filter.people.iter().copied().map(Id).collect();
        let of_people = approval_members::user_id.eq_any(people);
        let asked = approval_members::table.select(approval_members::approval_id);
        query = match (filter.people.is_empty(), filter.awaited.map(|awaited| approval_members::awaited.eq(awaited))) {
            (true, None) => query,
            (true, Some(awaited)) => query.filter(approvals::id.eq_any(asked.filter(awaited))),
            (false, None) => query.filter(approvals::id.eq_any(asked.filter(of_people))),
            (false, Some(awaited)) => query.filter(approvals::id.eq_any(asked.filter(of_people).filter(awaited))),
        };
        if let Some(person) = filter.opened_by {
            query = query.filter(approvals::opened_by.eq(Some(Id(person))));
        }
        if let Some((at, id)) = after.map(|cursor| due_and_id(cursor, APPROVALS)).transpose()? {
            let id: Id<ApprovalId> = Id(id.into());
            query = query.filter(approvals::due_at.ge(at)).filter(approvals::due_at.gt(at).or(approvals::id.gt(id)));
        }
        type Row = (SubjectRow, Option<String>, Instant, Id<ApprovalId>, String);
        let rows: Vec<Row> = query.limit(as_limit(limit)).load(self.conn)?;
        let page = Page::cut(rows, limit, |row| Cursor::new(APPROVALS, &[&instant_text(row.2.0), &row.3.0.to_string()]));
        let item = |(of, title, _, id, body): Row| {
            let place = Place { table: "approvals", key: id.0 };
            let approval = serde_json::from_str(&body).map_err(|error| place.bad("body", error))?;
            Ok(ApprovalItem { subject: subject(of)?, title, approval })
        };
        let items = page.items.into_iter().map(item).collect::<Result<_, StoreError>>()?;
        Ok(Page { items, next: page.next })
    }

    /// Tasks by filter, soonest due first.
    ///
    /// # Errors
    /// [`StoreError::Cursor`] when `after` is not from this list; [`StoreError::Corrupt`] when a row cannot be read.
    pub fn list_tasks(
        &mut self,
        filter: &TaskFilter,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page<TaskItem>, StoreError> {
        let mut query = tasks::table
            .inner_join(subjects::table.on(subjects::subject_id.eq(tasks::subject_id)))
            .left_join(releases::table.on(releases::id.eq(tasks::subject_id)))
            .order((tasks::due_at.asc(), tasks::id.asc()))
            .select((
                subjects::all_columns,
                releases::title.nullable(),
                tasks::due_at,
                tasks::id,
                tasks::verifier_id,
                tasks::body,
            ))
            .into_boxed();
        if let Some(customers) = optional_customers_of(&filter.scope) {
            query = query.filter(releases::customer_id.eq_any(customers));
        }
        if !filter.people.is_empty() {
            let people: Vec<_> = filter.people.iter().copied().map(Id).collect();
            let verifiers: Vec<_> = people.iter().copied().map(Some).collect();
            query = query.filter(tasks::assignee_id.eq_any(people).or(tasks::verifier_id.eq_any(verifiers).assume_not_null()));
        }
        if let Some(kind) = filter.kind {
            query = query.filter(tasks::kind.eq(kind.as_str()));
        }
        if let Some(state) = filter.state {
            query = query.filter(tasks::state.eq(state.as_str()));
        }
        if let Some(open) = filter.open {
            query = query.filter(tasks::is_open.eq(open));
        }
        if let Some(before) = filter.due_before {
            query = query.filter(tasks::due_at.lt(Instant(before)));
        }
        if let Some((at, id)) = after.map(|cursor| due_and_id(cursor, TASKS)).transpose()? {
            let id: Id<TaskId> = Id(id.into());
            query = query.filter(tasks::due_at.ge(at)).filter(tasks::due_at.gt(at).or(tasks::id.gt(id)));
        }
        type Row = (SubjectRow, Option<String>, Instant, Id<TaskId>, Option<Id<UserId>>, String);
        let rows: Vec<Row> = query.limit(as_limit(limit)).load(self.conn)?;
        let page = Page::cut(rows, limit, |row| Cursor::new(TASKS, &[&instant_text(row.2.0), &row.3.0.to_string()]));
        let item = |(of, title, _, id, verifier, body): Row| {
            let place = Place { table: "tasks", key: id.0 };
            let task = serde_json::from_str(&body).map_err(|error| place.bad("body", error))?;
            Ok(TaskItem { subject: subject(of)?, title, verifier: verifier.map(|id| id.0), task })
        };
        let items = page.items.into_iter().map(item).collect::<Result<_, StoreError>>()?;
        Ok(Page { items, next: page.next })
    }
}
