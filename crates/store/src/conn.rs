//! One connection type for both databases.

use crate::{
    StoreError,
    error::{is_broken, is_duplicate, is_retryable},
    postgres_url,
};
use diesel::{
    connection::{Instrumentation, InstrumentationEvent, SimpleConnection},
    prelude::*,
    sql_types::{BigInt, Text},
};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub(crate) enum Conn {
    /// PostgreSQL.
    Pg(PgConnection),
    /// SQLite.
    Sqlite(SqliteConnection),
}

/// Which database is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// SQLite, one file.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    Sqlite(String),
    Postgres(String),
}

impl Address {
    /// Chooses by the form of the URL: `postgres://…`, `sqlite:///path`, or a plain path.
    pub(crate) fn parse(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            postgres_url::check(url)?;
            return Ok(Self::Postgres(url.to_owned()));
        }
        let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
        if path.is_empty() || path.contains("://") || path.contains(":memory:") {
            return Err(StoreError::Setup(format!(
                "\"{}\" is no database URL: use sqlite:///path/fabu.sqlite or postgres://…",
                without_password(url)
            )));
        }
        Ok(Self::Sqlite(path.to_owned()))
    }

    pub(crate) fn backend(&self) -> Backend {
        match self {
            Self::Sqlite(_) => Backend::Sqlite,
            Self::Postgres(_) => Backend::Postgres,
        }
    }
}

/// The URL without what stands between the scheme and the host.
fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if scheme < at => format!("{}://…{}", &url[..scheme], &url[at..]),
        _ => url.to_owned(),
    }
}

/// What a connection may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
    /// A file of SQLite that nobody has open and that stays as it is: read without any file beside it.
    Frozen,
}

/// What the connection saw go wrong since the last [`Faults::clear`]; the errors themselves reach the caller through
/// layers that know nothing of databases.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    retryable: AtomicBool,
    duplicate: AtomicBool,
    broken: AtomicBool,
    first: Mutex<Option<String>>,
}

impl Faults {
    fn see(&self, error: &diesel::result::Error) {
        if matches!(error, diesel::result::Error::NotFound) {
            return;
        }
        if is_retryable(error) {
            self.retryable.store(true, Ordering::Relaxed);
        }
        if is_duplicate(error) {
            self.duplicate.store(true, Ordering::Relaxed);
        }
        if is_broken(error) {
            self.broken.store(true, Ordering::Relaxed);
        }
        if let Ok(mut first) = self.first.lock() {
            first.get_or_insert_with(|| error.to_string());
        }
    }

    /// Forgets the past, before a new transaction.
    pub(crate) fn clear(&self) {
        self.retryable.store(false, Ordering::Relaxed);
        self.duplicate.store(false, Ordering::Relaxed);
        if let Ok(mut first) = self.first.lock() {
            *first = None;
        }
    }

    /// The transaction failed because of another one and may be run again (40001, 40P01).
    pub(crate) fn retryable(&self) -> bool {
        self.retryable.load(Ordering::Relaxed)
    }

    /// A unique value was there already, perhaps since a moment ago.
    pub(crate) fn duplicate(&self) -> bool {
        self.duplicate.load(Ordering::Relaxed)
    }

    /// The connection is lost.
    pub(crate) fn broken(&self) -> bool {
        self.broken.load(Ordering::Relaxed)
    }

    /// The first error of the transaction, for the log: later ones are often its consequences.
    pub(crate) fn first(&self) -> Option<String> {
        self.first.lock().ok().and_then(|first| first.clone())
    }
}

struct Watch(Arc<Faults>);

impl Instrumentation for Watch {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::FinishQuery { error: Some(error), .. } = event {
            self.0.see(error);
        }
    }
}

/// A connection together with what it saw go wrong.
pub(crate) struct Link {
    pub(crate) conn: Conn,
    pub(crate) faults: Arc<Faults>,
    /// It notes which rows of covered tables change.
    pub(crate) notes: bool,
}

