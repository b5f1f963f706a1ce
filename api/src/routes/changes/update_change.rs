use crate::{
    answer::{Answer, Reply},
    dto::changes::{ChangeRequest, ChangeView},
    extract::{IfMatch, Update},
};
use actix_web::put;
use fabu_app::subjects::changes;
use fabu_domain::ids::ChangeId;

/// Correct a change that is not yet approved.
#[utoipa::path(
    tag = "changes",
    operation_id = "update_change",
    params(("id" = ChangeId, Path), IfMatch),
    request_body = ChangeRequest,
    responses((status = 200, description = "The change.", body = ChangeView, headers(("ETag" = String))))
)]
#[put("/changes/{id}")]
pub async fn update_change(call: Update<ChangeId, ChangeRequest>) -> Answer {
    call.answer(|cx, id, version, body| {
        let change = changes::update_change(cx, *id, version, &body.fields())?;
        let change = cx.reading(|rx| ChangeView::of(rx, change))?;
        Ok(Reply::ok(&change)?.version(change.version))
    })
    .await
}
