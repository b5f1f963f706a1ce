//! Whether this process can serve, and whether the background work keeps up.

use crate::App;
use chrono::TimeDelta;
use fabu_domain::delivery::Queue;
use fabu_store::StoreError;

/// A worker that leaves something due for longer than this is stalled.
pub const STALLED: TimeDelta = TimeDelta::seconds(30);

/// A check of readiness: its name, and a detail or what is wrong.
pub type ReadinessCheck = (&'static str, Result<String, String>);

impl App {
    /// Whether this process can serve: the database answers, writing included.
    pub async fn checks(&self) -> Vec<ReadinessCheck> {
        let read = self.store.read(|tx| tx.directory().map(|directory| format!("directory version {}", directory.version)));
        let read = read.await.map_err(|error: StoreError| error.to_string());
        let write = self.store.write(|_| Ok("the write lane answers".to_owned()));
        let write = write.await.map_err(|error: StoreError| error.to_string());
        vec![("database.read", read), ("database.write", write)]
    }

    /// How long the oldest thing waits that the worker should have begun: a due job, or a due message. An error when that
    /// is longer than [`STALLED`]: no worker runs, or it cannot keep up.
    pub async fn worker_check(&self) -> ReadinessCheck {
        let now = self.clock.now();
        let waits = self.store.read(move |tx| {
            let mut oldest = tx.oldest_due_delivery(now)?;
            for queue in Queue::ALL {
                oldest = oldest.into_iter().chain(tx.oldest_due_job(queue.as_str(), now)?).min();
            }
            Ok(oldest.map_or(TimeDelta::zero(), |since| now - since))
        });
        let result = match waits.await {
            Err(error) => Err(StoreError::to_string(&error)),
            Ok(age) if age > STALLED => {
                Err(format!("the oldest due row waits for {} s: is a worker running?", age.num_seconds()))
            }
            Ok(age) => Ok(format!("the oldest due row waits for {} s", age.num_seconds())),
        };
        ("worker.oldest_due", result)
    }
}
