//! A database of its own for every test, on the engine that the environment names:
//! `FABU_TEST_DATABASE=sqlite` (default, a file in a temporary folder) or `postgres`, with the server's URL in
//! `FABU_TEST_POSTGRES` (a user that may create databases).

use crate::{
    Backend, Reader, Store, StoreError, StoreOptions,
    conn::{Access, Address, Conn, Link},
    dialect::begin_write,
    records,
    shared::Shared,
    transaction,
};
use diesel::{
    Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection,
    connection::SimpleConnection,
    sql_types::{Bool, Text},
};
use fabu_domain::{
    ids::{EventId, IdSource, TimeOrderedIds},
    subject::log::LogEntry,
    time::clock::{Clock as _, SystemClock},
};

/// The entry beside which the digests of rows stand that a migration moved.
#[must_use]
pub fn migrated(table: &str, rows: usize) -> LogEntry {
    let now = SystemClock.now();
    LogEntry {
        id: EventId(TimeOrderedIds.next()),
        kind: "log.records_migrated".to_owned(),
        version: 1,
        subject: "log/records".to_owned(),
        release_id: None,
        release_version: None,
        actor: None,
        on_behalf_of: None,
        request_id: "migrate".to_owned(),
        occurred_at: now,
        recorded_at: now,
        payload: serde_json::json!({ "table": table, "rows": rows }),
    }
}

/// A program of which a database is kept, by the version of its schema. `tests/data/README.md` says what each left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OldProgram {
    /// Its log holds no digests of records yet.
    V0008,
    /// Its log proves the records; robots and report schedules have tables of their own.
    V0016,
}

enum Place {
    Folder { _folder: tempfile::TempDir },
    Server { maintenance: String, name: String },
}

/// A fresh database with all migrations applied, removed when dropped.
pub struct TestDatabase {
    url: String,
    store: Option<Store>,
    place: Place,
}

fn setup(error: impl std::fmt::Display) -> StoreError {
    StoreError::Setup(error.to_string())
}

impl TestDatabase {
    /// Creates and migrates a database.
    ///
    /// # Errors
    /// [`StoreError::Setup`] when the environment names no usable database.
    pub fn create() -> Result<Self, StoreError> {
        let database = Self::empty()?;
        database.store().migrate(&migrated)?;
        Ok(database)
    }

    /// Creates a database without any table.
    ///
    /// # Errors
    /// As [`TestDatabase::create`].
    pub fn empty() -> Result<Self, StoreError> {
        let (url, place) = match std::env::var("FABU_TEST_DATABASE").as_deref() {
            Ok("postgres") => on_server()?,
            Ok("sqlite") | Err(_) => {
                let folder = tempfile::Builder::new().prefix("fabu-test-").tempdir().map_err(setup)?;
                let url = format!("sqlite://{}", folder.path().join("fabu.sqlite").display());
                (url, Place::Folder { _folder: folder })
            }
            Ok(other) => return Err(setup(format!("FABU_TEST_DATABASE is \"{other}\": use sqlite or postgres"))),
        };
        let mut database = Self { url, store: None, place };
        database.store = Some(database.open()?);
        Ok(database)
    }

    /// The open store.
    ///
    /// # Panics
    /// Never: the store is there until the drop.
    #[must_use]
    #[expect(clippy::expect_used, reason = "for tests; the store is there until the drop")]
    pub fn store(&self) -> &Store {
        self.store.as_ref().expect("the store is open")
    }

    /// A second, independent store on the same database, like another process.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open(&self) -> Result<Store, StoreError> {
        let mut options = StoreOptions::new(&self.url);
        // Tests run many at a time against one server with a limit of connections; one more comes to it for background work.
        options.connections = 5;
        Store::open(&options)
    }

    /// The URL, for a process of its own.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A database that an older program filled, as it left it.
    ///
    /// # Errors
    /// As [`TestDatabase::create`].
    pub fn filled(by: OldProgram) -> Result<Self, StoreError> {
        let database = Self::empty()?;
        database.execute(match (by, database.store().backend()) {
            (OldProgram::V0008, Backend::Postgres) => include_str!("../../../tests/data/filled-0008.postgres.sql"),
            (OldProgram::V0008, Backend::Sqlite) => include_str!("../../../tests/data/filled-0008.sqlite.sql"),
            (OldProgram::V0016, Backend::Postgres) => include_str!("../../../tests/data/filled-0016.postgres.sql"),
            (OldProgram::V0016, Backend::Sqlite) => include_str!("../../../tests/data/filled-0016.sqlite.sql"),
        })?;
        Ok(database)
    }

    /// Runs raw SQL past the store, as somebody with the database's own tools would.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn execute(&self, sql: &str) -> Result<(), StoreError> {
        match self.store().backend() {
            Backend::Postgres => PgConnection::establish(&self.url).map_err(setup)?.batch_execute(sql)?,
            Backend::Sqlite => {
                let mut conn = SqliteConnection::establish(self.url.trim_start_matches("sqlite://")).map_err(setup)?;
                conn.batch_execute("PRAGMA busy_timeout=5000")?;
                conn.batch_execute(sql)?;
            }
        }
        Ok(())
    }
}

