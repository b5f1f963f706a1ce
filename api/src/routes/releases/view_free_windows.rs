use crate::{
    answer::{Answer, Reply},
    dto::releases::conflicts::{FreeWindowView, FreeWindowsQuery, FreeWindowsView},
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::releases::conflicts;

/// The next windows within 90 days that nothing stands against, at full and half hours (5.5.4).
#[utoipa::path(
    tag = "releases",
    operation_id = "view_free_windows",
    params(("number" = String, Path), FreeWindowsQuery),
    responses((status = 200, description = "The windows.", body = FreeWindowsView))
)]
#[get("/releases/{number}/free-windows")]
pub async fn view_free_windows(call: Read<String, FreeWindowsQuery>) -> Answer {
    call.answer(|rx, number, query| {
        let items = conflicts::view_free_windows(rx, number, query.into())?;
        Reply::ok(&FreeWindowsView { items: items.into_iter().map(FreeWindowView::from).collect() })
    })
    .await
}
