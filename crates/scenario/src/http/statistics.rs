//! What was asked, how it ended and how long it took.

use std::{collections::BTreeMap, time::Duration};

/// The requests of one kind.
#[derive(Debug, Clone, Default)]
pub struct Kind {
    /// How many were answered with success.
    pub done: u64,
    /// How many were refused (4xx).
    pub refused: u64,
    /// How many failed (5xx, or no answer).
    pub failed: u64,
    /// How long each took.
    pub times: Vec<Duration>,
}

impl Kind {
    /// The time that `share` (0 to 100) of the requests did not exceed.
    #[must_use]
    pub fn percentile(&self, share: usize) -> Duration {
        percentile(&self.times, share)
    }

    /// How many there were.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.done + self.refused + self.failed
    }
}

/// The value that `share` (0 to 100) of the values do not exceed; zero of nothing.
#[must_use]
pub fn percentile(times: &[Duration], share: usize) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let place = (sorted.len() * share).div_ceil(100).saturating_sub(1);
    sorted.get(place).copied().unwrap_or_default()
}

/// All requests by kind: `view_release`, `cast_vote`, …
#[derive(Debug, Clone, Default)]
pub struct Statistics {
    /// By kind.
    pub kinds: BTreeMap<String, Kind>,
}

impl Statistics {
    /// Adds a request; no status means that there was no answer.
    pub fn add(&mut self, kind: &str, status: Option<u16>, time: Duration) {
        let entry = match self.kinds.get_mut(kind) {
            Some(entry) => entry,
            None => self.kinds.entry(kind.to_owned()).or_default(),
        };
        match status {
            Some(200..=399) => entry.done += 1,
            Some(400..=499) => entry.refused += 1,
            _ => entry.failed += 1,
        }
        entry.times.push(time);
    }

    /// All requests.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.kinds.values().map(Kind::count).sum()
    }

    /// All that were refused.
    #[must_use]
    pub fn refusals(&self) -> u64 {
        self.kinds.values().map(|kind| kind.refused).sum()
    }

    /// All that failed.
    #[must_use]
    pub fn failures(&self) -> u64 {
        self.kinds.values().map(|kind| kind.failed).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_the_value_that_so_many_do_not_exceed() {
        let times: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        assert_eq!(percentile(&times, 50), Duration::from_millis(100));
        assert_eq!(percentile(&times, 99), Duration::from_millis(198));
        assert_eq!(percentile(&times, 100), Duration::from_millis(200));
        assert_eq!(percentile(&[], 50), Duration::ZERO);
    }
}
