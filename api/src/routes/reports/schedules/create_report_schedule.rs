use super::shown;
use crate::{
    answer::Answer,
    dto::schedules::{ReportScheduleRequest, ReportScheduleView},
    extract::Create,
};
use actix_web::post;
use fabu_app::reports;

/// Arrange that a report is sent.
#[utoipa::path(
    tag = "reports",
    operation_id = "create_report_schedule",
    request_body = ReportScheduleRequest,
    responses((status = 201, description = "The new arrangement.", body = ReportScheduleView, headers(("ETag" = String), ("Location" = String))))
)]
#[post("/reports/schedules")]
pub async fn create_report_schedule(call: Create<(), ReportScheduleRequest>) -> Answer {
    call.answer(|cx, (), body| {
        let schedule = reports::create_report_schedule(cx, &body.fields())?;
        let mut reply = shown(cx, &schedule)?;
        reply.kept.status = 201;
        reply.kept.location = Some(format!("/api/v1/reports/schedules/{}", schedule.id));
        Ok(reply)
    })
    .await
}
