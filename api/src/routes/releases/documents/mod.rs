//! The controlled documents of a release.

mod compare_revisions;
mod save_document_draft;
mod submit_document;
mod view_document;
mod view_revision;

use crate::mount::Mount;
use crate::{answer::Reply, dto::releases::documents::DocumentView};
use fabu_app::{AppError, subjects::releases};
use fabu_domain::language::Language;

/// Mounts the documents.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .service(view_document::view_document)
        .service(save_document_draft::save_document_draft)
        .service(submit_document::submit_document)
        .service(view_revision::view_revision)
        .service(compare_revisions::compare_revisions);
}

/// A document as its reader sees it.
fn shown(document: &releases::DocumentView, language: Language) -> Result<Reply, AppError> {
    let view = DocumentView::new(document, language);
    Ok(Reply::ok(&view)?.version(view.version).live())
}
