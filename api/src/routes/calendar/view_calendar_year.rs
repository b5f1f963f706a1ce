use crate::{
    answer::{Answer, Reply},
    dto::calendar::CalendarYearView,
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::registers::calendar;

/// The holidays and make-up days of a year; version 0 while they are not entered.
#[utoipa::path(
    tag = "calendar",
    operation_id = "view_calendar_year",
    params(("year" = i32, Path, minimum = 2000, maximum = 2100)),
    responses((status = 200, description = "The year.", body = CalendarYearView, headers(("ETag" = String))))
)]
#[get("/calendar/years/{year}")]
pub async fn view_calendar_year(call: Read<i32>) -> Answer {
    call.answer(|rx, year, _| {
        let view = CalendarYearView::from(calendar::view_calendar_year(rx, *year)?);
        Ok(Reply::ok(&view)?.version(view.version))
    })
    .await
}
