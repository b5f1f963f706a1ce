use super::act;
use crate::{
    answer::Answer,
    dto::releases::{release::ReleaseView, requests::AcceptRiskRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Take a high residual risk by name (RO1b).
#[utoipa::path(
    tag = "actions",
    operation_id = "accept_risk",
    params(("number" = String, Path), IfMatch),
    request_body = AcceptRiskRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/accept_risk")]
pub async fn accept_risk(call: Update<String, AcceptRiskRequest>) -> Answer {
    call.answer(|cx, number, version, body| {
        act(cx, number, version, &Command::AcceptRisk { risk: body.risk.to_string(), reason: body.reason.to_string() })
    })
    .await
}
