use super::shown;
use crate::{
    answer::Answer,
    dto::releases::documents::{DocumentView, SubmitDocumentRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_app::subjects::releases;
use fabu_domain::blocks::document::DocumentKind;

/// Freeze the draft as the next revision; refused with everything that it lacks.
#[utoipa::path(
    tag = "documents",
    operation_id = "submit_document",
    params(("number" = String, Path), ("kind" = DocumentKind, Path), IfMatch),
    request_body = SubmitDocumentRequest,
    responses((status = 200, description = "The document.", body = DocumentView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/documents/{kind}/submission")]
pub async fn submit_document(call: Update<(String, DocumentKind), SubmitDocumentRequest>) -> Answer {
    call.answer(|cx, (number, kind), version, body| {
        shown(&releases::submit_document(cx, number, *kind, version, body.note.as_str())?, cx.caller.language)
    })
    .await
}
