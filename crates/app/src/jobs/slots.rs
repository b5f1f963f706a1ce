//! The slots of periodic jobs: put in by every process, done once.

use super::{Ask, JobKind, enqueue};
use crate::{App, AppError};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// One turn of a periodic job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// When it is due.
    pub at: DateTime<Utc>,
    /// What its key is made of, after the name: `2026-11-26T00:40:00Z`.
    pub label: String,
}

impl App {
    /// By the name of the periodic job: up to when its slots are put in.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn schedules(&self) -> Result<BTreeMap<String, DateTime<Utc>>, AppError> {
        self.store.read(|tx| tx.schedules().map_err(AppError::from)).await
    }

    /// Puts in a job for each of these slots, under the key `name:label`, and remembers the last one; the number that
    /// nobody else had put in. The job gets `{"slot": instant}`.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn put_in_slots(&self, name: &'static str, kind: &'static JobKind, slots: Vec<Slot>) -> Result<usize, AppError> {
        let app = self.clone();
        self.store
            .write(move |tx| {
                let now = app.clock.now();
                let mut added = 0;
                for slot in &slots {
                    let key = format!("{name}:{}", slot.label);
                    let payload = serde_json::json!({ "slot": slot.at });
                    let ask = Ask { payload, unique_key: Some(key.clone()), run_at: Some(slot.at) };
                    added += usize::from(enqueue(tx, app.ids.as_ref(), now, kind, ask)?);
                    tx.advance_schedule(name, slot.at, &key)?;
                }
                Ok(added)
            })
            .await
    }

    /// Begins the schedule of a periodic job that is new here: slots up to this instant are not owed.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn begin_schedule(&self, name: &'static str, at: DateTime<Utc>) -> Result<(), AppError> {
        self.store.write(move |tx| tx.advance_schedule(name, at, "").map_err(AppError::from)).await
    }
}
