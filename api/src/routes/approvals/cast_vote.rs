use super::shown;
use crate::{
    answer::Answer,
    dto::releases::approvals::{ApprovalView, CastVoteRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_app::subjects::work;
use fabu_domain::ids::ApprovalId;

/// Answer a panel, for oneself or as a deputy (5.3).
#[utoipa::path(
    tag = "approvals",
    operation_id = "cast_vote",
    params(("id" = ApprovalId, Path), IfMatch),
    request_body = CastVoteRequest,
    responses((status = 200, description = "The approval after it.", body = ApprovalView, headers(("ETag" = String))))
)]
#[post("/approvals/{id}/votes")]
pub async fn cast_vote(call: Update<ApprovalId, CastVoteRequest>) -> Answer {
    call.answer(|cx, id, version, body| shown(&work::cast_vote(cx, *id, version, body.ballot())?, cx.caller.language)).await
}
