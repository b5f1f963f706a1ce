//! Working days and hours in company time; deadlines run on them (休 and 班 are data, not code).
//!
//! Without an entry, Monday to Friday are working days. An entry makes a day off (休) or a make-up working day (班).

use crate::time::{clock::COMPANY_ZONE, quarter::Quarter};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

crate::word_enum! {
    /// What a listed day is.
    DayKind {
        /// 休: off, whatever the day of the week.
        Off = "off",
        /// 班: worked, though it is a Saturday or Sunday.
        Working = "working",
    }
}

/// A span of the working day in company time, `[start, end)`, in minutes after midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkingSpan {
    /// When it begins.
    pub start: u32,
    /// When it is over.
    pub end: u32,
}

/// The public JSON shape in which a year's holidays are published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedYear {
    /// The year the arrangement is made for.
    pub year: i32,
    /// The days that differ from Monday to Friday.
    pub days: Vec<PublishedDay>,
}

/// One published day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedDay {
    /// The holiday it belongs to.
    pub name: String,
    /// The day.
    pub date: NaiveDate,
    /// True: off. False: a make-up working day.
    #[serde(rename = "isOffDay")]
    pub is_off_day: bool,
}

/// The arrangement of a year as the register keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CalendarYear {
    /// The days.
    #[serde(flatten)]
    pub published: PublishedYear,
    /// Where they were announced.
    pub source: String,
    /// When they were entered.
    pub updated_at: DateTime<Utc>,
    /// Concurrency version of the record (ETag).
    pub version: i64,
}

/// Which days are worked, and at which hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingCalendar {
    days: BTreeMap<NaiveDate, DayKind>,
    years: BTreeSet<i32>,
    hours: Vec<WorkingSpan>,
}

/// Hours that are no working day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("working hours must be one or more spans in ascending order, each ending after its start and by 24:00")]
pub struct NoWorkingHours;

/// The longest search for a working day: nobody is off for longer.
const HORIZON_DAYS: u32 = 400;

/// 09:00–12:00 and 13:30–18:00.
const DEFAULT_HOURS: [WorkingSpan; 2] = [WorkingSpan { start: 540, end: 720 }, WorkingSpan { start: 810, end: 1080 }];

/// The State Council's arrangement for 2026: first and last day off.
const OFF_2026: [((u32, u32), (u32, u32)); 7] = [
    ((1, 1), (1, 3)),
    ((2, 15), (2, 23)),
    ((4, 4), (4, 6)),
    ((5, 1), (5, 5)),
    ((6, 19), (6, 21)),
    ((9, 25), (9, 27)),
    ((10, 1), (10, 7)),
];

/// The make-up working days of 2026.
const WORKING_2026: [(u32, u32); 6] = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)];

impl Default for WorkingCalendar {
    /// The arrangement for 2026, plain Monday to Friday in other years, 09:00–12:00 and 13:30–18:00.
    fn default() -> Self {
        let day = |(month, day)| NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default();
        let off = OFF_2026.iter().flat_map(|(first, last)| {
            let last = day(*last);
            day(*first).iter_days().take_while(move |d| *d <= last).map(|d| (d, DayKind::Off))
        });
        let worked = WORKING_2026.iter().map(|date| (day(*date), DayKind::Working));
        Self { days: off.chain(worked).collect(), years: [2026].into(), hours: DEFAULT_HOURS.to_vec() }
    }
}

impl WorkingCalendar {
    /// A calendar with these days and hours.
    ///
    /// # Errors
    /// [`NoWorkingHours`] when the spans are none, overlap, or leave the day.
    pub fn new(days: impl IntoIterator<Item = (NaiveDate, DayKind)>, hours: Vec<WorkingSpan>) -> Result<Self, NoWorkingHours> {
        let ordered = hours.windows(2).all(|pair| pair[0].end <= pair[1].start);
        let each = hours.iter().all(|span| span.start < span.end && span.end <= 24 * 60);
        if hours.is_empty() || !ordered || !each {
            return Err(NoWorkingHours);
        }
        let days: BTreeMap<_, _> = days.into_iter().collect();
        let years = days.keys().map(Datelike::year).collect();
        Ok(Self { days, years, hours })
    }

