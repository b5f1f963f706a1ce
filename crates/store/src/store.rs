//! [`Store`]: the one entry point to the database.

use crate::{
    StoreError,
    conn::{Access, Address, Backend, Conn, Link, refuse_other_encodings, refuse_replication},
    dialect::{begin_read, begin_write},
    handle::{Reader, Writer},
    lane::{Lane, Side},
    migrations,
    pool::{Deadline, Pool, Pooled},
    records,
    shared::Shared,
    transaction,
};
use fabu_domain::subject::log::LogEntry;
use std::{sync::Arc, time::Duration};

/// How to open a store.
#[derive(Debug, Clone)]
pub struct StoreOptions {
    /// `sqlite:///path/fabu.sqlite`, a plain path, or `postgres://user:password@host/database`.
    pub url: String,
    /// The most connections for requests: readers of SQLite, all of PostgreSQL. A quarter as many, at least one, come to it
    /// for background work.
    pub connections: u32,
    /// The longest wait for a turn to write or for a connection; then [`StoreError::Busy`]. A caller who is told so within
    /// two seconds (RELIABILITY 4.1) needs some of them for the rest.
    pub wait: Duration,
}

impl StoreOptions {
    /// The usual settings for the database at `url`.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, |n| u32::try_from(n.get()).unwrap_or(2));
        Self { url: url.into(), connections: (cores * 2).clamp(4, 16), wait: Duration::from_millis(1500) }
    }
}

enum Engine {
    /// One write lane, and readers.
    Sqlite(Lane),
    /// Every connection may do both.
    Postgres,
    /// Nobody writes: the database is looked at.
    ReadOnly,
}

struct Inner {
    address: Address,
    engine: Engine,
    pool: Pool,
    shared: Arc<Shared>,
}

/// The database. Cheap to clone; all clones share the write lane, the pool and the directory cache.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
    side: Side,
}

/// How often a transaction of PostgreSQL is run again after 40001 or 40P01 (after 23505: once).
const RETRIES: u32 = 3;

impl Store {
    /// Opens the database: checks the version of SQLite, sets its pragmas and reads them back, or connects to PostgreSQL. Either
    /// must keep its texts in UTF-8, and PostgreSQL must fire triggers.
    ///
    /// # Errors
    /// [`StoreError::Setup`] when the database cannot be used as it is; [`StoreError::Unavailable`] when it does not answer.
    pub fn open(options: &StoreOptions) -> Result<Self, StoreError> {
        let address = Address::parse(&options.url)?;
        let shared: Arc<Shared> = Arc::default();
        let (engine, access) = match &address {
            Address::Sqlite(path) => (Engine::Sqlite(Lane::start(path, options.wait, Arc::clone(&shared))?), Access::Read),
            Address::Postgres(_) => (Engine::Postgres, Access::Write),
        };
        let mut link = Link::open(&address, access)?;
        refuse_other_encodings(&mut link)?;
        if let Conn::Pg(conn) = &mut link.conn {
            refuse_replication(conn)?;
        }
        drop(link);
        let pool = Pool::new(address.clone(), access, options.connections.max(1), options.wait);
        let inner = Arc::new(Inner { address, engine, pool, shared });
        Ok(Self { inner, side: Side::Requests })
    }

    /// The same database for background work: while many callers wait, it gets every second turn.
    #[must_use]
    pub fn for_background(&self) -> Self {
        Self { side: Side::Background, ..self.clone() }
    }

