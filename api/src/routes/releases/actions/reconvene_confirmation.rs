use super::act;
use crate::{
    answer::Answer,
    dto::releases::{release::ReleaseView, requests::ReconveneConfirmationRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Ask those who objected to a phase again (5.8).
#[utoipa::path(
    tag = "actions",
    operation_id = "reconvene_confirmation",
    params(("number" = String, Path), IfMatch),
    request_body = ReconveneConfirmationRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/reconvene_confirmation")]
pub async fn reconvene_confirmation(call: Update<String, ReconveneConfirmationRequest>) -> Answer {
    call.answer(|cx, number, version, body| {
        act(cx, number, version, &Command::ReconveneConfirmation { phase: body.phase.to_string(), note: body.note.to_string() })
    })
    .await
}
