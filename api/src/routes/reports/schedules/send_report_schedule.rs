use crate::{
    answer::{Answer, Reply},
    dto::{releases::people::Names, schedules::SendingView},
    extract::Create,
};
use actix_web::post;
use fabu_app::subjects::reports;
use fabu_domain::ids::ScheduleId;

/// Send at once what an arrangement has to say, whatever the time.
#[utoipa::path(
    tag = "reports",
    operation_id = "send_report_schedule",
    params(("id" = ScheduleId, Path)),
    responses((status = 201, description = "What was sent, and to whom.", body = SendingView, headers(("Location" = String))))
)]
#[post("/reports/schedules/{id}/sendings")]
pub async fn send_report_schedule(call: Create<ScheduleId>) -> Answer {
    call.answer(|cx, id, _| {
        let sending = reports::send_report_schedule(cx, *id)?;
        let place = format!("reports/schedules/{id}/sendings");
        cx.reading(|rx| Reply::created(&place, &SendingView::new(&Names::of(rx), &sending)))
    })
    .await
}
