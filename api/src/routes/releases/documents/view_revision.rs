use crate::{
    answer::{Answer, Reply},
    dto::releases::documents::RevisionView,
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::releases;
use fabu_domain::blocks::document::DocumentKind;

/// A submitted revision with its content.
#[utoipa::path(
    tag = "documents",
    operation_id = "view_revision",
    params(("number" = String, Path), ("kind" = DocumentKind, Path), ("revision" = u32, Path)),
    responses((status = 200, description = "The revision.", body = RevisionView))
)]
#[get("/releases/{number}/documents/{kind}/revisions/{revision}")]
pub async fn view_revision(call: Read<(String, DocumentKind, u32)>) -> Answer {
    call.answer(|rx, (number, kind, revision), _| {
        let revision = releases::view_revision(rx, number, *kind, *revision)?;
        Reply::ok(&RevisionView::new(&revision, rx.caller.language))
    })
    .await
}
