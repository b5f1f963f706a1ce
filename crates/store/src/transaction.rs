//! One transaction from begin to commit, and what happens to it when something fails.

use crate::{
    StoreError,
    conn::{Conn, Link},
    dialect::begin_write,
    handle::{Reader, Writer},
    shared::Shared,
};
use diesel::connection::{AnsiTransactionManager, Connection, TransactionManager};
use std::panic::{AssertUnwindSafe, catch_unwind};

type Manager = <Conn as Connection>::TransactionManager;

/// Begins a transaction; the functions below end it.
pub(crate) fn begin(link: &mut Link, sql: &'static str) -> Result<(), StoreError> {
    link.faults.clear();
    match &mut link.conn {
        Conn::Pg(conn) => AnsiTransactionManager::begin_transaction_sql(conn, sql)?,
        Conn::Sqlite(conn) => AnsiTransactionManager::begin_transaction_sql(conn, sql)?,
    }
    Ok(())
}

fn commit(link: &mut Link) -> Result<(), StoreError> {
    Ok(Manager::commit_transaction(&mut link.conn)?)
}

/// Rolls back if a transaction is still open. After a full disk or an I/O error SQLite has often left it already, so a
/// failure here is no news: the first error is the one that counts, and the connection is given up by its owner
/// because its transaction manager is in error.
fn rollback(link: &mut Link) {
    let open = Manager::transaction_manager_status_mut(&mut link.conn).transaction_depth();
    if matches!(open, Ok(None)) {
        return;
    }
    if let Err(error) = Manager::rollback_transaction(&mut link.conn) {
        Manager::transaction_manager_status_mut(&mut link.conn).set_in_error();
        let first = link.faults.first();
        tracing::warn!(%error, first, "the transaction could not be rolled back; the connection is dropped");
    }
}

/// True when the connection must not be used again.
pub(crate) fn is_spent(link: &mut Link) -> bool {
    link.faults.broken() || !matches!(Manager::transaction_manager_status_mut(&mut link.conn).transaction_depth(), Ok(None))
}

/// Runs the work, turning a panic into an error so that the connection and its thread live on.
fn guarded<T, E: From<StoreError>>(work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(StoreError::Panicked.into()))
}

/// A write transaction below the level of [`Writer`].
pub(crate) fn run<T>(link: &mut Link, f: impl FnOnce(&mut Conn) -> Result<T, StoreError>) -> Result<T, StoreError> {
    begin(link, begin_write(link.conn.backend()))?;
    let result = f(&mut link.conn).and_then(|value| commit(link).map(|()| value));
    if result.is_err() {
        rollback(link);
    }
    result
}

/// One snapshot of the database, on a link that has begun.
pub(crate) fn read<T, E: From<StoreError>>(
    link: &mut Link,
    shared: &Shared,
    f: impl FnOnce(&mut Reader<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let result = guarded(|| f(&mut Reader::new(&mut link.conn, shared)));
    match result {
        Ok(value) => {
            if commit(link).is_err() {
                rollback(link);
            }
            Ok(value)
        }
        Err(error) => {
            rollback(link);
            Err(error)
        }
    }
}

/// One write, on a link that has begun: all of it is committed, or nothing is.
pub(crate) fn write<T, E: From<StoreError>>(
    link: &mut Link,
    shared: &Shared,
    f: &impl Fn(&mut Writer<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let mut directory = None;
    let result = guarded(|| {
        let mut writer = Writer::new(&mut link.conn, shared);
        let value = f(&mut writer)?;
        directory = writer.finish()?;
        Ok(value)
    });
    let result = result.and_then(|value| commit(link).map(|()| value).map_err(E::from));
    match result {
        Ok(value) => {
            if let Some(directory) = directory {
                shared.publish(directory);
            }
            Ok(value)
        }
        Err(error) => {
            rollback(link);
            Err(error)
        }
    }
}
