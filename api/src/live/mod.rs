//! Live updates: one reader of the log for all open streams of this process.
//!
//! While anybody listens, a task looks for entries that have been sealed, by this process or another, and hands them to every
//! stream. A stream tells its own reader only what that person may know.

mod listener;

pub(crate) use listener::stream;

use fabu_app::{App, AppError, Caller, Failure, Rx, events, events::LogRecord};
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{broadcast, watch},
    time::{MissedTickBehavior, interval},
};

/// Batches that a slow stream may be behind before it reads the log itself.
const BATCHES: usize = 64;
/// Entries that are read at a time.
const PART: usize = 200;

/// How often things happen.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// The log is looked at.
    pub look: Duration,
    /// A stream without news shows that it lives, and checks that its session still does; one that was closed is noticed then,
    /// and its place is free.
    pub beat: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { look: Duration::from_secs(1), beat: Duration::from_secs(5) }
    }
}

/// Entries that have been sealed since the last batch.
#[derive(Debug, Clone)]
struct Batch {
    /// The number up to which the reader has read.
    upto: i64,
    records: Arc<[LogRecord]>,
}

/// The streams of this process.
#[derive(Clone)]
pub struct Live {
    app: App,
    pace: Pace,
    batches: broadcast::Sender<Batch>,
    closed: Arc<watch::Sender<bool>>,
    /// True while the reader runs.
    running: Arc<Mutex<bool>>,
}

impl Live {
    pub(crate) fn new(app: App, pace: Pace) -> Self {
        let (batches, closed) = (broadcast::Sender::new(BATCHES), Arc::new(watch::Sender::new(false)));
        Self { app, pace, batches, closed, running: Arc::default() }
    }

    /// Ends every stream, so that the server can stop; those who listened come back to it or to another.
    pub fn close(&self) {
        self.closed.send_replace(true);
    }

    /// Listens from now on; starts the reader when nobody listened before.
    fn listen(&self) -> broadcast::Receiver<Batch> {
        let receiver = self.batches.subscribe();
        let mut running = self.is_running();
        if !*running {
            *running = true;
            tokio::spawn(self.clone().read());
        }
        receiver
    }

    /// Hands out what is new until nobody listens any more.
    async fn read(self) {
        let mut looks = interval(self.pace.look);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut position = None;
        loop {
            looks.tick().await;
            {
                let mut running = self.is_running();
                if self.batches.receiver_count() == 0 || *self.closed.borrow() {
                    *running = false;
                    return;
                }
            }
            match self.next(position).await {
                // Nobody listening any more is noticed at the next look.
                Ok(batch) if position != Some(batch.upto) => {
                    position = Some(batch.upto);
                    drop(self.batches.send(batch));
                }
                Ok(_) => {}
                Err(failure) => tracing::warn!(error = %failure.error, "live updates wait: the log cannot be read"),
            }
        }
    }

    async fn next(&self, position: Option<i64>) -> Result<Batch, Failure> {
        let read = move |rx: &mut Rx<'_, '_>| -> Result<Batch, AppError> {
            let Some(position) = position else {
                return Ok(Batch { upto: events::last_event(rx)?, records: Arc::default() });
            };
            let records = events::events_after(rx, position, PART)?;
            let upto = records.last().and_then(|record| record.seq).unwrap_or(position);
            Ok(Batch { upto, records: records.into() })
        };
        self.app.read(&Caller::system("events.stream"), read).await
    }

    fn is_running(&self) -> MutexGuard<'_, bool> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
