use super::viewed;
use crate::{answer::Answer, dto::quarterly::QuarterlyReportView, extract::Read};
use actix_web::get;
use fabu_app::subjects::reports;
use fabu_domain::time::quarter::Quarter;

/// The report of a quarter in its newest revision.
#[utoipa::path(
    tag = "reports",
    operation_id = "view_quarterly_report",
    params(("quarter" = Quarter, Path)),
    responses((status = 200, description = "The report.", body = QuarterlyReportView, headers(("ETag" = String))))
)]
#[get("/reports/quarterly/{quarter}")]
pub async fn view_quarterly_report(call: Read<Quarter>) -> Answer {
    call.answer(|rx, quarter, _| {
        let report = reports::view_quarterly_report(rx, *quarter)?;
        viewed(rx, &report)
    })
    .await
}
