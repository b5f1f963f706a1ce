use crate::{
    answer::{Answer, Reply},
    dto::{records::Items, releases::people::Names, schedules::MessagePreview},
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::reports;
use fabu_domain::ids::ScheduleId;

/// What an arrangement would send now, message by message.
#[utoipa::path(
    tag = "reports",
    operation_id = "preview_report_schedule",
    params(("id" = ScheduleId, Path)),
    responses((status = 200, description = "The messages.", body = Items<MessagePreview>))
)]
#[get("/reports/schedules/{id}/preview")]
pub async fn preview_report_schedule(call: Read<ScheduleId>) -> Answer {
    call.answer(|rx, id, _| {
        let prepared = reports::preview_report_schedule(rx, *id)?;
        let names = Names::of(rx);
        Reply::ok(&Items { items: prepared.iter().map(|p| MessagePreview::new(&names, p, rx.now)).collect() })
    })
    .await
}
