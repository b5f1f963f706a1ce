//! What approvals and tasks are about.

use crate::releases::schema::{approvals, subjects, tasks};
use crate::{Reader, StoreError, conn::Conn, row::Place, types::Id};
use diesel::prelude::*;
use fabu_domain::{
    ids::{ApprovalId, TaskId},
    subject::Subject,
};
use uuid::Uuid;

/// A subject comes into being together with the thing itself, in the same transaction.
pub(crate) fn insert(conn: &mut Conn, subject: &Subject) -> Result<(), StoreError> {
    let row = (
        subjects::subject_id.eq(Id(subject.id)),
        subjects::kind.eq(subject.kind.as_str()),
        subjects::address.eq(&subject.address),
    );
    diesel::insert_into(subjects::table).values(row).execute(conn)?;
    Ok(())
}

/// A row of the table.
pub(crate) type Row = (Id<Uuid>, String, String);

/// The subject of a row.
pub(crate) fn subject((id, kind, address): Row) -> Result<Subject, StoreError> {
    let kind = Place { table: "subjects", key: id.0 }.word("kind", &kind)?;
    Ok(Subject { id: id.0, kind, address })
}

impl Reader<'_> {
    /// What an approval is about.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn subject_of_approval(&mut self, id: ApprovalId) -> Result<Option<Subject>, StoreError> {
        let of_it = subjects::table.inner_join(approvals::table.on(approvals::subject_id.eq(subjects::subject_id)));
        let found = of_it.filter(approvals::id.eq(Id(id))).select(subjects::all_columns).first::<Row>(self.conn);
        found.optional()?.map(subject).transpose()
    }

    /// What a task is about.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn subject_of_task(&mut self, id: TaskId) -> Result<Option<Subject>, StoreError> {
        let of_it = subjects::table.inner_join(tasks::table.on(tasks::subject_id.eq(subjects::subject_id)));
        let found = of_it.filter(tasks::id.eq(Id(id))).select(subjects::all_columns).first::<Row>(self.conn);
        found.optional()?.map(subject).transpose()
    }
}
