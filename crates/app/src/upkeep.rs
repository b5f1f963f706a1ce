//! What keeps the instance in order when nobody asks: sealing the log, forgetting old Idempotency-Keys and
//! sessions, checking the whole.

use crate::{App, AppError};
use chrono::TimeDelta;
use fabu_domain::ids::ReleaseId;
use fabu_store::{RecordCheck, Seal, Verification};

/// Releases that are checked between two signs of progress.
const BATCH: usize = 200;

/// How long answers are kept under their Idempotency-Key.
const KEY_LIFE: TimeDelta = TimeDelta::hours(24);

/// How long a login session is kept after its end.
const SESSION_REST: TimeDelta = TimeDelta::hours(24);

/// What a check of everything found.
#[derive(Debug, Clone)]
pub struct Findings {
    /// The log and its seals.
    pub log: Verification,
    /// The releases and their documents.
    pub records: RecordCheck,
}

impl Findings {
    /// True when nothing is wrong.
    #[must_use]
    pub const fn sound(&self) -> bool {
        self.log.first_bad.is_none() && self.records.faults.is_empty()
    }
}

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

    /// Checks the log against its seals and against seals kept outside, and every release against its columns and the
    /// hashes of its documents, all in one snapshot. `progress` hears the number of releases checked so far.
    ///
    /// # Errors
    /// [`AppError::Store`] when the database cannot be read at all.
    pub async fn verify(&self, kept: Vec<Seal>, progress: impl Fn(usize) + Send + 'static) -> Result<Findings, AppError> {
        self.store
            .read(move |tx| {
                let log = tx.verify(1, &kept)?;
                let (mut records, mut after) = (RecordCheck::default(), None::<ReleaseId>);
                while let Some(last) = tx.check_releases(after, BATCH, &mut records)? {
                    progress(records.releases);
                    after = Some(last);
                }
                Ok(Findings { log, records })
            })
            .await
    }
}
