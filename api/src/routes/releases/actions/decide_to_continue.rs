use super::act;
use crate::{
    answer::Answer,
    dto::releases::{release::ReleaseView, requests::GroundRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Decide to go on in spite of a failure (5.8).
#[utoipa::path(
    tag = "actions",
    operation_id = "decide_to_continue",
    params(("number" = String, Path), IfMatch),
    request_body = GroundRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/decide_to_continue")]
pub async fn decide_to_continue(call: Update<String, GroundRequest>) -> Answer {
    call.answer(|cx, number, version, body| {
        act(cx, number, version, &Command::DecideToContinue { ground: body.ground.to_string() })
    })
    .await
}