impl Link {
    /// Opens a connection and sets it up.
    pub(crate) fn open(address: &Address, access: Access) -> Result<Self, StoreError> {
        let faults = Arc::new(Faults::default());
        let watch = Watch(Arc::clone(&faults));
        let conn = match address {
            Address::Postgres(url) => {
                let mut conn = PgConnection::establish(&postgres_url::with_timeout(url))
                    .map_err(|e| StoreError::Unavailable(e.to_string()))?;
                conn.batch_execute("SET TIME ZONE 'UTC'; SET client_min_messages = warning; SET lock_timeout = '5s'")?;
                conn.set_instrumentation(watch);
                Conn::Pg(conn)
            }
            Address::Sqlite(path) => {
                let url = if access == Access::Frozen { frozen(path) } else { path.clone() };
                let mut conn = SqliteConnection::establish(&url)
                    .map_err(|e| StoreError::Setup(format!("the database file {path} cannot be opened: {e}")))?;
                set_up_sqlite(&mut conn, access)?;
                conn.set_instrumentation(watch);
                Conn::Sqlite(conn)
            }
        };
        Ok(Self { conn, faults, notes: false })
    }
}

/// The file as one that does not change: SQLite then makes no file beside it and takes no lock.
fn frozen(path: &str) -> String {
    let path = path.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{path}?mode=ro&immutable=1")
}

/// Refuses a database that does not keep its texts in UTF-8: its tables could be made, and the first Chinese text would fail.
///
/// # Errors
/// [`StoreError::Setup`] with what to do.
pub(crate) fn refuse_other_encodings(link: &mut Link) -> Result<(), StoreError> {
    let (encoding, advice) = match &mut link.conn {
        Conn::Pg(conn) => {
            let sql = "SELECT current_setting('server_encoding') AS encoding";
            (diesel::sql_query(sql).get_result::<Encoding>(conn)?.encoding, POSTGRES_ADVICE)
        }
        Conn::Sqlite(conn) => {
            let sql = "SELECT encoding FROM pragma_encoding";
            (diesel::sql_query(sql).get_result::<Encoding>(conn)?.encoding, SQLITE_ADVICE)
        }
    };
    match encoding.as_str() {
        "UTF8" | "UTF-8" => Ok(()),
        other => Err(StoreError::Setup(format!("the database keeps its texts in {other}, Fabu needs UTF-8: {advice}"))),
    }
}

/// Refuses a session in which PostgreSQL fires no triggers: what is written would stand in no digest, and the log could be
/// changed.
///
/// # Errors
/// [`StoreError::Setup`] with what to do.
pub(crate) fn refuse_replication(conn: &mut PgConnection) -> Result<(), StoreError> {
    #[derive(QueryableByName)]
    struct Setting {
        #[diesel(sql_type = Text)]
        is: String,
    }
    let sql = "SELECT current_setting('session_replication_role') AS is";
    match diesel::sql_query(sql).get_result::<Setting>(conn)?.is.as_str() {
        "origin" => Ok(()),
        other => Err(StoreError::Setup(format!(
            "session_replication_role is {other} for this database or role, so that no trigger fires and no change would be \
             proven: take it back with ALTER DATABASE … RESET session_replication_role, or ALTER ROLE … RESET"
        ))),
    }
}

const POSTGRES_ADVICE: &str =
    "make another database with CREATE DATABASE fabu ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0, and name it";
const SQLITE_ADVICE: &str = "move the file away, and a new one is made; what it holds can be brought over with sqlite3's .dump";

#[derive(QueryableByName)]
struct Encoding {
    #[diesel(sql_type = Text)]
    encoding: String,
}

#[derive(QueryableByName)]
struct Pragmas {
    #[diesel(sql_type = Text)]
    sqlite_version: String,
    #[diesel(sql_type = Text)]
    journal_mode: String,
    #[diesel(sql_type = BigInt)]
    synchronous: i64,
    #[diesel(sql_type = BigInt)]
    foreign_keys: i64,
    #[diesel(sql_type = BigInt)]
    busy_timeout: i64,
    #[diesel(sql_type = BigInt)]
    trusted_schema: i64,
    #[diesel(sql_type = BigInt)]
    journal_size_limit: i64,
    #[diesel(sql_type = BigInt)]
    recursive_triggers: i64,
    #[diesel(sql_type = BigInt)]
    query_only: i64,
}

const JOURNAL_SIZE_LIMIT: i64 = 64 * 1024 * 1024;

