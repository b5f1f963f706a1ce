use super::replace_calendar_year::{CalendarYearFields, replace, year_errors};
use crate::{AppError, Cx, Fault, FieldError};
use chrono::Datelike;
use fabu_domain::{
    ics::{self, IcsError, IcsEvent, IcsFault},
    policy_registers::Operation,
    working_time::{CalendarYear, PublishedDay},
};
use std::collections::BTreeMap;

/// A file to take a year from.
#[derive(Debug, Clone)]
pub struct CalendarFile {
    /// The iCalendar text.
    pub ics: String,
    /// Where it comes from.
    pub source: String,
    /// True: look only; nothing is changed.
    pub dry_run: bool,
}

/// What an import gives, or would give.
#[derive(Debug, Clone)]
pub struct CalendarImport {
    /// The year as it is afterwards.
    pub year: CalendarYear,
    /// Days that the year did not have, or had otherwise.
    pub added: Vec<PublishedDay>,
    /// Days that the year had and has no more, or has otherwise.
    pub removed: Vec<PublishedDay>,
    /// Days of other years, with their lines in the file.
    pub skipped: Vec<(usize, PublishedDay)>,
}

/// Replaces the arrangement of a year by what an iCalendar file says of it, or shows what that would change.
///
/// # Errors
/// Not a registrar, stale, no calendar, and with its line each event that cannot be taken: without a date or a name, one that
/// repeats, that says neither off nor worked, or otherwise than an earlier one; no day of the year at all.
pub fn import_calendar_year(cx: &mut Cx<'_, '_>, year: i32, seen: i64, file: &CalendarFile) -> Result<CalendarImport, AppError> {
    cx.about(format!("calendar/years/{year}"), None);
    cx.permit(Operation::ImportCalendarYear)?;
    let before = cx.reading(|rx| super::view_calendar_year(rx, year))?;
    cx.fresh(seen, before.version)?;
    let events = ics::read(&file.ics).map_err(|error| AppError::Invalid(faults(error)))?;
    let (own, others): (Vec<_>, Vec<_>) = events.into_iter().partition(|event| touches(event, year));
    let fields = CalendarYearFields { stated_year: None, days: once(&own)?, source: file.source.clone() };
    let errors = year_errors(year, &fields).into_iter().map(|error| FieldError { pointer: "/ics".to_owned(), ..error });
    AppError::unless_empty(errors.collect())?;
    let after = replace(cx, year, seen, &fields, file.dry_run)?;
    let (old, new) = (&before.published.days, &after.published.days);
    let without =
        |days: &[PublishedDay], known: &[PublishedDay]| days.iter().filter(|day| !known.contains(day)).cloned().collect();
    let skipped = others.into_iter().flat_map(|event| event.days.into_iter().map(move |day| (event.line, day)));
    Ok(CalendarImport { added: without(new, old), removed: without(old, new), skipped: skipped.collect(), year: after })
}

/// An event belongs to a year that one of its days lies in: the holiday of the new year often begins in December.
fn touches(event: &IcsEvent, year: i32) -> bool {
    event.days.iter().any(|day| day.date.year() == year)
}

/// Each day once; the same said twice is no fault.
fn once(events: &[IcsEvent]) -> Result<Vec<PublishedDay>, AppError> {
    let mut days: BTreeMap<_, (usize, &PublishedDay)> = BTreeMap::new();
    let mut errors = Vec::new();
    for (line, day) in events.iter().flat_map(|event| event.days.iter().map(|day| (event.line, day))) {
        let (other, known) = days.entry(day.date).or_insert((line, day));
        if known.is_off_day != day.is_off_day {
            errors.push(at(line, Fault::CalendarContradiction).with("date", day.date).with("other", *other));
        }
    }
    AppError::unless_empty(errors)?;
    Ok(days.into_values().map(|(_, day)| day.clone()).collect())
}

fn at(line: usize, fault: Fault) -> FieldError {
    FieldError::new(format!("/ics/{line}"), fault).with("line", line)
}

fn faults(error: IcsError) -> Vec<FieldError> {
    let IcsError::Events(events) = error else { return vec![FieldError::new("/ics", Fault::CalendarFormat)] };
    let fault = |(line, fault)| match fault {
        IcsFault::Dates => at(line, Fault::CalendarDates),
        IcsFault::Repeats => at(line, Fault::CalendarRepeats),
        IcsFault::Name => at(line, Fault::CalendarName),
        IcsFault::Unclear(name) => at(line, Fault::CalendarUnclear).with("name", name),
    };
    events.into_iter().map(fault).collect()
}
