//! When a periodic job is due.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use fabu_domain::time::clock::{COMPANY_ZONE, company_day};

/// A rhythm. Days and times are the company's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rhythm {
    /// Every so often, counted from 1970, in whole seconds.
    Every {
        /// How often.
        period: TimeDelta,
        /// How long after the beginning of each period. The providers of chat groups ask not to speak at the full and the
        /// half hour, when everybody does.
        past: TimeDelta,
    },
    /// Every calendar day at this time.
    DailyAt {
        /// 0 to 23.
        hour: u32,
        /// 0 to 59.
        minute: u32,
    },
}

impl Rhythm {
    /// At the beginning of each period.
    #[must_use]
    pub const fn every(period: TimeDelta) -> Self {
        Self::Every { period, past: TimeDelta::zero() }
    }
}

/// The most slots that are found at once; a longer gap is caught up in several looks.
const MOST: usize = 1000;

/// The slots after `since` up to and with `now`, the oldest first; none when the clock went back.
#[must_use]
pub fn slots_between(rhythm: Rhythm, since: DateTime<Utc>, now: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let mut slots = Vec::new();
    let mut after = since;
    while slots.len() < MOST {
        match next(rhythm, after) {
            Some(slot) if slot <= now => {
                slots.push(slot);
                after = slot;
            }
            _ => break,
        }
    }
    slots
}

/// The first slot after an instant.
fn next(rhythm: Rhythm, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
    match rhythm {
        Rhythm::Every { period, past } => {
            let (period, past) = (period.num_seconds().max(1), past.num_seconds());
            let begun = (after.timestamp() - past).div_euclid(period);
            DateTime::from_timestamp((begun + 1) * period + past, 0)
        }
        Rhythm::DailyAt { hour, minute } => {
            let time = NaiveTime::from_hms_opt(hour, minute, 0)?;
            let today = company_day(after);
            [Some(today), today.checked_add_days(Days::new(1))].into_iter().flatten().find_map(|day| {
                let slot = day.and_time(time).and_local_timezone(COMPANY_ZONE).earliest()?.with_timezone(&Utc);
                (slot > after).then_some(slot)
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn counts_days_in_company_time() {
        let daily = Rhythm::DailyAt { hour: 8, minute: 40 };
        let found = slots_between(daily, at("2026-12-30T00:40:00Z"), at("2027-01-01T00:40:00Z"));
        assert_eq!(found, [at("2026-12-31T00:40:00Z"), at("2027-01-01T00:40:00Z")]);
        assert_eq!(slots_between(daily, at("2026-12-30T00:39:59Z"), at("2026-12-30T00:40:00Z")).len(), 1);
        assert_eq!(
            slots_between(Rhythm::DailyAt { hour: 0, minute: 10 }, at("2026-12-30T16:00:00Z"), at("2026-12-30T16:10:00Z")).len(),
            1
        );
    }

    #[test]
    fn counts_hours_from_the_full_hour() {
        let hourly = Rhythm::every(TimeDelta::hours(1));
        assert_eq!(slots_between(hourly, at("2026-12-30T00:59:59Z"), at("2026-12-30T01:00:00Z")), [at("2026-12-30T01:00:00Z")]);
        assert!(slots_between(hourly, at("2026-12-30T01:00:00Z"), at("2026-12-30T01:59:59Z")).is_empty());
    }

    #[test]
    fn keeps_its_distance_from_the_beginning_of_a_period() {
        let rhythm = Rhythm::Every { period: TimeDelta::minutes(15), past: TimeDelta::minutes(7) };
        let found = slots_between(rhythm, at("2026-12-30T00:07:00Z"), at("2026-12-30T00:37:00Z"));
        assert_eq!(found, [at("2026-12-30T00:22:00Z"), at("2026-12-30T00:37:00Z")]);
        assert!(slots_between(rhythm, at("2026-12-30T00:52:00Z"), at("2026-12-30T01:06:59Z")).is_empty());
    }

    #[test]
    fn finds_nothing_when_the_clock_goes_back() {
        let hourly = Rhythm::every(TimeDelta::hours(1));
        assert!(slots_between(hourly, at("2026-12-30T05:00:00Z"), at("2026-12-30T03:00:00Z")).is_empty());
    }
}
