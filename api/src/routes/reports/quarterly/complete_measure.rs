use super::after_step;
use crate::{
    answer::Answer,
    dto::quarterly::{CompleteMeasureRequest, QuarterlyReportView},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_app::subjects::reports;
use fabu_domain::time::quarter::Quarter;

/// Say that a measure is done, with what shows it (7a).
#[utoipa::path(
    tag = "reports",
    operation_id = "complete_measure",
    params(("quarter" = Quarter, Path), ("measure" = u32, Path, minimum = 1), IfMatch),
    request_body = CompleteMeasureRequest,
    responses((status = 200, description = "The report.", body = QuarterlyReportView, headers(("ETag" = String))))
)]
#[post("/reports/quarterly/{quarter}/measures/{measure}/completion")]
pub async fn complete_measure(call: Update<(Quarter, u32), CompleteMeasureRequest>) -> Answer {
    call.answer(|cx, (quarter, measure), version, body| {
        reports::complete_measure(cx, *quarter, *measure, version, body.evidence.as_str())?;
        after_step(cx, *quarter)
    })
    .await
}
