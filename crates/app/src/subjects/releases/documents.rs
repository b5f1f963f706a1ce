//! Documents: the draft, its frozen revisions, and what differs between them.

use super::{
    act::{Seen, take_step},
    context::{ReleaseContext, find, view_release},
    figures,
};
use crate::{AppError, Cx, Rx};
use fabu_domain::{
    blocks::document::{DocumentContent, DocumentKind, FieldChange, Missing, Revision},
    subject::SubjectKind,
    subjects::release::{command::Command, decide::left_to_enter, documents::GoLivePlan},
};
use std::sync::Arc;

/// A document as it is being written.
#[derive(Debug, Clone)]
pub struct DocumentView {
    /// The release, and who reads.
    pub context: ReleaseContext,
    /// Which document.
    pub kind: DocumentKind,
    /// The draft; without one the newest revision; without any, what the system can fill in.
    pub content: Arc<DocumentContent>,
    /// Version of the draft (0: nothing saved yet): its ETag.
    pub version: i64,
    /// What stands between the content and its submission, by clause.
    pub missing: Vec<Missing>,
}

/// A frozen revision.
#[derive(Debug, Clone)]
pub struct RevisionView {
    /// The release.
    pub context: ReleaseContext,
    /// The revision.
    pub revision: Revision,
}

/// The document with what it still lacks.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn view_document(rx: &mut Rx<'_, '_>, number: &str, kind: DocumentKind) -> Result<DocumentView, AppError> {
    of_release(kind)?;
    Ok(DocumentView::new(view_release(rx, number)?, kind))
}

/// Refuses a kind of document that no release has.
fn of_release(kind: DocumentKind) -> Result<(), AppError> {
    if kind.subject() == SubjectKind::Release { Ok(()) } else { Err(AppError::NotFound { what: "document" }) }
}

impl DocumentView {
    /// A document of a release as it is now.
    fn new(context: ReleaseContext, kind: DocumentKind) -> Self {
        let document = context.dossier.documents.get(&kind);
        let draft = document.and_then(|d| d.draft.as_ref()).map(|d| Arc::clone(&d.content));
        let latest = document.and_then(|d| d.latest()).map(|r| Arc::clone(&r.content));
        let content = draft.or(latest).unwrap_or_else(|| Arc::new(prefill(&context, kind)));
        let version = document.map_or(0, |d| d.version());
        let missing = left_to_enter(&context.facts(), &content);
        Self { kind, content, version, missing, context }
    }
}

/// What a new document begins with: a go-live plan takes over what the release plan says (5.5).
fn prefill(context: &ReleaseContext, kind: DocumentKind) -> DocumentContent {
    let plan = context.dossier.latest(DocumentKind::ReleasePlan).map(|r| r.content.as_ref());
    match (kind, plan) {
        (DocumentKind::GoLivePlan, Some(DocumentContent::ReleasePlan(plan))) => GoLivePlan::prefill(plan).into(),
        _ => DocumentContent::empty(kind),
    }
}

/// Saves the whole content as the draft.
///
/// # Errors
/// Not found, stale, refused with every reason.
pub fn save_draft(cx: &mut Cx<'_, '_>, number: &str, seen: i64, content: &DocumentContent) -> Result<DocumentView, AppError> {
    let (id, kind) = (find(cx.tx, number)?, content.kind());
    let command = Command::SaveDraft { document: kind, content: content.clone() };
    let context = take_step(cx, id, Seen::Document(kind, seen), &command)?;
    Ok(DocumentView::new(context, kind))
}

/// Freezes the draft as the next revision; a release report gets the figures of its quarter (5.11.2–5.11.4).
///
/// # Errors
/// Not found, stale, refused with everything that is missing.
pub fn submit_document(
    cx: &mut Cx<'_, '_>,
    number: &str,
    kind: DocumentKind,
    seen: i64,
    note: &str,
) -> Result<DocumentView, AppError> {
    of_release(kind)?;
    let id = find(cx.tx, number)?;
    let figures = match kind {
        DocumentKind::ReleaseReport => figures::for_report(cx, id)?,
        _ => None,
    };
    let command = Command::SubmitDocument { document: kind, note: note.to_owned(), figures };
    let context = take_step(cx, id, Seen::Document(kind, seen), &command)?;
    Ok(DocumentView::new(context, kind))
}

/// A revision with its content.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn view_revision(rx: &mut Rx<'_, '_>, number: &str, kind: DocumentKind, revision: u32) -> Result<RevisionView, AppError> {
    let context = view_release(rx, number)?;
    let revision = revision_of(&context, kind, revision)?.clone();
    Ok(RevisionView { context, revision })
}

/// What differs between two revisions, field by field.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn compare_revisions(
    rx: &mut Rx<'_, '_>,
    number: &str,
    kind: DocumentKind,
    from: u32,
    to: u32,
) -> Result<Vec<FieldChange>, AppError> {
    let context = view_release(rx, number)?;
    let (from, to) = (revision_of(&context, kind, from)?, revision_of(&context, kind, to)?);
    Ok(to.content.changes_since(&from.content))
}

fn revision_of(context: &ReleaseContext, kind: DocumentKind, revision: u32) -> Result<&Revision, AppError> {
    let document = context.dossier.documents.get(&kind);
    let found = document.and_then(|d| d.revisions.iter().find(|r| r.revision == revision));
    found.ok_or(AppError::NotFound { what: "revision" })
}
