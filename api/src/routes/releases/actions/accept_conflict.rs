use super::act;
use crate::{
    answer::Answer,
    dto::releases::{release::ReleaseView, requests::AcceptConflictRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Keep the window in spite of a conflict that needs a reason (the release owner), or except the release from a freeze (whom the
/// freeze names). The key of the conflict is in the list of conflicts of the release (5.5.4).
#[utoipa::path(
    tag = "actions",
    operation_id = "accept_conflict",
    params(("number" = String, Path), IfMatch),
    request_body = AcceptConflictRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/accept_conflict")]
pub async fn accept_conflict(call: Update<String, AcceptConflictRequest>) -> Answer {
    call.answer(|cx, number, version, body| {
        act(
            cx,
            number,
            version,
            &Command::AcceptConflict { conflict: body.conflict.to_string(), reason: body.reason.to_string() },
        )
    })
    .await
}