/// Sets the pragmas and reads them back: SQLite ignores a pragma that it does not know or cannot set.
fn set_up_sqlite(conn: &mut SqliteConnection, access: Access) -> Result<(), StoreError> {
    let query_only = i64::from(access != Access::Write);
    // The journal mode is kept in the file: only the writer, which is opened first, may need to change it.
    let journal = if access == Access::Write { "PRAGMA journal_mode=WAL;" } else { "" };
    conn.batch_execute(&format!(
        "PRAGMA busy_timeout=5000; {journal} PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; \
         PRAGMA journal_size_limit={JOURNAL_SIZE_LIMIT}; PRAGMA recursive_triggers=ON; PRAGMA temp_store=MEMORY; \
         PRAGMA cache_size=-8000; PRAGMA query_only={query_only};"
    ))?;
    let is: Pragmas = diesel::sql_query(
        "SELECT sqlite_version() AS sqlite_version, (SELECT journal_mode FROM pragma_journal_mode) AS journal_mode, \
         (SELECT synchronous FROM pragma_synchronous) AS synchronous, (SELECT foreign_keys FROM pragma_foreign_keys) AS foreign_keys, \
         (SELECT timeout FROM pragma_busy_timeout) AS busy_timeout, (SELECT trusted_schema FROM pragma_trusted_schema) AS trusted_schema, \
         (SELECT journal_size_limit FROM pragma_journal_size_limit) AS journal_size_limit, \
         (SELECT recursive_triggers FROM pragma_recursive_triggers) AS recursive_triggers, \
         (SELECT query_only FROM pragma_query_only) AS query_only",
    )
    .get_result(conn)?;
    if !is_sound_sqlite(&is.sqlite_version) {
        let version = is.sqlite_version;
        return Err(StoreError::Setup(format!(
            "SQLite {version} can lose commits in WAL mode: 3.51.3 or newer is needed (or 3.50.7, 3.44.6)"
        )));
    }
    let wanted = [
        ("synchronous", is.synchronous, 2),
        ("foreign_keys", is.foreign_keys, 1),
        ("busy_timeout", is.busy_timeout, 5000),
        ("trusted_schema", is.trusted_schema, 0),
        ("journal_size_limit", is.journal_size_limit, JOURNAL_SIZE_LIMIT),
        ("recursive_triggers", is.recursive_triggers, 1),
        ("query_only", is.query_only, query_only),
    ];
    if access != Access::Frozen && is.journal_mode != "wal" {
        return Err(StoreError::Setup(format!("SQLite cannot use the write-ahead log here (journal_mode={})", is.journal_mode)));
    }
    match wanted.into_iter().find(|(_, is, wanted)| is != wanted) {
        Some((name, is, wanted)) => {
            Err(StoreError::Setup(format!("SQLite did not take the setting {name}={wanted}: it is {is}")))
        }
        None => Ok(()),
    }
}

/// False for versions with the WAL-reset fault (3.7.0 to 3.51.2, mended in 3.50.7 and 3.44.6).
fn is_sound_sqlite(version: &str) -> bool {
    let parts: Vec<u32> = version.split('.').map_while(|part| part.parse().ok()).collect();
    let (major, minor, patch) = (parts.first().copied(), parts.get(1).copied().unwrap_or(0), parts.get(2).copied().unwrap_or(0));
    match (major, minor) {
        (Some(3), 44) => patch >= 6,
        (Some(3), 50) => patch >= 7,
        (Some(3), 51) => patch >= 3,
        (Some(3), minor) => minor > 51,
        (Some(major), _) => major > 3,
        (None, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_sqlite_versions_that_lose_commits() {
        for bad in ["3.40.1", "3.44.5", "3.46.0", "3.50.6", "3.51.2", "", "x"] {
            assert!(!is_sound_sqlite(bad), "{bad}");
        }
        for good in ["3.44.6", "3.50.7", "3.51.3", "3.52.0", "4.0"] {
            assert!(is_sound_sqlite(good), "{good}");
        }
    }

    #[test]
    fn chooses_the_database_by_the_url() {
        assert_eq!(Address::parse("sqlite:///var/fabu.sqlite").unwrap(), Address::Sqlite("/var/fabu.sqlite".into()));
        assert_eq!(Address::parse("data/fabu.sqlite").unwrap(), Address::Sqlite("data/fabu.sqlite".into()));
        assert_eq!(Address::parse("postgresql://u@h/d").unwrap().backend(), Backend::Postgres);
    }

    #[test]
    fn refuses_other_urls_without_showing_the_password() {
        let error = Address::parse("mysql://root:secret@host/db").unwrap_err().to_string();
        assert!(error.contains("mysql://…@host/db") && !error.contains("secret"), "{error}");
        assert!(Address::parse("sqlite::memory:").is_err());
    }
}
