use crate::{
    answer::{Answer, Reply},
    dto::calendar::CalendarView,
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::registers::calendar;

/// Working hours, the years whose holidays are entered, and a warning while one is missing.
#[utoipa::path(
    tag = "calendar",
    operation_id = "view_calendar",
    responses((status = 200, description = "The calendar.", body = CalendarView))
)]
#[get("/calendar")]
pub async fn view_calendar(call: Read) -> Answer {
    call.answer(|rx, (), _| {
        let overview = calendar::view_calendar(rx)?;
        Reply::ok(&CalendarView::new(&overview, rx.directory.calendar.hours(), rx.caller.language))
    })
    .await
}
