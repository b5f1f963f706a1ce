//! Token buckets of this process, over the application's clock: how often refused attempts are logged. Those that hold off
//! guesses of passwords are in the database, see `auth::limits`.

use chrono::{DateTime, TimeDelta, Utc};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// Buckets by key.
#[derive(Debug)]
pub struct Attempts {
    burst: u32,
    refill: TimeDelta,
    buckets: Mutex<HashMap<String, Bucket>>,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    tokens: u32,
    since: DateTime<Utc>,
}

/// Beyond so many keys, the full buckets are forgotten.
const KEYS: usize = 10_000;

impl Attempts {
    /// `burst` attempts at once, then one more after each `refill`.
    #[must_use]
    pub fn new(burst: u32, refill: TimeDelta) -> Self {
        Self { burst, refill, buckets: Mutex::default() }
    }

    /// Takes one token.
    ///
    /// # Errors
    /// The time to wait when there is none.
    pub fn take(&self, key: &str, now: DateTime<Utc>) -> Result<(), TimeDelta> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > KEYS {
            buckets.retain(|_, bucket| self.filled(*bucket, now).tokens < self.burst);
        }
        let bucket = self.filled(buckets.get(key).copied().unwrap_or(Bucket { tokens: self.burst, since: now }), now);
        if bucket.tokens == 0 {
            return Err((bucket.since + self.refill - now).max(TimeDelta::seconds(1)));
        }
        let since = if bucket.tokens == self.burst { now } else { bucket.since };
        buckets.insert(key.to_owned(), Bucket { tokens: bucket.tokens - 1, since });
        Ok(())
    }

    fn filled(&self, bucket: Bucket, now: DateTime<Utc>) -> Bucket {
        let step = self.refill.num_milliseconds().max(1);
        let steps = ((now - bucket.since).num_milliseconds() / step).max(0);
        let tokens = u32::try_from(steps).unwrap_or(u32::MAX).saturating_add(bucket.tokens).min(self.burst);
        Bucket { tokens, since: bucket.since + TimeDelta::milliseconds(steps.saturating_mul(step)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_after_the_burst_and_refills_with_time() {
        let (attempts, start) = (Attempts::new(3, TimeDelta::minutes(1)), DateTime::from_timestamp(1_000_000, 0).unwrap());
        for _ in 0..3 {
            assert!(attempts.take("a", start).is_ok());
        }
        assert_eq!(attempts.take("a", start), Err(TimeDelta::minutes(1)));
        assert!(attempts.take("b", start).is_ok());
        assert!(attempts.take("a", start + TimeDelta::seconds(61)).is_ok());
        assert!(attempts.take("a", start + TimeDelta::seconds(62)).is_err());
        assert!(attempts.take("a", start + TimeDelta::seconds(122)).is_ok());
    }
}
