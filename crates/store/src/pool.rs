//! Pools of connections: readers of SQLite, all connections of PostgreSQL.

use crate::{
    StoreError,
    conn::{Access, Address, Link},
    lane::Side,
    transaction::is_spent,
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

pub(crate) struct Manager {
    address: Address,
    access: Access,
}

impl r2d2::ManageConnection for Manager {
    type Connection = Link;
    type Error = StoreError;

    fn connect(&self) -> Result<Link, StoreError> {
        Link::open(&self.address, self.access)
    }

    fn is_valid(&self, _: &mut Link) -> Result<(), StoreError> {
        Ok(())
    }

    fn has_broken(&self, link: &mut Link) -> bool {
        is_spent(link)
    }
}

pub(crate) type Pooled = r2d2::PooledConnection<Manager>;

/// A pool with a fair queue before it, so that waiting callers hold no thread. Some connections are only for background
/// work, which may also use the others while nobody waits for them.
#[derive(Clone)]
pub(crate) struct Pool {
    pool: r2d2::Pool<Manager>,
    requests: Arc<Semaphore>,
    background: Arc<Semaphore>,
    wait: Duration,
    pub(crate) size: u32,
}

/// Until when a caller waits for a turn and a connection together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline(Instant);

impl Pool {
    /// `size` connections for requests, and a quarter as many, at least one, for background work.
    pub(crate) fn new(address: Address, access: Access, size: u32, wait: Duration) -> Self {
        let background = (size / 4).max(1);
        let pool = r2d2::Pool::builder()
            .max_size(size + background)
            // None in advance: one that is being opened in the background when the program ends, meets an OpenSSL that is
            // being taken down.
            .min_idle(Some(0))
            .max_lifetime(None)
            .connection_timeout(wait)
            .test_on_check_out(false)
            .error_handler(Box::new(r2d2::NopErrorHandler))
            .build_unchecked(Manager { address, access });
        Self {
            pool,
            requests: Arc::new(Semaphore::new(size as usize)),
            background: Arc::new(Semaphore::new(background as usize)),
            wait,
            size: size + background,
        }
    }

    /// When somebody who begins to wait now has waited long enough.
    pub(crate) fn deadline(&self) -> Deadline {
        Deadline(Instant::now() + self.wait)
    }

    /// Waits for a turn; the permit is held while the connection is used.
    pub(crate) async fn turn(&self, side: Side, deadline: Deadline) -> Result<OwnedSemaphorePermit, StoreError> {
        if let Ok(permit) = Arc::clone(&self.requests).try_acquire_owned() {
            return Ok(permit);
        }
        let turns = match side {
            Side::Requests => &self.requests,
            Side::Background => &self.background,
        };
        match tokio::time::timeout_at(deadline.0.into(), Arc::clone(turns).acquire_owned()).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) => Err(StoreError::Unavailable("the store is closed".into())),
            Err(_) => Err(StoreError::Busy(format!("no database connection became free in {:?}", self.wait))),
        }
    }

    /// A connection; waits on the thread if there is none.
    pub(crate) fn get(&self, deadline: Deadline) -> Result<Pooled, StoreError> {
        let left = deadline.0.saturating_duration_since(Instant::now()).max(LEAST_WAIT);
        self.pool.get_timeout(left).map_err(|error| {
            let state = self.pool.state();
            // All connections exist and are in use: a queue. Otherwise opening one failed: no database.
            if state.connections >= self.size {
                StoreError::Busy(error.to_string())
            } else {
                StoreError::Unavailable(error.to_string())
            }
        })
    }
}

/// Opening a connection takes a moment, which is left also to somebody whose turn came late.
const LEAST_WAIT: Duration = Duration::from_millis(200);
