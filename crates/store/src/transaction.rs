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

/// Commits a write. When the connection breaks while the commit is under way, the database may have taken it or not.
fn commit_write(link: &mut Link) -> Result<(), StoreError> {
    commit(link).map_err(|error| match error {
        StoreError::Unavailable(reason) => StoreError::OutcomeUnknown(reason),
        error => error,
    })
}

/// Rolls back if a transaction is still open. After a full disk or an I/O error SQLite has often left it already, so a
/// failure here is no news: the first error is the one that counts, and the connection is given up by its owner
/// because its transaction manager is in error.
pub(crate) fn rollback(link: &mut Link) {
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
    let mut committed = None;
    let result = guarded(|| {
        let mut writer = Writer::new(link, shared);
        let value = f(&mut writer)?;
        committed = Some(writer.finish()?);
        Ok(value)
    });
    let result = result.and_then(|value| commit_write(link).map(|()| value).map_err(E::from));
    match result {
        Ok(value) => {
            if let Some(committed) = committed {
                committed.publish(shared);
            }
            Ok(value)
        }
        Err(error) => {
            rollback(link);
            Err(error)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Backend,
        conn::{Access, Address},
    };
    use diesel::connection::SimpleConnection;

    fn sqlite(link: &mut Link, sql: &str) {
        let Conn::Sqlite(conn) = &mut link.conn else { panic!("SQLite") };
        conn.batch_execute(sql).unwrap();
    }

    fn fill(link: &mut Link, kilobytes: usize) -> Result<(), StoreError> {
        begin(link, begin_write(Backend::Sqlite))?;
        write(link, &Shared::default(), &|tx: &mut Writer<'_>| {
            (0..kilobytes).try_for_each(|n| tx.set_instance(&n.to_string(), &"x".repeat(1024), &[]))
        })
    }

    #[test]
    fn says_no_space_on_a_full_disk_and_goes_on_when_there_is_space() {
        let folder = tempfile::tempdir().unwrap();
        let address = Address::parse(&folder.path().join("full.sqlite").display().to_string()).unwrap();
        let mut link = Link::open(&address, Access::Write).unwrap();
        sqlite(&mut link, "CREATE TABLE instance (key TEXT PRIMARY KEY, value TEXT NOT NULL); PRAGMA max_page_count=40");
        fill(&mut link, 20).unwrap();
        let full = fill(&mut link, 1000);
        assert!(matches!(full, Err(StoreError::NoSpace)), "{full:?}");
        assert!(link.faults.first().is_some_and(|first| first.contains("full")), "the first error is the one reported");
        if is_spent(&mut link) {
            link = Link::open(&address, Access::Write).unwrap();
        }
        sqlite(&mut link, "PRAGMA max_page_count=4000");
        let mut reader = Reader::new(&mut link.conn, &Shared::default()).instance_facts().map(|facts| facts.len());
        assert_eq!(reader.as_mut().ok(), Some(&mut 20), "what was committed is there, and nothing else");
        fill(&mut link, 1000).unwrap();
    }

    #[test]
    fn refuses_to_write_on_a_read_connection() {
        let folder = tempfile::tempdir().unwrap();
        let address = Address::parse(&folder.path().join("read.sqlite").display().to_string()).unwrap();
        let mut writer = Link::open(&address, Access::Write).unwrap();
        sqlite(&mut writer, "CREATE TABLE instance (key TEXT PRIMARY KEY, value TEXT NOT NULL)");
        let refused = fill(&mut Link::open(&address, Access::Read).unwrap(), 1);
        assert!(matches!(&refused, Err(StoreError::Database(why)) if why.contains("readonly")), "{refused:?}");
    }
}
