//! The days of an event: date or time, zone, end or duration, daily repetition (RFC 5545, 3.3.4 to 3.3.6).

use super::{fault::IcsFault, lines::Property};
use crate::time::clock::COMPANY_ZONE;
use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// No holiday is longer, in days.
const LONGEST: usize = 60;
/// Names of zones as Windows and Exchange write them.
const WINDOWS_ZONES: [(&str, Tz); 9] = [
    ("China Standard Time", Tz::Asia__Shanghai),
    ("Taipei Standard Time", Tz::Asia__Taipei),
    ("Singapore Standard Time", Tz::Asia__Singapore),
    ("Tokyo Standard Time", Tz::Asia__Tokyo),
    ("Korea Standard Time", Tz::Asia__Seoul),
    ("GMT Standard Time", Tz::Europe__London),
    ("W. Europe Standard Time", Tz::Europe__Berlin),
    ("Eastern Standard Time", Tz::America__New_York),
    ("Pacific Standard Time", Tz::America__Los_Angeles),
];

/// A zone of the file.
#[derive(Debug, Clone, Copy)]
pub(super) enum Zone {
    Named(Tz),
    Fixed(FixedOffset),
}

/// The zones that the file itself defines by one offset, by their ids.
pub(super) type Zones = BTreeMap<String, Option<FixedOffset>>;

/// An offset as VTIMEZONE writes it: `+0800`.
pub(super) fn offset(text: &str) -> Option<FixedOffset> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let part = |range| digits.get(range).and_then(|text: &str| text.parse::<i32>().ok());
    FixedOffset::east_opt(sign * (part(0..2)? * 3600 + part(2..4)? * 60))
}

impl Zone {
    /// The zone with this id: of the tz database, also behind a producer's prefix; of Windows; or one that the file defines.
    fn find(id: &str, zones: &Zones) -> Option<Self> {
        let tail = |parts: usize| {
            let skip = id.split('/').count().saturating_sub(parts);
            id.split('/').skip(skip).collect::<Vec<_>>().join("/").parse::<Tz>().ok()
        };
        let windows = || WINDOWS_ZONES.iter().find(|(name, _)| *name == id).map(|(_, zone)| *zone);
        let named = id.parse().ok().or_else(|| tail(3)).or_else(|| tail(2)).or_else(windows);
        named.map(Self::Named).or_else(|| zones.get(id).copied().flatten().map(Self::Fixed))
    }

    fn instant(self, local: NaiveDateTime) -> Option<DateTime<Utc>> {
        match self {
            Self::Named(zone) => zone.from_local_datetime(&local).earliest().map(|at| at.with_timezone(&Utc)),
            Self::Fixed(zone) => zone.from_local_datetime(&local).earliest().map(|at| at.with_timezone(&Utc)),
        }
    }
}

/// A moment as the file writes it: a whole day, or a time at some place. A time without a zone is company time.
#[derive(Debug, Clone, Copy)]
enum Moment {
    Day(NaiveDate),
    Time(NaiveDateTime, Zone),
}

impl Moment {
    fn read(property: &Property<'_>, zones: &Zones) -> Result<Self, IcsFault> {
        let value = property.value;
        let Some((date, time)) = value.split_once('T') else {
            return day(value).map(Self::Day).ok_or(IcsFault::Dates);
        };
        let (time, utc) = time.strip_suffix('Z').map_or((time, false), |time| (time, true));
        let time = NaiveTime::parse_from_str(time, "%H%M%S").map_err(|_| IcsFault::Dates)?;
        let zone = match property.parameter("TZID") {
            _ if utc => Zone::Named(Tz::UTC),
            None => Zone::Named(COMPANY_ZONE),
            Some(id) => Zone::find(id, zones).ok_or_else(|| IcsFault::Zone(id.to_owned()))?,
        };
        Ok(Self::Time(day(date).ok_or(IcsFault::Dates)?.and_time(time), zone))
    }

    /// The moment in company time.
    fn local(self) -> Option<NaiveDateTime> {
        match self {
            Self::Day(day) => Some(day.and_time(NaiveTime::MIN)),
            Self::Time(local, zone) => zone.instant(local).map(|at| at.with_timezone(&COMPANY_ZONE).naive_local()),
        }
    }

