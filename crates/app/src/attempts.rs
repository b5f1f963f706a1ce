//! How often this process logs refused attempts, per key, over the application's clock. What holds off guesses of passwords is in
//! the database, see `auth::limits`.

use fabu_domain::time::clock::Clock;
use governor::{Quota, RateLimiter, middleware::NoOpMiddleware, state::keyed::HashMapStateStore};
use std::{num::NonZeroU32, sync::Arc, time::Duration};

/// Beyond so many keys, those that have waited long enough are forgotten.
const KEYS: usize = 10_000;

/// A limit for each key.
pub struct Attempts {
    limiter: RateLimiter<String, HashMapStateStore<String>, Watch, NoOpMiddleware<Duration>>,
}

/// The application's clock as the limiter reads it: the time since 1970.
#[derive(Clone)]
struct Watch(Arc<dyn Clock>);

impl governor::clock::Clock for Watch {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.now().timestamp_micros()).unwrap_or_default())
    }
}

impl Attempts {
    /// `burst` attempts at once, then so many more in each minute.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, burst: NonZeroU32, per_minute: NonZeroU32) -> Self {
        let limiter = RateLimiter::hashmap_with_clock(Quota::per_minute(per_minute).allow_burst(burst), Watch(clock));
        Self { limiter }
    }

    /// Counts an attempt; false when there were too many.
    #[must_use]
    pub fn take(&self, key: &str) -> bool {
        if self.limiter.len() > KEYS {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(&key.to_owned()).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, TimeDelta, Utc};
    use std::sync::{Mutex, PoisonError};

    struct Set(Mutex<DateTime<Utc>>);

    impl Clock for Set {
        fn now(&self) -> DateTime<Utc> {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner)
        }
    }

    #[test]
    fn refuses_after_the_burst_and_allows_more_with_time() {
        let clock = Arc::new(Set(Mutex::new(DateTime::from_timestamp(1_000_000, 0).unwrap())));
        let pass = |seconds| *clock.0.lock().unwrap() += TimeDelta::seconds(seconds);
        let (burst, per_minute) = (NonZeroU32::MIN.saturating_add(2), NonZeroU32::MIN);
        let attempts = Attempts::new(clock.clone(), burst, per_minute);
        assert!((0..3).all(|_| attempts.take("a")));
        assert!(!attempts.take("a"));
        assert!(attempts.take("b"));
        pass(61);
        assert!(attempts.take("a"));
        pass(1);
        assert!(!attempts.take("a"));
        pass(60);
        assert!(attempts.take("a"));
        pass(-3_600);
        assert!(!attempts.take("a"), "a clock that was set back gives nothing");
    }
}
