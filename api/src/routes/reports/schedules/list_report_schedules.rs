use crate::{
    answer::{Answer, Reply},
    dto::{records::Items, releases::people::Names, schedules::ReportScheduleView},
    extract::Read,
};
use actix_web::get;
use fabu_app::reports;

/// Every arrangement.
#[utoipa::path(
    tag = "reports",
    operation_id = "list_report_schedules",
    responses((status = 200, description = "All of them.", body = Items<ReportScheduleView>))
)]
#[get("/reports/schedules")]
pub async fn list_report_schedules(call: Read) -> Answer {
    call.answer(|rx, (), _| {
        let schedules = reports::list_report_schedules(rx)?;
        let names = Names::of(rx);
        Reply::ok(&Items { items: schedules.iter().map(|s| ReportScheduleView::new(&names, s)).collect() })
    })
    .await
}
