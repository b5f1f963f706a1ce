use crate::{
    answer::{Answer, Reply},
    dto::configuration_items::AffectedView,
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::configuration;

/// What a release touches besides its own items: related items, their systems, departments and customers (5.2.5, 5.3a).
#[utoipa::path(
    tag = "configuration",
    operation_id = "view_affected_items",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007")),
    responses((status = 200, description = "What is touched.", body = AffectedView))
)]
#[get("/releases/{number}/affected-items")]
pub async fn view_affected_items(call: Read<String>) -> Answer {
    call.answer(|rx, number, _| Reply::ok(&AffectedView::from(configuration::affected_by_release(rx, number)?))).await
}
