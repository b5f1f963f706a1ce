use super::act;
use crate::{
    answer::Answer,
    dto::releases::{release::ReleaseView, requests::StartDeploymentRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Start the deployment inside its window (5.8).
#[utoipa::path(
    tag = "actions",
    operation_id = "start_deployment",
    params(("number" = String, Path), IfMatch),
    request_body = StartDeploymentRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/start_deployment")]
pub async fn start_deployment(call: Update<String, StartDeploymentRequest>) -> Answer {
    call.answer(|cx, number, version, body| {
        act(cx, number, version, &Command::StartDeployment { units: body.units.clone(), note: body.note.to_string() })
    })
    .await
}
