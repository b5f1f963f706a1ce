use crate::{AppError, Cx, Fault, FieldError, subjects::registers::not_of_own_release};
use chrono::{Datelike, NaiveDate};
use fabu_domain::{
    subject::operation::Operation,
    time::working_time::{CalendarYear, PublishedDay, PublishedYear},
};
use serde_json::json;
use std::collections::BTreeSet;

/// No year has more days than this, with the edges of its neighbours.
const MOST_DAYS: usize = 400;

/// The announced days of a year.
#[derive(Debug, Clone)]
pub struct CalendarYearFields {
    /// The year that the file says it is for, if it says so.
    pub stated_year: Option<i32>,
    /// Days that differ from Monday to Friday.
    pub days: Vec<PublishedDay>,
    /// Where they were announced.
    pub source: String,
}

/// The years that can be arranged.
pub(super) fn known(year: i32) -> Result<(), AppError> {
    if (2000..=2100).contains(&year) { Ok(()) } else { Err(AppError::NotFound { what: "calendar year" }) }
}

/// Replaces the arrangement of a year by the announced one. Due dates that are set already stay as they are.
///
/// # Errors
/// Not a registrar, stale, no day, a day named twice or outside the year (December before and January after belong to it).
pub fn replace_calendar_year(
    cx: &mut Cx<'_, '_>,
    year: i32,
    seen: i64,
    fields: &CalendarYearFields,
) -> Result<CalendarYear, AppError> {
    cx.about(format!("calendar/years/{year}"), None);
    cx.permit(Operation::ReplaceCalendarYear)?;
    not_of_own_release(cx, |_| true)?; // every time limit follows from it
    known(year)?;
    AppError::unless_empty(year_errors(year, fields))?;
    replace(cx, year, seen, fields, false)
}

/// Replaces the arrangement, or only gives what it would be.
pub(super) fn replace(
    cx: &mut Cx<'_, '_>,
    year: i32,
    seen: i64,
    fields: &CalendarYearFields,
    dry_run: bool,
) -> Result<CalendarYear, AppError> {
    let mut days = fields.days.clone();
    days.sort_by_key(|day| day.date);
    let published = PublishedYear { year, days };
    let mut after = CalendarYear { published, source: fields.source.clone(), updated_at: cx.now, version: seen };
    if dry_run {
        return Ok(after);
    }
    let entry = cx.entry("calendar.year_replaced", format!("calendar/years/{year}"), json!(after));
    after.version = cx.tx.replace_calendar_year(&after, seen, &entry)?;
    Ok(after)
}

/// What is wrong with the days of a year.
pub(super) fn year_errors(year: i32, fields: &CalendarYearFields) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if fields.stated_year.is_some_and(|stated| stated != year) {
        errors.push(FieldError::invalid("/year", format!("须为 {year}"), format!("must be {year}")));
    }
    if fields.days.is_empty() {
        errors.push(FieldError::new("/days", Fault::FieldEmpty));
    }
    if fields.days.len() > MOST_DAYS {
        let (zh, en) = (format!("至多 {MOST_DAYS} 天"), format!("at most {MOST_DAYS} days"));
        errors.push(FieldError::new("/days", Fault::FieldTooManyRows).because(zh, en));
    }
    let mut seen: BTreeSet<NaiveDate> = BTreeSet::new();
    for (index, day) in fields.days.iter().enumerate() {
        let at = format!("/days/{index}/date");
        if !belongs(day.date, year) {
            errors.push(FieldError::invalid(at, format!("不属于 {year} 年"), format!("does not belong to {year}")));
        } else if !seen.insert(day.date) {
            errors.push(FieldError::invalid(at, "日期重复", "the day is named twice"));
        }
    }
    errors
}

/// The new year holiday often begins in December or is made up in January.
fn belongs(day: NaiveDate, year: i32) -> bool {
    day.year() == year || (day.year() == year - 1 && day.month() == 12) || (day.year() == year + 1 && day.month() == 1)
}
