use crate::{
    answer::{Answer, Reply},
    dto::change_progress::ChangeProgressView,
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::changes;
use fabu_domain::ids::ChangeId;

/// Where a change stands: its release, the verdict by environment, and the configuration results (9.1c, 9.1e).
#[utoipa::path(
    tag = "changes",
    operation_id = "view_change_progress",
    params(("id" = ChangeId, Path)),
    responses((status = 200, description = "The change on its way.", body = ChangeProgressView))
)]
#[get("/changes/{id}/progress")]
pub async fn view_change_progress(call: Read<ChangeId>) -> Answer {
    call.answer(|rx, id, _| Reply::ok(&ChangeProgressView::from(changes::view_change_progress(rx, *id)?))).await
}
