use super::after_step;
use crate::{
    answer::Answer,
    dto::quarterly::QuarterlyReportView,
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_app::subjects::reports;
use fabu_domain::time::quarter::Quarter;

/// Approve and freeze the report (6); refused with an unreviewed failure (3.5) or by a contributor.
#[utoipa::path(
    tag = "reports",
    operation_id = "approve_quarterly_report",
    params(("quarter" = Quarter, Path), IfMatch),
    responses((status = 200, description = "The frozen report.", body = QuarterlyReportView, headers(("ETag" = String))))
)]
#[post("/reports/quarterly/{quarter}/approval")]
pub async fn approve_quarterly_report(call: Update<Quarter>) -> Answer {
    call.answer(|cx, quarter, version, _| {
        reports::approve_quarterly_report(cx, *quarter, version)?;
        after_step(cx, *quarter)
    })
    .await
}
