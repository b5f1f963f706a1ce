//! What documents, approvals and tasks are about, and what hangs on a record of the company.

use super::parts::Part;
use crate::{Reader, StoreError, conn::Conn, row::Place, types::Id};
use crate::{
    releases::schema::{approvals, subjects, tasks},
    subjects::documents,
};
use diesel::prelude::*;
use fabu_domain::{
    blocks::document::{Document, DocumentKind},
    ids::{ApprovalId, TaskId},
    subject::{CompanyRecord, Parts, PartsMut, Subject},
};
use std::collections::BTreeMap;
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

/// Reads what hangs on a record.
pub(crate) fn load_parts(conn: &mut Conn, record: &mut dyn CompanyRecord) -> Result<(), StoreError> {
    let id = record.subject().id;
    let PartsMut { document, approvals, tasks } = record.parts_mut();
    if let Some(written) = documents::load(conn, id)?.remove(&document.kind) {
        *document = written;
    }
    (*approvals, *tasks) = (Part::load(conn, id)?, Part::load(conn, id)?);
    Ok(())
}

/// Writes what differs; without an old record the new one comes into being.
pub(crate) fn save_parts(conn: &mut Conn, old: Option<&dyn CompanyRecord>, new: &dyn CompanyRecord) -> Result<(), StoreError> {
    let (subject, old, new) = (new.subject(), old.map(|old| old.parts()), new.parts());
    if old.is_none() {
        insert(conn, &subject)?;
    }
    documents::save(conn, subject.id, &old.map(written).unwrap_or_default(), &written(new))?;
    Part::save(conn, &subject, old.map_or(&[], |old| old.approvals), new.approvals)?;
    Part::save(conn, &subject, old.map_or(&[], |old| old.tasks), new.tasks)
}

/// The document, once something is written in it.
fn written(parts: Parts<'_>) -> BTreeMap<DocumentKind, Document> {
    let document = Some(parts.document).filter(|document| document.content().is_some());
    document.map(|document| (document.kind, document.clone())).into_iter().collect()
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
