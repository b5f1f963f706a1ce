use crate::{
    answer::{Answer, Reply},
    extract::{IfMatch, Update},
};
use actix_web::delete;
use fabu_app::reports;
use fabu_domain::ids::ScheduleId;

/// End an arrangement; what it sent stays on record.
#[utoipa::path(
    tag = "reports",
    operation_id = "delete_report_schedule",
    params(("id" = ScheduleId, Path), IfMatch),
    responses((status = 204, description = "It is ended."))
)]
#[delete("/reports/schedules/{id}")]
pub async fn delete_report_schedule(call: Update<ScheduleId>) -> Answer {
    call.answer(|cx, id, version, _| {
        reports::delete_report_schedule(cx, *id, version)?;
        Ok(Reply::no_content())
    })
    .await
}
