use super::shown;
use crate::{
    answer::Answer,
    dto::releases::documents::{DocumentView, SaveDraftRequest},
    extract::{IfMatch, Update},
};
use actix_web::put;
use fabu_app::subjects::releases;
use fabu_domain::blocks::document::DocumentKind;

/// Save the whole content of a document as its draft.
#[utoipa::path(
    tag = "documents",
    operation_id = "save_document_draft",
    params(("number" = String, Path), ("kind" = DocumentKind, Path), IfMatch),
    request_body = SaveDraftRequest,
    responses((status = 200, description = "The document.", body = DocumentView, headers(("ETag" = String))))
)]
#[put("/releases/{number}/documents/{kind}")]
pub async fn save_document_draft(mut call: Update<(String, DocumentKind), SaveDraftRequest>) -> Answer {
    // Read before the transaction: it is slow for a large document.
    let content = call.body.take().typed(call.path.1)?;
    call.answer(move |cx, (number, _), version, _| {
        shown(&releases::save_draft(cx, number, version, &content)?, cx.caller.language)
    })
    .await
}
