use super::after_step;
use crate::{
    answer::Answer,
    dto::quarterly::{QuarterlyReportView, ReasonRequest},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_app::subjects::reports;
use fabu_domain::time::quarter::Quarter;

/// Open the next revision of an approved report whose count has changed; the old one stays.
#[utoipa::path(
    tag = "reports",
    operation_id = "restate_quarterly_report",
    params(("quarter" = Quarter, Path), IfMatch),
    request_body = ReasonRequest,
    responses((status = 200, description = "The new draft.", body = QuarterlyReportView, headers(("ETag" = String))))
)]
#[post("/reports/quarterly/{quarter}/restatements")]
pub async fn restate_quarterly_report(call: Update<Quarter, ReasonRequest>) -> Answer {
    call.answer(|cx, quarter, version, body| {
        reports::restate_quarterly_report(cx, *quarter, version, body.reason.as_str())?;
        after_step(cx, *quarter)
    })
    .await
}
