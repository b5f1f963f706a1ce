use super::act;
use crate::{
    answer::Answer,
    dto::releases::{release::ReleaseView, requests::RecordVerdictRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Judge how the deployment ended (D8).
#[utoipa::path(
    tag = "actions",
    operation_id = "record_verdict",
    params(("number" = String, Path), IfMatch),
    request_body = RecordVerdictRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/record_verdict")]
pub async fn record_verdict(call: Update<String, RecordVerdictRequest>) -> Answer {
    call.answer(|cx, number, version, body| {
        act(cx, number, version, &Command::RecordVerdict { verdict: body.verdict, reason: body.reason.to_string() })
    })
    .await
}
