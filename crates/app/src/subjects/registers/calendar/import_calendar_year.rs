use super::replace_calendar_year::{CalendarYearFields, replace, year_errors};
use crate::{AppError, Cx, Fault, FieldError, subjects::registers::not_of_own_release};
use chrono::Datelike;
use fabu_domain::{
    subject::operation::Operation,
    time::{
        ics::{self, DayDecision, IcsCalendar, IcsError, IcsEvent, IcsFault, LeftOut, WhyLeftOut},
        working_time::{CalendarYear, PublishedDay},
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// A file to take a year from.
#[derive(Debug, Clone)]
pub struct CalendarFile {
    /// The iCalendar text.
    pub ics: String,
    /// Where it comes from.
    pub source: String,
    /// What a person decided of events, by the line on which each begins.
    pub decisions: Vec<(usize, DayDecision)>,
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
    /// Events of the year that set no day, and those without days.
    pub left_out: Vec<LeftOut>,
}

/// Replaces the arrangement of a year by what an iCalendar file says of it, or shows what that would change. Events without a mark
/// set no day and are listed; those whose mark may mean either must be decided on before anything is changed.
///
/// # Errors
/// Not a registrar, stale, no calendar, a decision on no event, and with its line each event that cannot be taken: marked and without
/// a date, a known zone or a name, undecided, or otherwise than an earlier one; no day of the year at all.
pub fn import_calendar_year(cx: &mut Cx<'_, '_>, year: i32, seen: i64, file: &CalendarFile) -> Result<CalendarImport, AppError> {
    cx.about(format!("calendar/years/{year}"), None);
    cx.permit(Operation::ImportCalendarYear)?;
    not_of_own_release(cx, |_| true)?;
    let before = cx.reading(|rx| super::view_calendar_year(rx, year))?;
    cx.fresh(seen, before.version)?;
    let decided = file.decisions.iter().copied().collect();
    let IcsCalendar { events, left_out } = ics::read(&file.ics, &decided).map_err(|error| AppError::Invalid(faults(error)))?;
    AppError::unless_empty(without_event(file, &events, &left_out))?;
    let (own, others): (Vec<_>, Vec<_>) = events.into_iter().partition(|event| touches(event, year));
    let concerns = |event: &LeftOut| event.dates.is_empty() || event.dates.iter().any(|date| date.year() == year);
    let left_out: Vec<LeftOut> = left_out.into_iter().filter(concerns).collect();
    let fields = CalendarYearFields { stated_year: None, days: once(&own)?, source: file.source.clone() };
    let skipped = others.into_iter().flat_map(|event| event.days.into_iter().map(move |day| (event.line, day))).collect();
    if file.dry_run && own.is_empty() && !left_out.is_empty() {
        return Ok(CalendarImport { year: before, added: Vec::new(), removed: Vec::new(), skipped, left_out });
    }
    let errors = year_errors(year, &fields).into_iter().map(|error| FieldError { pointer: "/ics".to_owned(), ..error });
    AppError::unless_empty(errors.chain(undecided(file, &own, &left_out)).collect())?;
    let after = replace(cx, year, seen, &fields, file.dry_run)?;
    let (old, new) = (&before.published.days, &after.published.days);
    let without =
        |days: &[PublishedDay], known: &[PublishedDay]| days.iter().filter(|day| !known.contains(day)).cloned().collect();
    Ok(CalendarImport { added: without(new, old), removed: without(old, new), skipped, left_out, year: after })
}

/// Decisions on lines where no event begins.
fn without_event(file: &CalendarFile, events: &[IcsEvent], left_out: &[LeftOut]) -> Vec<FieldError> {
    let lines: BTreeSet<usize> = events.iter().map(|event| event.line).chain(left_out.iter().map(|event| event.line)).collect();
    let foreign = file.decisions.iter().enumerate().filter(|(_, (line, _))| !lines.contains(line));
    let error = |(n, _)| FieldError::invalid(format!("/decisions/{n}/line"), "此行没有事件开始", "no event begins on this line");
    foreign.map(error).collect()
}

/// Events that somebody must decide on before anything is changed: those whose mark may mean either, and all that have no mark when
/// no event of the year has one.
fn undecided(file: &CalendarFile, own: &[IcsEvent], left_out: &[LeftOut]) -> Vec<FieldError> {
    let is_open = |reason| reason == WhyLeftOut::Unclear || (own.is_empty() && reason == WhyLeftOut::Unmarked);
    let open = left_out.iter().filter(|event| !file.dry_run && is_open(event.reason));
    open.map(|event| at(event.line, Fault::CalendarUnclear).with("name", &event.name)).collect()
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
        IcsFault::Zone(zone) => at(line, Fault::CalendarZone).with("zone", zone),
        IcsFault::Name => at(line, Fault::CalendarName),
        IcsFault::Unfinished => at(line, Fault::CalendarUnfinished),
    };
    events.into_iter().map(fault).collect()
}