    /// A calendar of these years with the usual hours. A day that two years name is as the later one says.
    #[must_use]
    pub fn of_years<'a>(years: impl IntoIterator<Item = &'a PublishedYear>) -> Self {
        let mut calendar = Self { days: BTreeMap::new(), years: BTreeSet::new(), hours: DEFAULT_HOURS.to_vec() };
        let mut years: Vec<&PublishedYear> = years.into_iter().collect();
        years.sort_by_key(|year| year.year);
        years.into_iter().for_each(|year| calendar.publish(year));
        calendar
    }

    /// Takes over a published year; its days replace earlier entries.
    pub fn publish(&mut self, year: &PublishedYear) {
        self.years.insert(year.year);
        let kind = |off| if off { DayKind::Off } else { DayKind::Working };
        self.days.extend(year.days.iter().map(|day| (day.date, kind(day.is_off_day))));
    }

    /// The listed days, in order.
    pub fn days(&self) -> impl Iterator<Item = (NaiveDate, DayKind)> + '_ {
        self.days.iter().map(|(day, kind)| (*day, *kind))
    }

    /// True when an arrangement for the year is entered; without one, weekdays are counted plainly.
    #[must_use]
    pub fn knows_year(&self, year: i32) -> bool {
        self.years.contains(&year)
    }

    /// The spans of a working day.
    #[must_use]
    pub fn hours(&self) -> &[WorkingSpan] {
        &self.hours
    }

    /// The year whose arrangement should be here and is not: the present one, and from 1 November the next one. Until
    /// it is entered, Monday to Friday count.
    #[must_use]
    pub fn missing_year(&self, now: DateTime<Utc>) -> Option<i32> {
        let today = now.with_timezone(&COMPANY_ZONE).date_naive();
        let next = (today.month() >= 11).then_some(today.year() + 1);
        [Some(today.year()), next].into_iter().flatten().find(|year| !self.knows_year(*year))
    }

    /// True when the day is worked.
    #[must_use]
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        match self.days.get(&day) {
            Some(kind) => *kind == DayKind::Working,
            None => !matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
        }
    }

    /// The same time of day on the `days`-th working day after the one of `from`.
    ///
    /// An instant that lies in no working time counts from the next moment of work first: a Saturday from Monday's
    /// morning, a Friday evening too, a lunch break from the end of the break. So nobody's time runs while nobody
    /// works. With 0 days it is that moment.
    #[must_use]
    pub fn add_working_days(&self, from: DateTime<Utc>, days: u32) -> DateTime<Utc> {
        let begin = self.next_working_moment(from).with_timezone(&COMPANY_ZONE).naive_local();
        let day = (0..days).fold(begin.date(), |day, _| self.working_day_after(day));
        instant(day, begin.time())
    }

    /// The working time between two instants; negative never: zero when `to` is not after `from`.
    #[must_use]
    pub fn working_time_between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> TimeDelta {
        let local_day = |at: DateTime<Utc>| at.with_timezone(&COMPANY_ZONE).date_naive();
        let last = local_day(to);
        let days = local_day(from).iter_days().take_while(|day| *day <= last).filter(|day| self.is_working_day(*day));
        days.flat_map(|day| self.spans(day))
            .map(|(start, end)| (end.min(to) - start.max(from)).max(TimeDelta::zero()))
            .fold(TimeDelta::zero(), |sum, part| sum + part)
    }

    /// The first working day on or after `day`.
    #[must_use]
    pub fn first_working_day_from(&self, day: NaiveDate) -> NaiveDate {
        if self.is_working_day(day) { day } else { self.working_day_after(day) }
    }

    /// The day on which the report of a quarter is drafted: the first working day after the quarter (3.5).
    #[must_use]
    pub fn first_working_day_after(&self, quarter: Quarter) -> NaiveDate {
        self.first_working_day_from(quarter.next().first_day())
    }

    /// `from` itself in working time, else the start of the next span of work.
    #[must_use]
    pub fn next_working_moment(&self, from: DateTime<Utc>) -> DateTime<Utc> {
        let today = from.with_timezone(&COMPANY_ZONE).date_naive();
        let later = |day| self.spans(day).find(|(_, end)| *end > from).map(|(start, _)| start.max(from));
        let rest_of_today = if self.is_working_day(today) { later(today) } else { None };
        rest_of_today.or_else(|| later(self.working_day_after(today))).unwrap_or(from)
    }

    /// The next working day after `day`; `day` itself when there is none within [`HORIZON_DAYS`].
    fn working_day_after(&self, day: NaiveDate) -> NaiveDate {
        let horizon = usize::try_from(HORIZON_DAYS).unwrap_or_default();
        day.iter_days().skip(1).take(horizon).find(|d| self.is_working_day(*d)).unwrap_or(day)
    }

    /// The spans of a day as instants, whether it is worked or not.
    fn spans(&self, day: NaiveDate) -> impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)> + '_ {
        let at = move |minute: u32| {
            // 24:00 is the start of the next day.
            let day = if minute >= 24 * 60 { day.succ_opt().unwrap_or(day) } else { day };
            let time = NaiveTime::from_hms_opt(minute / 60 % 24, minute % 60, 0).unwrap_or_default();
            instant(day, time)
        };
        self.hours.iter().map(move |span| (at(span.start), at(span.end)))
    }
}

/// A local time of the company as an instant. One that summer time skipped moves on by the hour that was lost.
fn instant(day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let local = day.and_time(time);
    let skipped = || COMPANY_ZONE.from_local_datetime(&(local + TimeDelta::hours(1))).earliest();
    COMPANY_ZONE
        .from_local_datetime(&local)
        .earliest()
        .or_else(skipped)
        .map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
}
