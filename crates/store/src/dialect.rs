//! All SQL that must differ between the two databases, twins side by side, and the clauses that diesel's multi
//! backend lacks.

use crate::{
    StoreError,
    conn::{Backend, Conn, MultiBackend},
    handle::DirectoryLock,
};
use diesel::{
    connection::SimpleConnection,
    prelude::*,
    query_builder::{AstPass, InsertStatement, Query, QueryFragment, QueryId},
};

impl Conn {
    /// Which database this is.
    pub(crate) fn backend(&self) -> Backend {
        match self {
            Self::Pg(_) => Backend::Postgres,
            Self::Sqlite(_) => Backend::Sqlite,
        }
    }

    /// Waits until no other connection seals the log, up to the end of this transaction. SQLite has one writer anyway.
    pub(crate) fn lock_sealing(&mut self) -> QueryResult<()> {
        match self {
            Self::Pg(conn) => conn.batch_execute("SELECT pg_advisory_xact_lock(4660, 1)"),
            Self::Sqlite(_) => Ok(()),
        }
    }

    /// Holds the directory up to the end of this transaction: [`DirectoryLock::Shared`] keeps register writes off,
    /// [`DirectoryLock::Exclusive`] keeps everybody off who reads it to write. SQLite has one writer anyway. True when
    /// this may have waited, so that what was read before may be outdated.
    pub(crate) fn lock_directory(&mut self, lock: DirectoryLock) -> QueryResult<bool> {
        match (self, lock) {
            (Self::Pg(conn), DirectoryLock::Shared) => conn.batch_execute("SELECT pg_advisory_xact_lock_shared(4660, 3)")?,
            (Self::Pg(conn), DirectoryLock::Exclusive) => conn.batch_execute("SELECT pg_advisory_xact_lock(4660, 3)")?,
            (Self::Sqlite(_), _) => return Ok(false),
        }
        Ok(true)
    }

    /// Waits until every transaction that wrote an entry has ended, and keeps others from writing one, up to the end of this
    /// transaction. SQLite has one writer anyway.
    pub(crate) fn lock_log(&mut self) -> QueryResult<()> {
        match self {
            Self::Pg(conn) => conn.batch_execute("LOCK TABLE events IN SHARE ROW EXCLUSIVE MODE"),
            Self::Sqlite(_) => Ok(()),
        }
    }

    /// Waits until no other connection adds a file, up to the end of this transaction. SQLite has one writer anyway.
    pub(crate) fn lock_storage(&mut self) -> QueryResult<()> {
        match self {
            Self::Pg(conn) => conn.batch_execute("SELECT pg_advisory_xact_lock(4660, 31)"),
            Self::Sqlite(_) => Ok(()),
        }
    }

    /// Looks at what there is in each table, so that queries are planned for it. SQLite plans by the queries alone.
    pub(crate) fn look_at_tables(&mut self) -> QueryResult<()> {
        match self {
            Self::Pg(conn) => conn.batch_execute("ANALYZE"),
            Self::Sqlite(_) => Ok(()),
        }
    }

    /// Waits until no other connection migrates, up to the end of this transaction. SQLite has one writer anyway.
    pub(crate) fn lock_migrating(&mut self) -> QueryResult<()> {
        match self {
            Self::Pg(conn) => conn.batch_execute("SELECT pg_advisory_xact_lock(4660, 2)"),
            Self::Sqlite(_) => Ok(()),
        }
    }
}

/// How a read transaction begins: one snapshot for all its queries, and no writing. (Readers of SQLite are `query_only`.)
pub(crate) const fn begin_read(backend: Backend) -> &'static str {
    match backend {
        Backend::Sqlite => "BEGIN DEFERRED",
        Backend::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    }
}

/// How a write transaction begins: SQLite takes the write lock at once (a lock upgrade in the middle fails with
/// "database is locked").
pub(crate) const fn begin_write(backend: Backend) -> &'static str {
    match backend {
        Backend::Sqlite => "BEGIN IMMEDIATE",
        Backend::Postgres => "BEGIN ISOLATION LEVEL READ COMMITTED",
    }
}

/// The text with `%`, `_` and `\` escaped.
pub(crate) fn escape_like(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 2);
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// `INSERT … ON CONFLICT …`; the text after `ON CONFLICT` is the same in both databases.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OnConflict<Q> {
    insert: Q,
    clause: &'static str,
}

impl<Q> QueryId for OnConflict<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: QueryFragment<MultiBackend>> QueryFragment<MultiBackend> for OnConflict<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        self.insert.walk_ast(out.reborrow())?;
        out.push_sql(" ON CONFLICT ");
        out.push_sql(self.clause);
        Ok(())
    }
}

impl<Q> diesel::RunQueryDsl<Conn> for OnConflict<Q> {}

/// Adds [`OnConflict`] to inserts.
pub(crate) trait InsertExt: Sized {
    /// For example `.or("(name) DO NOTHING")` or `.or("(name) DO UPDATE SET value = excluded.value")`.
    fn or(self, clause: &'static str) -> OnConflict<Self> {
        OnConflict { insert: self, clause }
    }
}

impl<T: QuerySource, U, Op, R> InsertExt for InsertStatement<T, U, Op, R> {}

/// `SELECT … FOR UPDATE [SKIP LOCKED]` on PostgreSQL; nothing on SQLite, where the write transaction has the lock already.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Locked<Q> {
    query: Q,
    clause: &'static str,
}

impl<Q> QueryId for Locked<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: Query> Query for Locked<Q> {
    type SqlType = Q::SqlType;
}

impl<Q: QueryFragment<MultiBackend>> QueryFragment<MultiBackend> for Locked<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        self.query.walk_ast(out.reborrow())?;
        if matches!(out.backend(), MultiBackend::Pg(_)) {
            out.push_sql(self.clause);
        }
        Ok(())
    }
}

impl<Q> diesel::RunQueryDsl<Conn> for Locked<Q> {}

/// Adds [`Locked`] to queries.
pub(crate) trait LockExt: Sized {
    /// Holds the rows found until the end of the transaction.
    fn lock(self) -> Locked<Self> {
        Locked { query: self, clause: " FOR UPDATE" }
    }

    /// The same, passing over rows that another transaction holds.
    fn lock_free(self) -> Locked<Self> {
        Locked { query: self, clause: " FOR UPDATE SKIP LOCKED" }
    }
}

impl<Q: diesel::query_builder::AsQuery> LockExt for Q {}

/// Adds rows in few statements. `into` names the table and its columns, `types` what PostgreSQL makes of their JSON texts; each row
/// is a tuple of their values.
pub(crate) fn insert_rows(conn: &mut Conn, into: &str, types: &[&str], rows: &[impl serde::Serialize]) -> Result<(), StoreError> {
    const AT_ONCE: usize = 500;
    let column = |(n, ty): (usize, &&str)| match conn.backend() {
        Backend::Sqlite => format!("value ->> {n}"),
        Backend::Postgres => format!("(r ->> {n})::{ty}"),
    };
    let columns = types.iter().enumerate().map(column).collect::<Vec<_>>().join(", ");
    let from = match conn.backend() {
        Backend::Sqlite => "json_each($1)",
        Backend::Postgres => "json_array_elements($1::json) r",
    };
    let sql = format!("INSERT INTO {into} SELECT {columns} FROM {from}");
    for rows in rows.chunks(AT_ONCE) {
        let json = serde_json::to_string(rows).map_err(|error| StoreError::Database(error.to_string()))?;
        diesel::RunQueryDsl::execute(diesel::sql_query(&sql).bind::<diesel::sql_types::Text, _>(json), conn)?;
    }
    Ok(())
}