    fn after(self, length: TimeDelta) -> Option<Self> {
        match self {
            Self::Day(day) => {
                let whole = u64::try_from((length + TimeDelta::days(1) - TimeDelta::seconds(1)).num_days()).ok()?;
                day.checked_add_days(Days::new(whole)).map(Self::Day)
            }
            Self::Time(local, zone) => local.checked_add_signed(length).map(|local| Self::Time(local, zone)),
        }
    }
}

/// The days of the company that an event touches, in order. Its end is not one of them; without end and duration a day is whole
/// and a time is a moment.
pub(super) fn days(
    start: Option<&Property<'_>>,
    end: Option<&Property<'_>>,
    duration: Option<&Property<'_>>,
    repeats: u32,
    zones: &Zones,
) -> Result<Vec<NaiveDate>, IcsFault> {
    let start = Moment::read(start.ok_or(IcsFault::Dates)?, zones)?;
    let end = match (end, duration) {
        (Some(end), None) => Some(Moment::read(end, zones)?),
        (None, Some(length)) => Some(length_of(length.value).and_then(|length| start.after(length)).ok_or(IcsFault::Dates)?),
        (None, None) => None,
        (Some(_), Some(_)) => return Err(IcsFault::Dates),
    };
    let begins = start.local().ok_or(IcsFault::Dates)?;
    let ends = end.map_or(Some(begins), Moment::local).filter(|end| *end >= begins).ok_or(IcsFault::Dates)?;
    // The end of whole days is the day after the last, or its midnight.
    let last = match ends.time() == NaiveTime::MIN && ends > begins {
        true => ends.date().pred_opt().ok_or(IcsFault::Dates)?,
        false => ends.date(),
    };
    let last = last.checked_add_days(Days::new(u64::from(repeats.saturating_sub(1)))).ok_or(IcsFault::Dates)?;
    let days: Vec<NaiveDate> = begins.date().iter_days().take_while(|day| *day <= last).take(LONGEST + 1).collect();
    if days.len() > LONGEST { Err(IcsFault::Dates) } else { Ok(days) }
}

/// How many days a rule of repetition gives, when it is the plain `FREQ=DAILY` with a count; none for every other.
pub(super) fn daily(rule: &str) -> Option<u32> {
    let mut count = None;
    let mut is_daily = false;
    for part in rule.split(';') {
        match part.to_ascii_uppercase().split_once('=')? {
            ("FREQ", "DAILY") => is_daily = true,
            ("COUNT", number) => count = number.parse().ok(),
            ("INTERVAL", "1") | ("WKST", _) => {}
            _ => return None,
        }
    }
    count.filter(|_| is_daily)
}

fn day(text: &str) -> Option<NaiveDate> {
    let plain = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| NaiveDate::parse_from_str(text, "%Y%m%d").ok()).flatten()
}

/// A positive duration: `P7D`, `P1W`, `PT24H`, `P1DT12H`.
fn length_of(text: &str) -> Option<TimeDelta> {
    let text = text.trim().trim_start_matches('+').to_ascii_uppercase();
    let (date, time) =
        text.strip_prefix('P')?.split_once('T').map_or_else(|| (text[1..].to_owned(), ""), |(d, t)| (d.to_owned(), t));
    let units: [(&str, &[(char, i64)]); 2] =
        [(&date, &[('W', 7 * 86_400), ('D', 86_400)]), (time, &[('H', 3600), ('M', 60), ('S', 1)])];
    let mut seconds = 0_i64;
    for (part, units) in units {
        let mut digits = String::new();
        for c in part.chars() {
            match units.iter().find(|(unit, _)| *unit == c) {
                Some((_, worth)) => {
                    seconds = seconds.checked_add(digits.parse::<i64>().ok()?.checked_mul(*worth)?)?;
                    digits.clear();
                }
                None if c.is_ascii_digit() => digits.push(c),
                None => return None,
            }
        }
        if !digits.is_empty() {
            return None;
        }
    }
    TimeDelta::try_seconds(seconds).filter(|length| *length > TimeDelta::zero())
}