    /// Opens a database to look at it: nothing is written, not even beside the file. `frozen` says of a file of SQLite that
    /// nobody has it open.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_read_only(options: &StoreOptions, frozen: bool) -> Result<Self, StoreError> {
        let address = Address::parse(&options.url)?;
        let access = match &address {
            Address::Sqlite(_) if frozen => Access::Frozen,
            Address::Sqlite(_) => Access::Read,
            Address::Postgres(_) => Access::Write,
        };
        drop(Link::open(&address, access)?);
        let pool = Pool::new(address.clone(), access, options.connections.max(1), options.wait);
        let inner = Arc::new(Inner { address, engine: Engine::ReadOnly, pool, shared: Arc::default() });
        Ok(Self { inner, side: Side::Requests })
    }

    /// Which database this is.
    #[must_use]
    pub fn backend(&self) -> Backend {
        self.inner.address.backend()
    }

    /// Applies the pending migrations, all or none; the number applied. `entry` makes the entry of the log for a number of rows
    /// of a table that a migration moved or wrote anew.
    ///
    /// # Errors
    /// [`StoreError::NewerSchema`] when the database was made by a newer program.
    pub fn migrate(&self, entry: &dyn Fn(&str, usize) -> LogEntry) -> Result<usize, StoreError> {
        migrations::run(&mut Link::open(&self.inner.address, Access::Write)?, entry)
    }

    /// The number of migrations that [`Store::migrate`] would apply.
    ///
    /// # Errors
    /// [`StoreError::NewerSchema`] when the database was made by a newer program.
    pub fn pending_migrations(&self) -> Result<usize, StoreError> {
        migrations::pending(&mut Link::open(&self.inner.address, Access::Write)?)
    }

    /// Runs every migration back down: for tests.
    ///
    /// # Errors
    /// [`StoreError::Setup`] when one fails.
    #[cfg(feature = "testing")]
    pub fn revert_migrations(&self) -> Result<usize, StoreError> {
        migrations::revert(&mut Link::open(&self.inner.address, Access::Write)?)
    }

    /// Runs the newest migration back down; its version: for tests.
    ///
    /// # Errors
    /// [`StoreError::Setup`] when it fails, or when there is none.
    #[cfg(feature = "testing")]
    pub fn revert_last_migration(&self) -> Result<String, StoreError> {
        migrations::revert_last(&mut Link::open(&self.inner.address, Access::Write)?)
    }

    /// Removes every table of a database whose instance holds this fact; false, and nothing is changed, when it does not.
    /// Only example data are ever marked so.
    ///
    /// # Errors
    /// [`StoreError::Setup`] when a table cannot be removed.
    pub fn remove_if_marked(&self, key: &str) -> Result<bool, StoreError> {
        migrations::revert_if_marked(&mut Link::open(&self.inner.address, Access::Write)?, key)
    }

    /// Changes with every commit of this process that put a job in: a worker need not wait for its next look.
    #[must_use]
    pub fn enqueued(&self) -> tokio::sync::watch::Receiver<u64> {
        self.inner.shared.enqueued()
    }

    /// Reads one consistent snapshot on a blocking thread.
    ///
    /// # Errors
    /// Those of `f`; [`StoreError::Busy`] when no connection becomes free, [`StoreError::Unavailable`] when there is no database.
    pub async fn read<T, E>(&self, f: impl FnOnce(&mut Reader<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        E: From<StoreError> + Send + 'static,
        T: Send + 'static,
    {
        let deadline = self.inner.pool.deadline();
        let turn = self.inner.pool.turn(self.side, deadline).await?;
        let store = self.clone();
        blocking(move || {
            let result = store.read_until(deadline, f);
            drop(turn);
            result
        })
        .await
    }

    /// [`Store::read`] on the caller's thread.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn read_blocking<T, E: From<StoreError>>(&self, f: impl FnOnce(&mut Reader<'_>) -> Result<T, E>) -> Result<T, E> {
        self.read_until(self.inner.pool.deadline(), f)
    }

    fn read_until<T, E: From<StoreError>>(
        &self,
        deadline: Deadline,
        f: impl FnOnce(&mut Reader<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut link = self.begun(begin_read(self.backend()), false, deadline)?;
        transaction::read(&mut link, &self.inner.shared, f)
    }

    /// Runs one write transaction: on SQLite in the write lane, on PostgreSQL on a blocking thread, where it is run again
    /// (up to three times) when it lost against another one.
    ///
    /// # Errors
    /// Those of `f`, after which nothing was written; [`StoreError::Busy`] when the turn does not come.
    pub async fn write<T, E>(&self, f: impl Fn(&mut Writer<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        E: From<StoreError> + Send + 'static,
        T: Send + 'static,
    {
        match &self.inner.engine {
            Engine::Sqlite(lane) => {
                let shared = Arc::clone(&self.inner.shared);
                lane.run(self.side, move |link| transaction::write(link, &shared, &f)).await
            }
            Engine::Postgres => {
                let deadline = self.inner.pool.deadline();
                let turn = self.inner.pool.turn(self.side, deadline).await?;
                let store = self.clone();
                blocking(move || {
                    let result = store.write_pooled(deadline, &f);
                    drop(turn);
                    result
                })
                .await
            }
            Engine::ReadOnly => Err(read_only().into()),
        }
    }

    /// [`Store::write`] on the caller's thread.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_blocking<T, E>(&self, f: impl Fn(&mut Writer<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        E: From<StoreError> + Send + 'static,
        T: Send + 'static,
    {
        match &self.inner.engine {
            Engine::Sqlite(lane) => {
                let shared = Arc::clone(&self.inner.shared);
                lane.run_blocking(self.side, move |link| transaction::write(link, &shared, &f))
            }
            Engine::Postgres => self.write_pooled(self.inner.pool.deadline(), &f),
            Engine::ReadOnly => Err(read_only().into()),
        }
    }

    fn write_pooled<T, E: From<StoreError>>(
        &self,
        deadline: Deadline,
        f: &impl Fn(&mut Writer<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let begin = begin_write(self.backend());
        let mut link = self.begun(begin, true, deadline)?;
        let mut tries = 0;
        loop {
            let result = transaction::write(&mut link, &self.inner.shared, f);
            // Who found a value free that another transaction took meanwhile finds it taken in a second run, and says so.
            let overtaken = link.faults.duplicate() && tries == 0;
            let again = tries < RETRIES && (link.faults.retryable() || overtaken);
            if result.is_ok() || !again || transaction::is_spent(&mut link) {
                return result;
            }
            tries += 1;
            std::thread::sleep(Duration::from_millis(u64::from(tries * tries) * 3));
            transaction::begin(&mut link, begin)?;
        }
    }

    /// A connection on which a transaction has begun. After a restart of PostgreSQL every pooled connection is dead
    /// once; that shows at the begin, when nothing is lost by taking another one.
    fn begun(&self, begin: &'static str, writes: bool, deadline: Deadline) -> Result<Pooled, StoreError> {
        let mut dead = 0;
        loop {
            let mut link = self.inner.pool.get(deadline)?;
            let prepared = if writes { records::prepare(&mut link, &self.inner.shared) } else { Ok(()) };
            match prepared.and_then(|()| transaction::begin(&mut link, begin)) {
                Ok(()) => return Ok(link),
                Err(_) if link.faults.broken() && dead < self.inner.pool.size => dead += 1,
                Err(error) => return Err(error),
            }
        }
    }
}

fn read_only() -> StoreError {
    StoreError::Setup("the database is only looked at".to_owned())
}

async fn blocking<T, E>(f: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, E>
where
    E: From<StoreError> + Send + 'static,
    T: Send + 'static,
{
    tokio::task::spawn_blocking(f).await.unwrap_or_else(|_| Err(StoreError::Panicked.into()))
}
