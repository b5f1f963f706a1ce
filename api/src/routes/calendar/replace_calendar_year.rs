use crate::{
    answer::{Answer, Reply},
    dto::calendar::{CalendarYearRequest, CalendarYearView},
    extract::{IfMatch, Update},
};
use actix_web::put;
use fabu_app::subjects::registers::calendar;

/// Enter or replace the holidays and make-up days of a year, in the shape in which they are published.
#[utoipa::path(
    tag = "calendar",
    operation_id = "replace_calendar_year",
    params(("year" = i32, Path, minimum = 2000, maximum = 2100), IfMatch),
    request_body = CalendarYearRequest,
    responses((status = 200, description = "The year.", body = CalendarYearView, headers(("ETag" = String))))
)]
#[put("/calendar/years/{year}")]
pub async fn replace_calendar_year(call: Update<i32, CalendarYearRequest>) -> Answer {
    call.answer(|cx, year, version, body| {
        let view = CalendarYearView::from(calendar::replace_calendar_year(cx, *year, version, &body.fields())?);
        Ok(Reply::ok(&view)?.version(view.version))
    })
    .await
}
