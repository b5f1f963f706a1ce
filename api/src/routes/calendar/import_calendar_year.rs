use crate::{
    answer::{Answer, Reply},
    dto::calendar::{CalendarImportRequest, CalendarImportView},
    extract::{IfMatch, Update},
};
use actix_web::post;
use fabu_app::subjects::registers::calendar;

/// Enter or replace the holidays and make-up days of a year from an iCalendar file (.ics), or see what that would change. A
/// problem names the line of each event that cannot be taken: the pointer is `/ics/<line>`.
#[utoipa::path(
    tag = "calendar",
    operation_id = "import_calendar_year",
    params(("year" = i32, Path, minimum = 2000, maximum = 2100), IfMatch),
    request_body = CalendarImportRequest,
    responses((status = 200, description = "The year as it is now, or would be.", body = CalendarImportView, headers(("ETag" = String))))
)]
#[post("/calendar/years/{year}/import")]
pub async fn import_calendar_year(call: Update<i32, CalendarImportRequest>) -> Answer {
    call.answer(|cx, year, version, body| {
        let imported = calendar::import_calendar_year(cx, *year, version, &body.file())?;
        let view = CalendarImportView::new(imported, body.dry_run);
        Ok(Reply::ok(&view)?.version(view.year.version))
    })
    .await
}
