use super::shown;
use crate::{
    answer::Answer,
    dto::schedules::{ReportScheduleRequest, ReportScheduleView},
    extract::{IfMatch, Update},
};
use actix_web::put;
use fabu_app::reports;
use fabu_domain::ids::ScheduleId;

/// Replace an arrangement.
#[utoipa::path(
    tag = "reports",
    operation_id = "update_report_schedule",
    params(("id" = ScheduleId, Path), IfMatch),
    request_body = ReportScheduleRequest,
    responses((status = 200, description = "The arrangement.", body = ReportScheduleView, headers(("ETag" = String))))
)]
#[put("/reports/schedules/{id}")]
pub async fn update_report_schedule(call: Update<ScheduleId, ReportScheduleRequest>) -> Answer {
    call.answer(|cx, id, version, body| {
        let schedule = reports::update_report_schedule(cx, *id, version, &body.fields())?;
        shown(cx, &schedule)
    })
    .await
}
