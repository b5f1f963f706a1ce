//! The one place that reads the time, and the one that knows the company's time zone.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::sync::atomic::{AtomicI64, Ordering};

/// Tells the time. Rules never call it: they take `now` as an argument.
pub trait Clock: Send + Sync {
    /// The present instant, in UTC.
    fn now(&self) -> DateTime<Utc>;
}

/// The clock of the machine, to the microsecond (what both databases keep).
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where time is read")]
    fn now(&self) -> DateTime<Utc> {
        micros(Utc::now().timestamp_micros())
    }
}

/// A clock that stands still until it is set: for tests and for example data of past quarters.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that shows `at`.
    #[must_use]
    pub fn new(at: DateTime<Utc>) -> Self {
        Self(AtomicI64::new(at.timestamp_micros()))
    }

    /// Shows `at` from now on.
    pub fn set(&self, at: DateTime<Utc>) {
        self.0.store(at.timestamp_micros(), Ordering::SeqCst);
    }

    /// Moves the clock forward (or back).
    pub fn advance(&self, by: TimeDelta) {
        self.0.fetch_add(by.num_microseconds().unwrap_or(0), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        micros(self.0.load(Ordering::SeqCst))
    }
}

fn micros(at: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(at).unwrap_or_default()
}

/// The company's time zone: China Standard Time, in which quarters, working days and due dates are counted.
pub const COMPANY_ZONE: chrono_tz::Tz = chrono_tz::Asia::Shanghai;

/// The calendar day of an instant in the company's time zone.
#[must_use]
pub fn company_day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&COMPANY_ZONE).date_naive()
}

/// The last second of a calendar day in the company's time zone.
#[must_use]
pub fn end_of_company_day(day: NaiveDate) -> Option<DateTime<Utc>> {
    let end = day.and_hms_opt(23, 59, 59)?.and_local_timezone(COMPANY_ZONE).latest()?;
    Some(end.with_timezone(&Utc))
}
