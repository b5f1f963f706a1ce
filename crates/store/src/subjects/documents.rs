//! The documents of a release or another subject: the draft being written and the frozen revisions.

use super::parts::body_of;
use crate::releases::schema::{document_revisions as revisions, documents};
use crate::{
    StoreError,
    conn::Conn,
    dialect::InsertExt,
    row::Place,
    types::{Id, Instant},
};
use diesel::prelude::*;
use fabu_domain::{
    blocks::document::{Document, DocumentContent, DocumentKind, Draft, Revision},
    ids::UserId,
    subjects::release::Stamp,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use uuid::Uuid;

#[derive(Serialize, Deserialize)]
struct DocumentBody {
    contributors: BTreeSet<UserId>,
    saved: Option<Stamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    on_behalf_of: Option<UserId>,
}

#[derive(Serialize, Deserialize)]
struct RevisionBody {
    sections: BTreeMap<String, String>,
    contributors: BTreeSet<UserId>,
    submitted: Stamp,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = documents)]
struct DocumentRow {
    kind: String,
    number: String,
    saves: i64,
    draft: Option<String>,
    body: String,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = revisions)]
struct RevisionRow {
    kind: String,
    revision: i32,
    sha256: String,
    content: String,
    body: String,
}

fn content(place: &Place<String>, column: &str, kind: DocumentKind, text: &str) -> Result<Arc<DocumentContent>, StoreError> {
    let value = serde_json::from_str(text).map_err(|error| place.bad(column, error))?;
    DocumentContent::parse(kind, value).map(Arc::new).map_err(|error| place.bad(column, error))
}

pub(crate) fn load(conn: &mut Conn, subject: Uuid) -> Result<BTreeMap<DocumentKind, Document>, StoreError> {
    let rows: Vec<DocumentRow> =
        documents::table.filter(documents::subject_id.eq(Id(subject))).select(DocumentRow::as_select()).load(conn)?;
    if rows.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut all = BTreeMap::new();
    for row in rows {
        let place = Place { table: "documents", key: row.number.clone() };
        let kind: DocumentKind = place.word("kind", &row.kind)?;
        let body: DocumentBody = serde_json::from_str(&row.body).map_err(|error| place.bad("body", error))?;
        let draft = match (row.draft, body.saved) {
            (Some(text), Some(saved)) => {
                Some(Draft { content: content(&place, "draft", kind, &text)?, saved, on_behalf_of: body.on_behalf_of })
            }
            (None, _) => None,
            (Some(_), None) => return Err(place.bad("body", "a draft without the person who saved it")),
        };
        let document = Document {
            kind,
            number: row.number,
            draft,
            saves: row.saves,
            contributors: body.contributors,
            revisions: Vec::new(),
        };
        all.insert(kind, document);
    }
    let rows: Vec<RevisionRow> = revisions::table
        .filter(revisions::subject_id.eq(Id(subject)))
        .order((revisions::kind, revisions::revision))
        .select(RevisionRow::as_select())
        .load(conn)?;
    for row in rows {
        let place = Place { table: "document_revisions", key: format!("{subject}/{}/{}", row.kind, row.revision) };
        let kind: DocumentKind = place.word("kind", &row.kind)?;
        let body: RevisionBody = serde_json::from_str(&row.body).map_err(|error| place.bad("body", error))?;
        let revision = Revision {
            revision: u32::try_from(row.revision).map_err(|error| place.bad("revision", error))?,
            content: content(&place, "content", kind, &row.content)?,
            sha256: row.sha256,
            sections: body.sections,
            contributors: body.contributors,
            submitted: body.submitted,
        };
        let document = all.get_mut(&kind).ok_or_else(|| place.bad("kind", "no such document"))?;
        document.revisions.push(revision);
    }
    Ok(all)
}

fn canonical(content: &DocumentContent) -> Result<String, StoreError> {
    String::from_utf8(content.canonical_bytes()).map_err(|error| StoreError::Database(error.to_string()))
}

pub(crate) fn save(
    conn: &mut Conn,
    subject: Uuid,
    old: &BTreeMap<DocumentKind, Document>,
    new: &BTreeMap<DocumentKind, Document>,
) -> Result<(), StoreError> {
    for (kind, document) in new.iter().filter(|(kind, document)| old.get(kind) != Some(document)) {
        let body = DocumentBody {
            contributors: document.contributors.clone(),
            on_behalf_of: document.draft.as_ref().and_then(|draft| draft.on_behalf_of),
            saved: document.draft.as_ref().map(|draft| draft.saved.clone()),
        };
        diesel::insert_into(documents::table)
            .values((
                documents::subject_id.eq(Id(subject)),
                documents::kind.eq(kind.as_str()),
                documents::number.eq(&document.number),
                documents::saves.eq(document.saves),
                documents::draft.eq(document.draft.as_ref().map(|draft| canonical(&draft.content)).transpose()?),
                documents::body.eq(body_of(&body)?),
            ))
            .or("(subject_id, kind) DO UPDATE SET saves = excluded.saves, draft = excluded.draft, body = excluded.body")
            .execute(conn)?;
        let known = old.get(kind).map_or(0, |d| d.revisions.len());
        for revision in document.revisions.iter().skip(known) {
            insert_revision(conn, subject, *kind, revision)?;
        }
    }
    Ok(())
}

fn insert_revision(conn: &mut Conn, subject: Uuid, kind: DocumentKind, revision: &Revision) -> Result<(), StoreError> {
    let body = RevisionBody {
        sections: revision.sections.clone(),
        contributors: revision.contributors.clone(),
        submitted: revision.submitted.clone(),
    };
    diesel::insert_into(revisions::table)
        .values((
            revisions::subject_id.eq(Id(subject)),
            revisions::kind.eq(kind.as_str()),
            revisions::revision.eq(i32::try_from(revision.revision).unwrap_or(i32::MAX)),
            revisions::sha256.eq(&revision.sha256),
            revisions::submitted_by.eq(Id(revision.submitted.by)),
            revisions::submitted_at.eq(Instant(revision.submitted.at)),
            revisions::content.eq(canonical(&revision.content)?),
            revisions::body.eq(body_of(&body)?),
        ))
        .execute(conn)?;
    Ok(())
}
