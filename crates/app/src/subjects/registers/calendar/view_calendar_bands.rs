use crate::{AppError, FieldError, Rx};
use chrono::{DateTime, Days, NaiveDate, Utc};
use fabu_domain::{
    ids::ServiceObjectId,
    subject::operation::Operation,
    subjects::release::{
        Window,
        conflicts::{HeldFreeze, Severity},
    },
    time::{
        clock::{COMPANY_ZONE, company_day},
        working_time::PublishedDay,
    },
};
use fabu_store::BookedTime;
use std::{collections::BTreeMap, sync::Arc};

/// So many days are shown unless it is said.
const USUAL_DAYS: u64 = 30;
/// The longest time that is shown at once, in days.
const LONGEST_DAYS: i64 = 100;
/// The most bookings of people, and the most objects of releases, that are given.
const MOST_ROWS: usize = 2_000;

/// What lies behind the releases of a calendar.
#[derive(Debug, Clone)]
pub struct CalendarBands {
    /// Days off and make-up working days.
    pub days: Vec<PublishedDay>,
    /// Active freezes, each occurrence by itself.
    pub freezes: Vec<(Arc<HeldFreeze>, Window)>,
    /// By the number of the release: the worst conflict that is known to stand against its window.
    pub conflicts: BTreeMap<String, Severity>,
    /// Which objects the releases touch, by number.
    pub objects: Vec<(String, ServiceObjectId)>,
    /// Who works for which release.
    pub bookings: Vec<BookedTime>,
}

/// Holidays, freezes, known conflicts and people's bookings of these days, both included; without days, from today on.
///
/// # Errors
/// Not permitted; days in the wrong order or more than 100.
pub fn view_calendar_bands(
    rx: &mut Rx<'_, '_>,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
) -> Result<CalendarBands, AppError> {
    rx.permit(Operation::ViewCalendarBands)?;
    let from = from.unwrap_or_else(|| company_day(rx.now));
    let until = until.or_else(|| from.checked_add_days(Days::new(USUAL_DAYS))).unwrap_or(from);
    let days = (until - from).num_days();
    if !(0..LONGEST_DAYS).contains(&days) {
        return Err(FieldError::invalid("/until", "从起始日起 1 至 100 天", "1 to 100 days from the first one").into());
    }
    let time = Window { start: midnight(from), end: midnight(until.succ_opt().unwrap_or(until)) };
    let years = rx.tx.calendar_years()?;
    let published = years.into_iter().flat_map(|year| year.published.days);
    let calendar = rx.tx.freeze_calendar()?;
    let active = calendar.freezes.iter().filter(|held| held.record.active);
    let mut freezes: Vec<(Arc<HeldFreeze>, Window)> =
        active.flat_map(|held| held.within(time).into_iter().map(|span| (Arc::clone(held), span))).collect();
    freezes.sort_by_key(|(freeze, span)| (span.start, freeze.record.id));
    let releases = rx.tx.releases_between(time)?;
    let (mut objects, mut bookings) = (rx.tx.objects_of_releases(&releases)?, rx.tx.bookings_between(&releases, time)?);
    objects.truncate(MOST_ROWS);
    bookings.truncate(MOST_ROWS);
    Ok(CalendarBands {
        days: published.filter(|day| (from..=until).contains(&day.date)).collect(),
        freezes,
        objects,
        conflicts: rx.tx.standing_conflicts(&releases)?,
        bookings,
    })
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    let local = day.and_time(chrono::NaiveTime::MIN);
    local.and_local_timezone(COMPANY_ZONE).earliest().map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
}
