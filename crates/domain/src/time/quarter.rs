//! Quarters, counted in China time (10c, D9).

use crate::time::clock::{COMPANY_ZONE, company_day};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeZone, Utc};
use std::{fmt, str::FromStr};

/// A quarter of a year: `2026Q4`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Quarter {
    year: i32,
    number: u32,
}

/// Text that names no quarter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no quarter; write the year from 1900 to 9999, Q and 1 to 4: 2026Q4")]
pub struct NoQuarter(pub String);

impl Quarter {
    /// The quarter `number` (1 to 4) of `year` (1900 to 9999); none outside these.
    #[must_use]
    pub const fn new(year: i32, number: u32) -> Option<Self> {
        if year >= 1900 && year <= 9999 && number >= 1 && number <= 4 { Some(Self { year, number }) } else { None }
    }

    /// The quarter in which an instant lies, in China time.
    #[must_use]
    pub fn of(at: DateTime<Utc>) -> Self {
        Self::of_day(company_day(at))
    }

    /// The quarter of a calendar day.
    #[must_use]
    pub fn of_day(day: NaiveDate) -> Self {
        Self { year: day.year(), number: day.month0() / 3 + 1 }
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.year
    }

    /// 1 to 4.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.number
    }

    /// The first calendar day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, (self.number - 1) * 3 + 1, 1).unwrap_or_default()
    }

    /// The instant at which it begins: midnight in China, as UTC.
    #[must_use]
    pub fn start(self) -> DateTime<Utc> {
        midnight(self.first_day())
    }

    /// The instant at which it is over: the start of the next one, which does not belong to it.
    #[must_use]
    pub fn end(self) -> DateTime<Utc> {
        self.next().start()
    }

    /// True for instants in `[start, end)`.
    #[must_use]
    pub fn contains(self, at: DateTime<Utc>) -> bool {
        self.start() <= at && at < self.end()
    }

    /// The one after.
    #[must_use]
    pub const fn next(self) -> Self {
        if self.number == 4 { Self { year: self.year + 1, number: 1 } } else { Self { year: self.year, number: self.number + 1 } }
    }

    /// The one before.
    #[must_use]
    pub const fn previous(self) -> Self {
        if self.number == 1 { Self { year: self.year - 1, number: 4 } } else { Self { year: self.year, number: self.number - 1 } }
    }
}

/// The first instant of a calendar day in China. A summer-time gap at midnight (as in 1986) starts the day late.
pub(crate) fn midnight(day: NaiveDate) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::MIN);
    (0..=4)
        .find_map(|half_hours| {
            COMPANY_ZONE.from_local_datetime(&(local + chrono::TimeDelta::minutes(30 * half_hours))).earliest()
        })
        .map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}Q{}", self.year, self.number)
    }
}

impl FromStr for Quarter {
    type Err = NoQuarter;

    fn from_str(text: &str) -> Result<Self, NoQuarter> {
        let parsed = text.split_once('Q').and_then(|(year, number)| {
            let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
            if !digits(year, 4) || !digits(number, 1) {
                return None;
            }
            Self::new(year.parse().ok()?, number.parse().ok()?)
        });
        parsed.ok_or_else(|| NoQuarter(text.to_owned()))
    }
}

impl TryFrom<String> for Quarter {
    type Error = NoQuarter;
    fn try_from(text: String) -> Result<Self, NoQuarter> {
        text.parse()
    }
}

impl serde::Serialize for Quarter {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Quarter {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl utoipa::PartialSchema for Quarter {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some("^[0-9]{4}Q[1-4]$"))
            .examples(["2026Q4"])
            .into()
    }
}

impl utoipa::ToSchema for Quarter {}
