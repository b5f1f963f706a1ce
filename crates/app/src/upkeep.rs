//! What keeps the instance in order when nobody asks: sealing the log, forgetting old Idempotency-Keys and sessions.

use crate::{App, AppError};
use chrono::TimeDelta;

/// How long answers are kept under their Idempotency-Key.
const KEY_LIFE: TimeDelta = TimeDelta::hours(24);

/// How long a login session is kept after its end.
const SESSION_REST: TimeDelta = TimeDelta::hours(24);

impl App {
    /// Seals up to `limit` committed entries of the log; their number. Any number of processes may do so at once.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn seal(&self, limit: usize) -> Result<usize, AppError> {
        if !self.store.read(|tx| tx.waits_for_seal().map_err(AppError::from)).await? {
            return Ok(0);
        }
        self.store.write(move |tx| tx.seal(limit).map_err(AppError::from)).await
    }

    /// Forgets Idempotency-Keys older than 24 hours; their number.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn prune_idempotency_keys(&self) -> Result<usize, AppError> {
        let before = self.clock.now() - KEY_LIFE;
        self.store.write(move |tx| tx.prune_idempotency(before).map_err(AppError::from)).await
    }

    /// Forgets login sessions that ended more than 24 hours ago; the number of their refresh tokens.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn prune_sessions(&self) -> Result<usize, AppError> {
        let before = self.clock.now() - SESSION_REST;
        self.store.write(move |tx| tx.prune_sessions(before).map_err(AppError::from)).await
    }

    /// Forgets limits on attempts that are whole again; their number.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn prune_attempt_limits(&self) -> Result<usize, AppError> {
        let now = self.clock.now();
        self.store.write(move |tx| tx.prune_attempt_limits(now).map_err(AppError::from)).await
    }
}
