use crate::{
    answer::{Answer, Reply},
    dto::{
        calendar_bands::{CalendarBandsQuery, CalendarBandsView},
        releases::people::Names,
    },
    extract::Read,
};
use actix_web::get;
use fabu_app::subjects::registers::calendar;

/// What lies behind the releases of a calendar: holidays, freezes as single occurrences, known conflicts, people's bookings.
#[utoipa::path(
    tag = "calendar",
    operation_id = "view_calendar_bands",
    params(CalendarBandsQuery),
    responses((status = 200, description = "The bands.", body = CalendarBandsView))
)]
#[get("/calendar/bands")]
pub async fn view_calendar_bands(call: Read<(), CalendarBandsQuery>) -> Answer {
    call.answer(|rx, (), query| {
        let bands = calendar::view_calendar_bands(rx, query.from, query.until)?;
        Reply::ok(&CalendarBandsView::new(bands, &Names::of(rx)))
    })
    .await
}
