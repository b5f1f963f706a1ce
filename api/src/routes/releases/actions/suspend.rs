use super::act;
use crate::{
    answer::Answer,
    dto::releases::{release::ReleaseView, requests::ReasonRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Suspend all work on the release (RO2).
#[utoipa::path(
    tag = "actions",
    operation_id = "suspend",
    params(("number" = String, Path), IfMatch),
    request_body = ReasonRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/suspend")]
pub async fn suspend(call: Update<String, ReasonRequest>) -> Answer {
    call.answer(|cx, number, version, body| {
        act(cx, number, version, &Command::SuspendRelease { reason: body.reason.to_string() })
    })
    .await
}
