use super::after_step;
use crate::{
    answer::Answer,
    dto::quarterly::{AssessmentRequest, QuarterlyReportView},
    extract::{IfMatch, Update},
};
use actix_web::put;
use fabu_app::subjects::reports;
use fabu_domain::time::quarter::Quarter;

/// Replace what is said about the quarter: execution, cause of a gap, improvement, measures (6, 7a).
#[utoipa::path(
    tag = "reports",
    operation_id = "assess_quarterly_report",
    params(("quarter" = Quarter, Path), IfMatch),
    request_body = AssessmentRequest,
    responses((status = 200, description = "The draft.", body = QuarterlyReportView, headers(("ETag" = String))))
)]
#[put("/reports/quarterly/{quarter}/assessment")]
pub async fn assess_quarterly_report(call: Update<Quarter, AssessmentRequest>) -> Answer {
    call.answer(|cx, quarter, version, body| {
        reports::assess_quarterly_report(cx, *quarter, version, &body.assessment())?;
        after_step(cx, *quarter)
    })
    .await
}
