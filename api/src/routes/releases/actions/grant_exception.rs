use super::act;
use crate::{
    answer::Answer,
    dto::releases::{release::ReleaseView, requests::GrantExceptionRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Set a rule of segregation aside for this release (R0).
#[utoipa::path(
    tag = "actions",
    operation_id = "grant_exception",
    params(("number" = String, Path), IfMatch),
    request_body = GrantExceptionRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/grant_exception")]
pub async fn grant_exception(call: Update<String, GrantExceptionRequest>) -> Answer {
    call.answer(|cx, number, version, body| {
        act(cx, number, version, &Command::GrantException { kind: body.kind, reason: body.reason.to_string() })
    })
    .await
}
