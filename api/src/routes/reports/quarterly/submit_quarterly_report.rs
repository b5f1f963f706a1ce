use super::after_step;
use crate::{
    answer::Answer,
    dto::quarterly::QuarterlyReportView,
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_app::subjects::reports;
use fabu_domain::time::quarter::Quarter;

/// Send the report for approval; refused while something is missing (7a).
#[utoipa::path(
    tag = "reports",
    operation_id = "submit_quarterly_report",
    params(("quarter" = Quarter, Path), IfMatch),
    responses((status = 200, description = "The report.", body = QuarterlyReportView, headers(("ETag" = String))))
)]
#[post("/reports/quarterly/{quarter}/submission")]
pub async fn submit_quarterly_report(call: Update<Quarter>) -> Answer {
    call.answer(|cx, quarter, version, _| {
        reports::submit_quarterly_report(cx, *quarter, version)?;
        after_step(cx, *quarter)
    })
    .await
}
