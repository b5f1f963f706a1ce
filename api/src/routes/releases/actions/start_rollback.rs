use super::act;
use crate::{
    answer::Answer,
    dto::releases::{release::ReleaseView, requests::GroundRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Decide to roll the deployment back (5.2, RA7).
#[utoipa::path(
    tag = "actions",
    operation_id = "start_rollback",
    params(("number" = String, Path), IfMatch),
    request_body = GroundRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/start_rollback")]
pub async fn start_rollback(call: Update<String, GroundRequest>) -> Answer {
    call.answer(|cx, number, version, body| act(cx, number, version, &Command::StartRollback { ground: body.ground.to_string() }))
        .await
}
