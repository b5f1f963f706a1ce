//! What time it is for the people.

use chrono::{DateTime, TimeDelta, Utc};
use fabu_domain::time::clock::{Clock, ManualClock};
use std::sync::Arc;

/// Tells the time of the server and lets it pass.
pub trait Timeline {
    /// The present instant.
    fn now(&self) -> DateTime<Utc>;
    /// Called before each command: the time that people take.
    fn work(&self);
    /// Comes back when it is `at` or later.
    fn wait_until(&self, at: DateTime<Utc>) -> impl Future<Output = ()>;
}

/// The server's clock stands still until it is set: time passes only by commands, a moment each.
#[derive(Debug, Clone)]
pub struct SetTime {
    clock: Arc<ManualClock>,
    step: TimeDelta,
}

impl SetTime {
    /// Sets this clock; each command takes 40 seconds.
    #[must_use]
    pub fn new(clock: Arc<ManualClock>) -> Self {
        Self { clock, step: TimeDelta::seconds(40) }
    }

    /// The same clock with another time for each command.
    #[must_use]
    pub fn with_step(self, step: TimeDelta) -> Self {
        Self { step, ..self }
    }

    /// Sets the clock, also back.
    pub fn set(&self, at: DateTime<Utc>) {
        self.clock.set(at);
    }
}

impl Timeline for SetTime {
    fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    fn work(&self) {
        self.clock.advance(self.step);
    }

    async fn wait_until(&self, at: DateTime<Utc>) {
        if self.clock.now() < at {
            self.clock.set(at);
        }
    }
}
