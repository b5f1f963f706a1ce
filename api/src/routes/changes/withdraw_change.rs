use crate::{
    answer::{Answer, Reply},
    dto::changes::{ChangeView, WithdrawChangeRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_app::subjects::changes;
use fabu_domain::ids::ChangeId;

/// Take a change back, if it is said also out of an open release; it can start no release from then on.
#[utoipa::path(
    tag = "changes",
    operation_id = "withdraw_change",
    params(("id" = ChangeId, Path), IfMatch),
    request_body = WithdrawChangeRequest,
    responses((status = 200, description = "The withdrawn change.", body = ChangeView, headers(("ETag" = String))))
)]
#[post("/changes/{id}/withdrawal")]
pub async fn withdraw_change(call: Update<ChangeId, WithdrawChangeRequest>) -> Answer {
    call.answer(|cx, id, version, body| {
        let change = changes::withdraw_change(cx, *id, version, &body.reason, body.from_release)?;
        let change = cx.reading(|rx| ChangeView::of(rx, change))?;
        Ok(Reply::ok(&change)?.version(change.version))
    })
    .await
}
