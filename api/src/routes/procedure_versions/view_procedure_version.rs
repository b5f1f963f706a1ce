use super::shown;
use crate::{answer::Answer, dto::procedure_versions::ProcedureVersionView, extract::Read};
use actix_web::get;
use fabu_domain::subjects::procedure_version::VersionLabel;

/// A version of the procedure with its text and what the reader can do with it.
#[utoipa::path(
    tag = "procedure",
    operation_id = "view_procedure_version",
    params(("version" = VersionLabel, Path)),
    responses((status = 200, description = "The version.", body = ProcedureVersionView, headers(("ETag" = String))))
)]
#[get("/procedure-versions/{version}")]
pub async fn view_procedure_version(call: Read<VersionLabel>) -> Answer {
    call.answer(|rx, version, _| shown(rx, *version)).await
}
