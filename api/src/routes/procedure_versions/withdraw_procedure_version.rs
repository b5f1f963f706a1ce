use super::shown;
use crate::{
    answer::Answer,
    dto::{procedure_versions::ProcedureVersionView, quarterly::ReasonRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_app::subjects::procedure_versions;
use fabu_domain::subjects::procedure_version::VersionLabel;

/// Give up a version that is not approved.
#[utoipa::path(
    tag = "procedure",
    operation_id = "withdraw_procedure_version",
    params(("version" = VersionLabel, Path), IfMatch),
    request_body = ReasonRequest,
    responses((status = 200, description = "The version.", body = ProcedureVersionView, headers(("ETag" = String))))
)]
#[post("/procedure-versions/{version}/withdrawal")]
pub async fn withdraw_procedure_version(call: Update<VersionLabel, ReasonRequest>) -> Answer {
    call.answer(|cx, label, version, body| {
        procedure_versions::withdraw_procedure_version(cx, *label, version, body.reason.as_str())?;
        cx.reading(|rx| shown(rx, *label))
    })
    .await
}
