use crate::{
    answer::{Answer, Reply},
    dto::changes::{ApproveChangeRequest, ChangeView},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_app::subjects::changes;
use fabu_domain::ids::ChangeId;

/// Enter the evidence that change management approved, with impact and resource analysis (9.1b).
#[utoipa::path(
    tag = "changes",
    operation_id = "approve_change",
    params(("id" = ChangeId, Path), IfMatch),
    request_body = ApproveChangeRequest,
    responses((status = 200, description = "The approved change.", body = ChangeView, headers(("ETag" = String))))
)]
#[post("/changes/{id}/approval")]
pub async fn approve_change(call: Update<ChangeId, ApproveChangeRequest>) -> Answer {
    call.answer(|cx, id, version, body| {
        let change = changes::approve_change(cx, *id, version, &body.evidence())?;
        let change = cx.reading(|rx| ChangeView::of(rx, change))?;
        Ok(Reply::ok(&change)?.version(change.version))
    })
    .await
}
