use super::act;
use crate::{
    answer::Answer,
    dto::releases::{optional, release::ReleaseView, requests::OptionalNoteRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Send the drafted updates to the configuration administrator (5.9).
#[utoipa::path(
    tag = "actions",
    operation_id = "send_configuration_request",
    params(("number" = String, Path), IfMatch),
    request_body = OptionalNoteRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/send_configuration_request")]
pub async fn send_configuration_request(call: Update<String, OptionalNoteRequest>) -> Answer {
    call.answer(|cx, number, version, body| {
        act(cx, number, version, &Command::SendConfigurationRequest { note: optional(body.note.as_ref()) })
    })
    .await
}
