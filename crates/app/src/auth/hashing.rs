//! The queue before the hashing of passwords: short, so that a flood of guesses is turned away at once and somebody with the
//! right password is not kept waiting behind it.

use crate::{AppError, Fault, settings::PasswordCost};
use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};
use tokio::sync::{Semaphore, SemaphorePermit};

/// Guesses that may wait.
const WAITING_GUESSES: usize = 32;
/// People that may be hashed for or wait: somebody with a session, or whose sign-in from the same address was right before.
const PEOPLE: usize = 64;

/// Whose password is to be hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// Anybody's: a sign-in from an address that the account does not know.
    Strangers,
    /// Somebody's who has a session or signed in from the same address before.
    Known,
}

/// The queue.
#[derive(Debug)]
pub(crate) struct Hashing {
    turns: Semaphore,
    strangers: Semaphore,
    known: Semaphore,
    /// How long the last check of a password took, its wait included, in microseconds.
    last: AtomicU64,
}

/// A turn to hash, and the place in the queue that led to it.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    _place: SemaphorePermit<'a>,
    _turn: SemaphorePermit<'a>,
}

impl Hashing {
    pub(crate) fn new(cost: PasswordCost) -> Self {
        Self {
            turns: Semaphore::new(cost.parallel_hashes),
            strangers: Semaphore::new(cost.parallel_hashes + WAITING_GUESSES),
            known: Semaphore::new(PEOPLE),
            last: AtomicU64::new(0),
        }
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// [`Fault::Busy`] at once when too many wait already.
    pub(crate) async fn turn(&self, whose: Whose) -> Result<Turn<'_>, AppError> {
        let places = match whose {
            Whose::Strangers => &self.strangers,
            Whose::Known => &self.known,
        };
        let place = places.try_acquire().map_err(|_| Fault::Busy)?;
        let turn = self.turns.acquire().await.map_err(|error| AppError::Internal(format!("hashing: {error}")))?;
        Ok(Turn { _place: place, _turn: turn })
    }

    /// Notes how long a check took that began at `begin`.
    pub(crate) fn took(&self, begin: Instant) {
        self.last.store(u64::try_from(begin.elapsed().as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// How long the last check took.
    pub(crate) fn usual(&self) -> Duration {
        Duration::from_micros(self.last.load(Ordering::Relaxed)).min(Duration::from_secs(2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::timeout;

    #[tokio::test]
    async fn turns_guesses_away_at_once_and_keeps_places_for_people_who_are_known() {
        let queue = Hashing::new(PasswordCost::QUICK);
        let running = [queue.turn(Whose::Strangers).await.unwrap(), queue.turn(Whose::Strangers).await.unwrap()];
        let mut waiting: Vec<_> = (0..WAITING_GUESSES).map(|_| Box::pin(queue.turn(Whose::Strangers))).collect();
        for guess in &mut waiting {
            assert!(timeout(Duration::ZERO, guess).await.is_err(), "it waits");
        }
        let refused = timeout(Duration::ZERO, queue.turn(Whose::Strangers)).await;
        assert!(matches!(refused, Ok(Err(AppError::Fault { fault: Fault::Busy, .. }))), "{refused:?}");
        let mut person = Box::pin(queue.turn(Whose::Known));
        assert!(timeout(Duration::ZERO, &mut person).await.is_err(), "it waits, and is not turned away");
        drop(running);
        waiting.clear();
        assert!(person.await.is_ok());
    }
}