/// Holds the write lock of an SQLite file while `f` runs, as a program does that knows nothing of ours.
///
/// # Errors
/// [`StoreError::Setup`] when the file cannot be opened or locked.
pub fn hold_sqlite(path: &str, f: impl FnOnce()) -> Result<(), StoreError> {
    let mut conn = SqliteConnection::establish(path).map_err(setup)?;
    conn.batch_execute("PRAGMA busy_timeout=5000; BEGIN IMMEDIATE")?;
    f();
    Ok(conn.batch_execute("ROLLBACK")?)
}

impl TestDatabase {
    /// Runs raw SQL past the store, gives what it left to `f`, and takes it back. Triggers and references hold nobody up.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn tampered<T>(&self, sql: &str, f: impl FnOnce(&mut Reader<'_>) -> T) -> Result<T, StoreError> {
        let mut link = Link::open(&Address::parse(&self.url)?, Access::Write)?;
        transaction::begin(&mut link, begin_write(self.store().backend()))?;
        match &mut link.conn {
            Conn::Pg(conn) => conn.batch_execute(sql)?,
            Conn::Sqlite(conn) => conn.batch_execute(&format!("PRAGMA defer_foreign_keys=ON; {sql}"))?,
        }
        // The connection is closed without a commit.
        Ok(f(&mut Reader::new(&mut link.conn, &Shared::default())))
    }
}

/// Makes a SQLite file with raw SQL, as another program would.
///
/// # Errors
/// [`StoreError`] of the database.
pub fn make_sqlite(path: &str, sql: &str) -> Result<(), StoreError> {
    Ok(SqliteConnection::establish(path).map_err(setup)?.batch_execute(sql)?)
}

#[derive(QueryableByName)]
struct Described {
    #[diesel(sql_type = Text)]
    thing: String,
    #[diesel(sql_type = Bool)]
    required: bool,
}

const DESCRIBE_SQLITE: &str = "SELECT m.name || '.' || c.name AS thing, c.\"notnull\" AS required \
    FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' \
    UNION ALL SELECT 'index ' || name, 1 FROM sqlite_schema WHERE type = 'index' AND name NOT LIKE 'sqlite%'";

const DESCRIBE_POSTGRES: &str = "SELECT table_name || '.' || column_name AS thing, is_nullable = 'NO' AS required \
    FROM information_schema.columns WHERE table_schema = 'public' \
    UNION ALL SELECT 'index ' || indexname, true FROM pg_indexes WHERE schemaname = 'public' \
    AND indexname NOT LIKE '%pkey' AND indexname NOT LIKE '%.%'";

impl TestDatabase {
    /// Every table, column and named index, one a line and sorted: the same text for both databases.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn describe(&self) -> Result<String, StoreError> {
        let found: Vec<Described> = match self.store().backend() {
            Backend::Postgres => {
                diesel::sql_query(DESCRIBE_POSTGRES).load(&mut PgConnection::establish(&self.url).map_err(setup)?)?
            }
            Backend::Sqlite => {
                let path = self.url.trim_start_matches("sqlite://");
                diesel::sql_query(DESCRIBE_SQLITE).load(&mut SqliteConnection::establish(path).map_err(setup)?)?
            }
        };
        let line = |d: &Described| format!("{}{}\n", d.thing, if d.required { "" } else { " null" });
        let mut lines: Vec<String> = found.iter().filter(|d| !d.thing.starts_with("__")).map(line).collect();
        lines.sort();
        Ok(lines.concat())
    }
}

impl TestDatabase {
    /// Everything that the schema consists of, with the texts that define it.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn definitions(&self) -> Result<String, StoreError> {
        records::listed(&mut Link::open(&Address::parse(&self.url)?, Access::Write)?.conn)
    }
}

fn on_server() -> Result<(String, Place), StoreError> {
    let maintenance = std::env::var("FABU_TEST_POSTGRES")
        .map_err(|_| setup("FABU_TEST_POSTGRES must name the server: postgres://user:password@host:port/postgres"))?;
    let name = format!("fabu_test_{}", TimeOrderedIds.next().simple());
    PgConnection::establish(&maintenance).map_err(setup)?.batch_execute(&format!("CREATE DATABASE {name}"))?;
    // Keep the query (socket folder, …), replace the database.
    let (base, query) = maintenance.split_once('?').map_or((maintenance.as_str(), None), |(b, q)| (b, Some(q)));
    let server = base.find("://").and_then(|s| base[s + 3..].find('/').map(|p| &base[..s + 3 + p])).unwrap_or(base);
    let url = format!("{server}/{name}{}", query.map(|q| format!("?{q}")).unwrap_or_default());
    Ok((url, Place::Server { maintenance, name }))
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        self.store = None;
        if let Place::Server { maintenance, name } = &self.place {
            let dropped = PgConnection::establish(maintenance)
                .map_err(setup)
                .and_then(|mut conn| Ok(conn.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))?));
            if let Err(error) = dropped {
                tracing::warn!(%error, name, "the test database was not removed");
            }
        }
    }
}
