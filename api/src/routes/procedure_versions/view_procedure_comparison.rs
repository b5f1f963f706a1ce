use crate::{
    answer::{Answer, Reply},
    dto::procedure_versions::{VersionComparisonQuery, VersionComparisonView},
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::procedure_versions;
use fabu_domain::subjects::procedure_version::VersionLabel;

/// What differs between the texts of two versions, field by field (F2).
#[utoipa::path(
    tag = "procedure",
    operation_id = "view_procedure_comparison",
    params(("version" = VersionLabel, Path), VersionComparisonQuery),
    responses((status = 200, description = "The differences.", body = VersionComparisonView))
)]
#[get("/procedure-versions/{version}/comparison")]
pub async fn view_procedure_comparison(call: Read<VersionLabel, VersionComparisonQuery>) -> Answer {
    call.answer(|rx, version, query| {
        let (from, changes) = procedure_versions::view_procedure_comparison(rx, *version, query.from)?;
        Reply::ok(&VersionComparisonView { from, to: *version, changes })
    })
    .await
}
