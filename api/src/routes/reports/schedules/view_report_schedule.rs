use crate::{
    answer::{Answer, Reply},
    dto::{releases::people::Names, schedules::ReportScheduleView},
    extract::Read,
};
use actix_web::get;
use fabu_app::reports;
use fabu_domain::ids::ScheduleId;

/// One arrangement.
#[utoipa::path(
    tag = "reports",
    operation_id = "view_report_schedule",
    params(("id" = ScheduleId, Path)),
    responses((status = 200, description = "The arrangement.", body = ReportScheduleView, headers(("ETag" = String))))
)]
#[get("/reports/schedules/{id}")]
pub async fn view_report_schedule(call: Read<ScheduleId>) -> Answer {
    call.answer(|rx, id, _| {
        let schedule = reports::view_report_schedule(rx, *id)?;
        Ok(Reply::ok(&ReportScheduleView::new(&Names::of(rx), &schedule))?.version(schedule.version))
    })
    .await
}
