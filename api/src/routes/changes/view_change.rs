use crate::{
    answer::{Answer, Reply},
    dto::changes::ChangeView,
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::changes;
use fabu_domain::ids::ChangeId;

/// One change.
#[utoipa::path(
    tag = "changes",
    operation_id = "view_change",
    params(("id" = ChangeId, Path)),
    responses((status = 200, description = "The change.", body = ChangeView, headers(("ETag" = String))))
)]
#[get("/changes/{id}")]
pub async fn view_change(call: Read<ChangeId>) -> Answer {
    call.answer(|rx, id, _| {
        let change = changes::view_change(rx, *id)?;
        let change = ChangeView::of(rx, change)?;
        Ok(Reply::ok(&change)?.version(change.version).live())
    })
    .await
}
