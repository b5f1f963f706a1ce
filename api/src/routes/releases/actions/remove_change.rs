use super::act;
use crate::{
    answer::Answer,
    dto::releases::{release::ReleaseView, requests::RemoveChangeRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Take a change out of the release (9.1a).
#[utoipa::path(
    tag = "actions",
    operation_id = "remove_change",
    params(("number" = String, Path), IfMatch),
    request_body = RemoveChangeRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/remove_change")]
pub async fn remove_change(call: Update<String, RemoveChangeRequest>) -> Answer {
    call.answer(|cx, number, version, body| {
        act(cx, number, version, &Command::RemoveChange { change_id: body.change_id, reason: body.reason.to_string() })
    })
    .await
}
