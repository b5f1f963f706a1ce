use crate::{
    answer::{Answer, Reply},
    dto::releases::documents::{ComparisonQuery, ComparisonView},
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::releases;
use fabu_domain::blocks::document::DocumentKind;

/// What differs between two submitted revisions, field by field.
#[utoipa::path(
    tag = "documents",
    operation_id = "compare_revisions",
    params(("number" = String, Path), ("kind" = DocumentKind, Path), ComparisonQuery),
    responses((status = 200, description = "The differences.", body = ComparisonView))
)]
#[get("/releases/{number}/documents/{kind}/comparison")]
pub async fn compare_revisions(call: Read<(String, DocumentKind), ComparisonQuery>) -> Answer {
    call.answer(|rx, (number, kind), query| {
        let (from, to) = (query.from, query.to);
        let changes = releases::compare_revisions(rx, number, *kind, from, to)?;
        Reply::ok(&ComparisonView { from, to, changes })
    })
    .await
}
