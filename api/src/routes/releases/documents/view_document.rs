use super::shown;
use crate::{answer::Answer, dto::releases::documents::DocumentView, extract::Read};
use actix_web::get;
use fabu_app::subjects::releases;
use fabu_domain::blocks::document::DocumentKind;

/// A document as it is being written, with everything that it still lacks.
#[utoipa::path(
    tag = "documents",
    operation_id = "view_document",
    params(("number" = String, Path), ("kind" = DocumentKind, Path)),
    responses((status = 200, description = "The document.", body = DocumentView, headers(("ETag" = String))))
)]
#[get("/releases/{number}/documents/{kind}")]
pub async fn view_document(call: Read<(String, DocumentKind)>) -> Answer {
    call.answer(|rx, (number, kind), _| shown(&releases::view_document(rx, number, *kind)?, rx.caller.language)).await
}
