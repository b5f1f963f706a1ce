use super::after_step;
use crate::{
    answer::Answer,
    dto::quarterly::{QuarterlyReportView, ReasonRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_app::subjects::reports;
use fabu_domain::time::quarter::Quarter;

/// Send the report back with a reason.
#[utoipa::path(
    tag = "reports",
    operation_id = "return_quarterly_report",
    params(("quarter" = Quarter, Path), IfMatch),
    request_body = ReasonRequest,
    responses((status = 200, description = "The draft.", body = QuarterlyReportView, headers(("ETag" = String))))
)]
#[post("/reports/quarterly/{quarter}/return")]
pub async fn return_quarterly_report(call: Update<Quarter, ReasonRequest>) -> Answer {
    call.answer(|cx, quarter, version, body| {
        reports::return_quarterly_report(cx, *quarter, version, body.reason.as_str())?;
        after_step(cx, *quarter)
    })
    .await
}
