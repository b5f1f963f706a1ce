use super::act;
use crate::{
    answer::Answer,
    dto::releases::{release::ReleaseView, requests::ConveneRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Convene the approval of an emergency release (D11).
#[utoipa::path(
    tag = "actions",
    operation_id = "convene_emergency_approval",
    params(("number" = String, Path), IfMatch),
    request_body = ConveneRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/convene_emergency_approval")]
pub async fn convene_emergency_approval(call: Update<String, ConveneRequest>) -> Answer {
    call.answer(|cx, number, version, body| {
        act(cx, number, version, &Command::ConveneEmergencyApproval { convocation: body.convocation() })
    })
    .await
}
