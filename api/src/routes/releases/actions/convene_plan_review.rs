use super::act;
use crate::{
    answer::Answer,
    dto::releases::{release::ReleaseView, requests::ConveneRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_domain::subjects::release::command::Command;

/// Convene the heads of the departments to review the release plan (5.3).
#[utoipa::path(
    tag = "actions",
    operation_id = "convene_plan_review",
    params(("number" = String, Path), IfMatch),
    request_body = ConveneRequest,
    responses((status = 200, description = "The release after it.", body = ReleaseView, headers(("ETag" = String))))
)]
#[post("/releases/{number}/actions/convene_plan_review")]
pub async fn convene_plan_review(call: Update<String, ConveneRequest>) -> Answer {
    call.answer(|cx, number, version, body| {
        act(cx, number, version, &Command::ConvenePlanReview { convocation: body.convocation() })
    })
    .await
}
