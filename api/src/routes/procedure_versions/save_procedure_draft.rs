use super::shown;
use crate::{
    answer::Answer,
    dto::procedure_versions::{ProcedureVersionView, SaveProcedureDraftRequest},
    extract::{IfMatch, Update},
};
use actix_web::put;
use fabu_app::subjects::procedure_versions;
use fabu_domain::subjects::procedure_version::VersionLabel;

/// Save the whole text of a version as its draft.
#[utoipa::path(
    tag = "procedure",
    operation_id = "save_procedure_draft",
    params(("version" = VersionLabel, Path), IfMatch),
    request_body = SaveProcedureDraftRequest,
    responses((status = 200, description = "The draft.", body = ProcedureVersionView, headers(("ETag" = String))))
)]
#[put("/procedure-versions/{version}/text")]
pub async fn save_procedure_draft(mut call: Update<VersionLabel, SaveProcedureDraftRequest>) -> Answer {
    // Read before the transaction: it is slow for a long text.
    let text = call.body.text()?;
    call.answer(move |cx, label, version, _| {
        procedure_versions::save_procedure_draft(cx, *label, version, &text)?;
        cx.reading(|rx| shown(rx, *label))
    })
    .await
}
