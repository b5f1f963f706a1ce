use super::act;
use crate::{
    answer::Answer,
    dto::releases::{release::ReleaseView, requests::CompletePhaseRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Declare a phase installed and ask for its confirmation (5.8).
#[utoipa::path(
    tag = "actions",
    operation_id = "complete_phase",
    params(("number" = String, Path), IfMatch),
    request_body = CompletePhaseRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/complete_phase")]
pub async fn complete_phase(call: Update<String, CompletePhaseRequest>) -> Answer {
    call.answer(|cx, number, version, body| {
        act(
            cx,
            number,
            version,
            &Command::CompletePhase { phase: body.phase.to_string(), stakeholders: body.stakeholders.clone() },
        )
    })
    .await
}
