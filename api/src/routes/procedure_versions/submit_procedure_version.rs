use super::shown;
use crate::{
    answer::Answer,
    dto::procedure_versions::{ProcedureVersionView, SubmitProcedureVersionRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_app::subjects::procedure_versions;
use fabu_domain::subjects::procedure_version::VersionLabel;

/// Submit a version to its reviewer and the general manager (F1, 7).
#[utoipa::path(
    tag = "procedure",
    operation_id = "submit_procedure_version",
    params(("version" = VersionLabel, Path), IfMatch),
    request_body = SubmitProcedureVersionRequest,
    responses((status = 200, description = "The version.", body = ProcedureVersionView, headers(("ETag" = String))))
)]
#[post("/procedure-versions/{version}/submission")]
pub async fn submit_procedure_version(call: Update<VersionLabel, SubmitProcedureVersionRequest>) -> Answer {
    call.answer(|cx, label, version, body| {
        procedure_versions::submit_procedure_version(cx, *label, version, body.reviewer)?;
        cx.reading(|rx| shown(rx, *label))
    })
    .await
}
