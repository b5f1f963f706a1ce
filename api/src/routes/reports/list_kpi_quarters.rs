use crate::{
    answer::{Answer, Reply},
    dto::{records::Items, reports::KpiQuarterView},
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::releases;

/// The quarters in which releases were judged, oldest first.
#[utoipa::path(
    tag = "reports",
    operation_id = "list_kpi_quarters",
    responses((status = 200, description = "All of them.", body = Items<KpiQuarterView>))
)]
#[get("/reports/kpi")]
pub async fn list_kpi_quarters(call: Read) -> Answer {
    call.answer(|rx, (), _| {
        let quarters = releases::list_quarters(rx)?;
        Reply::ok(&Items { items: quarters.into_iter().map(KpiQuarterView::from).collect() })
    })
    .await
}
