use super::act;
use crate::{
    answer::Answer,
    dto::releases::{release::ReleaseView, requests::ReasonRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Take the release plan back for a new revision (5.3).
#[utoipa::path(
    tag = "actions",
    operation_id = "revise_release_plan",
    params(("number" = String, Path), IfMatch),
    request_body = ReasonRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/revise_release_plan")]
pub async fn revise_release_plan(call: Update<String, ReasonRequest>) -> Answer {
    call.answer(|cx, number, version, body| {
        act(cx, number, version, &Command::ReviseReleasePlan { reason: body.reason.to_string() })
    })
    .await
}
