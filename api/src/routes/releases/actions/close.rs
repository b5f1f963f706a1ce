use super::act;
use crate::{
    answer::Answer,
    dto::releases::{release::ReleaseView, requests::NoteRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Close the release (5.10).
#[utoipa::path(
    tag = "actions",
    operation_id = "close",
    params(("number" = String, Path), IfMatch),
    request_body = NoteRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/close")]
pub async fn close(call: Update<String, NoteRequest>) -> Answer {
    call.answer(|cx, number, version, body| act(cx, number, version, &Command::CloseRelease { note: body.note.to_string() }))
        .await
}
