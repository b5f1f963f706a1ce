use super::viewed;
use crate::{answer::Answer, dto::quarterly::QuarterlyReportView, extract::Read};
use actix_web::get;
use fabu_app::subjects::reports;
use fabu_domain::time::quarter::Quarter;

/// A revision of the report of a quarter; a restated one is kept as it was signed.
#[utoipa::path(
    tag = "reports",
    operation_id = "view_quarterly_report_revision",
    params(("quarter" = Quarter, Path), ("revision" = u32, Path, minimum = 1)),
    responses((status = 200, description = "The revision.", body = QuarterlyReportView, headers(("ETag" = String))))
)]
#[get("/reports/quarterly/{quarter}/revisions/{revision}")]
pub async fn view_quarterly_report_revision(call: Read<(Quarter, u32)>) -> Answer {
    call.answer(|rx, (quarter, revision), _| {
        let report = reports::view_quarterly_report_revision(rx, *quarter, *revision)?;
        viewed(rx, &report)
    })
    .await
}
