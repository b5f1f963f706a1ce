use super::act;
use crate::{
    answer::Answer,
    dto::releases::{release::ReleaseView, requests::ReasonRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Go on with a suspended release (RO2).
#[utoipa::path(
    tag = "actions",
    operation_id = "resume",
    params(("number" = String, Path), IfMatch),
    request_body = ReasonRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/resume")]
pub async fn resume(call: Update<String, ReasonRequest>) -> Answer {
    call.answer(|cx, number, version, body| act(cx, number, version, &Command::ResumeRelease { reason: body.reason.to_string() }))
        .await
}
