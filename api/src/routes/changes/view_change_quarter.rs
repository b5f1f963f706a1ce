use crate::{
    answer::{Answer, Reply},
    dto::change_progress::ChangeQuarterView,
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::changes;
use fabu_domain::time::quarter::Quarter;

/// The changes that wait, are planned in releases, and were released in a quarter (9.1a, 9.1c).
#[utoipa::path(
    tag = "changes",
    operation_id = "view_change_quarter",
    params(("quarter" = Quarter, Path)),
    responses((status = 200, description = "The changes of the quarter.", body = ChangeQuarterView))
)]
#[get("/change-quarters/{quarter}")]
pub async fn view_change_quarter(call: Read<Quarter>) -> Answer {
    call.answer(|rx, quarter, _| {
        let found = changes::view_change_quarter(rx, *quarter)?;
        Reply::ok(&ChangeQuarterView::of(rx, found)?)
    })
    .await
}
