use crate::{AppError, Rx};
use chrono::DateTime;
use fabu_domain::{
    subject::operation::Operation,
    time::working_time::{CalendarYear, PublishedYear},
};

/// The arrangement of a year; one that is not entered has no days and version 0.
///
/// # Errors
/// Not found outside 2000 to 2100.
pub fn view_calendar_year(rx: &mut Rx<'_, '_>, year: i32) -> Result<CalendarYear, AppError> {
    rx.permit(Operation::ViewCalendarYear)?;
    super::replace_calendar_year::known(year)?;
    let found = rx.tx.calendar_years()?.into_iter().find(|entered| entered.published.year == year);
    Ok(found.unwrap_or_else(|| CalendarYear {
        published: PublishedYear { year, days: Vec::new() },
        source: String::new(),
        updated_at: DateTime::UNIX_EPOCH,
        version: 0,
    }))
}
