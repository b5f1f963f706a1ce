//! Pools of connections: readers of SQLite, all connections of PostgreSQL.

use crate::{
    StoreError,
    conn::{Access, Address, Link},
    transaction::is_spent,
};
use std::{sync::Arc, time::Duration};
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

/// A pool with a fair queue before it, so that waiting callers hold no thread.
#[derive(Clone)]
pub(crate) struct Pool {
    pool: r2d2::Pool<Manager>,
    turns: Arc<Semaphore>,
    wait: Duration,
    pub(crate) size: u32,
}

impl Pool {
    pub(crate) fn new(address: Address, access: Access, size: u32, wait: Duration) -> Self {
        let pool = r2d2::Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .max_lifetime(None)
            .connection_timeout(wait)
            .test_on_check_out(false)
            .error_handler(Box::new(r2d2::NopErrorHandler))
            .build_unchecked(Manager { address, access });
        Self { pool, turns: Arc::new(Semaphore::new(size as usize)), wait, size }
    }

    /// Waits for a turn; the permit is held while the connection is used.
    pub(crate) async fn turn(&self) -> Result<OwnedSemaphorePermit, StoreError> {
        if let Ok(permit) = Arc::clone(&self.turns).try_acquire_owned() {
            return Ok(permit);
        }
        match tokio::time::timeout(self.wait, Arc::clone(&self.turns).acquire_owned()).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) => Err(StoreError::Unavailable("the store is closed".into())),
            Err(_) => Err(StoreError::Busy(format!("no database connection became free in {:?}", self.wait))),
        }
    }

    /// A connection; waits on the thread if there is none.
    pub(crate) fn get(&self) -> Result<Pooled, StoreError> {
        self.pool.get().map_err(|error| {
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
