use super::shown;
use crate::{answer::Answer, dto::releases::approvals::ApprovalView, extract::Read};
use actix_web::get;
use fabu_app::subjects::work;
use fabu_domain::ids::ApprovalId;

/// One approval: exactly what is signed off, what has changed since the caller's last answer, the risks and the votes.
#[utoipa::path(
    tag = "approvals",
    operation_id = "view_approval",
    params(("id" = ApprovalId, Path)),
    responses((status = 200, description = "The approval.", body = ApprovalView, headers(("ETag" = String))))
)]
#[get("/approvals/{id}")]
pub async fn view_approval(call: Read<ApprovalId>) -> Answer {
    call.answer(|rx, id, _| shown(&work::view_approval(rx, *id)?, rx.caller.language)).await
}
