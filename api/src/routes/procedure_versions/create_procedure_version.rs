use super::shown;
use crate::{
    answer::Answer,
    dto::procedure_versions::{CreateProcedureVersionRequest, ProcedureVersionView},
    extract::Create,
};
use actix_web::post;
use fabu_app::subjects::procedure_versions;

/// Begin a version with the text of the one in force; refused while another is on its way.
#[utoipa::path(
    tag = "procedure",
    operation_id = "create_procedure_version",
    request_body = CreateProcedureVersionRequest,
    responses((status = 201, description = "The draft.", body = ProcedureVersionView, headers(("ETag" = String), ("Location" = String))))
)]
#[post("/procedure-versions")]
pub async fn create_procedure_version(call: Create<(), CreateProcedureVersionRequest>) -> Answer {
    call.answer(|cx, (), body| {
        procedure_versions::create_procedure_version(cx, body.label, body.change_note.as_str(), body.effective_on)?;
        let mut reply = cx.reading(|rx| shown(rx, body.label))?;
        reply.kept.status = 201;
        reply.kept.location = Some(format!("/api/v1/procedure-versions/{}", body.label));
        Ok(reply)
    })
    .await
}
