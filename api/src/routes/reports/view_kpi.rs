use crate::{
    answer::{Answer, Reply},
    dto::reports::KpiView,
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::releases;
use fabu_domain::time::quarter::Quarter;

/// The success rate of a quarter, with the list of the releases behind every figure (§10).
#[utoipa::path(
    tag = "reports",
    operation_id = "view_kpi",
    params(("quarter" = Quarter, Path)),
    responses((status = 200, description = "The figures.", body = KpiView))
)]
#[get("/reports/kpi/{quarter}")]
pub async fn view_kpi(call: Read<Quarter>) -> Answer {
    call.answer(|rx, quarter, _| {
        let kpi = releases::view_kpi(rx, *quarter)?;
        Reply::ok(&KpiView::new(&kpi, &rx.directory, rx.caller.language))
    })
    .await
}
