use crate::{
    answer::{Answer, Reply},
    dto::{records::Items, releases::people::Names, schedules::SendingView},
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::reports;
use fabu_domain::ids::ScheduleId;

/// What an arrangement has sent, newest first; at most 100.
#[utoipa::path(
    tag = "reports",
    operation_id = "list_report_sendings",
    params(("id" = ScheduleId, Path)),
    responses((status = 200, description = "The sendings.", body = Items<SendingView>))
)]
#[get("/reports/schedules/{id}/sendings")]
pub async fn list_report_sendings(call: Read<ScheduleId>) -> Answer {
    call.answer(|rx, id, _| {
        let sendings = reports::list_report_sendings(rx, *id)?;
        let names = Names::of(rx);
        Reply::ok(&Items { items: sendings.iter().map(|s| SendingView::new(&names, s)).collect() })
    })
    .await
}
