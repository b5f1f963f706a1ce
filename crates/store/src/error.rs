//! What can go wrong in the store, in the words that the layers above need.

use diesel::result::{DatabaseErrorKind, DeserializeFieldError, Error as DieselError};

/// An error of the store. Refusals of the procedure are not among them.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The wait for a turn or a lock was too long; the caller may try again (503 with `Retry-After`).
    #[error("the database is busy: {0}")]
    Busy(String),
    /// The database cannot be reached (503 with `Retry-After`).
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// The connection broke while a commit was under way: it cannot be told whether the change was written (503).
    #[error("the connection broke during a commit; the change may have been written or not: {0}")]
    OutcomeUnknown(String),
    /// The disk of the database is full (507).
    #[error("no space left for the database")]
    NoSpace,
    /// A stored row cannot be understood.
    #[error("unreadable{}, column {column}: {reason}", of_table(table, row))]
    Corrupt {
        /// The table.
        table: String,
        /// The key of the row.
        row: String,
        /// The column.
        column: String,
        /// What is wrong with the value.
        reason: String,
    },
    /// The record was changed (or removed) since the caller read it (412).
    #[error("the record has changed: its version is {current:?}")]
    Stale {
        /// The version it has now; none when there is no such record.
        current: Option<i64>,
    },
    /// A unique value exists already.
    #[error("exists already: {what}")]
    Duplicate {
        /// `table.column` (several joined by ", ").
        what: String,
    },
    /// The row points to something that does not exist, or something still points to it.
    #[error("reference to a missing or still used row: {0}")]
    Reference(String),
    /// Something tried to change or remove a row of the log.
    #[error("the log is append-only")]
    AppendOnly,
    /// The cursor was not made by this list (400).
    #[error("the cursor does not belong to this list")]
    Cursor,
    /// A write reserved an idempotency key and kept no answer for it: a defect of the caller; nothing was written.
    #[error("an idempotency key was reserved without keeping its answer")]
    Unanswered,
    /// A register was written after the directory was read without holding it: a defect of the caller; nothing was written.
    #[error("a register was written after the directory was read without its exclusive lock")]
    Unlocked,
    /// Rows that count as records were changed and no entry of the log was written: a defect of the caller; nothing was
    /// written.
    #[error("a change of {tables} without an entry of the log")]
    Unlogged {
        /// The tables, separated by ", ".
        tables: String,
    },
    /// The database was made by a newer version of the program.
    #[error("the database has migration {found}, which this program does not know: use a newer program")]
    NewerSchema {
        /// The unknown migration.
        found: String,
    },
    /// The database cannot be used as it is set up.
    #[error("{0}")]
    Setup(String),
    /// The work given to the store panicked; its transaction was rolled back.
    #[error("the work given to the store panicked; nothing was written")]
    Panicked,
    /// Any other error of the database.
    #[error("database error: {0}")]
    Database(String),
}

/// ` row 7 of table events`, as far as that is known.
fn of_table(table: &str, row: &str) -> String {
    if table.is_empty() { String::new() } else { format!(" row {row} of table {table}") }
}

impl StoreError {
    /// An unreadable value.
    pub(crate) fn corrupt(table: &str, row: impl ToString, column: &str, reason: impl ToString) -> Self {
        Self::Corrupt { table: table.into(), row: row.to_string(), column: column.into(), reason: reason.to_string() }
    }
}

const FULL: &[&str] = &["database or disk is full", "No space left on device", "could not extend file"];
const LOCKED: &[&str] = &["database is locked", "database table is locked", "lock timeout", "deadlock", "死锁"];
const GONE: &[&str] = &[
    "terminating connection",
    "server closed the connection",
    "could not connect",
    "connection to server",
    "the database system is",
    "no connection to the server",
    "connection not open",
    "could not receive data from server",
    "could not send data to server",
    "SSL connection has been closed",
    "SSL SYSCALL error",
    "too many clients",
];

fn any(message: &str, parts: &[&str]) -> bool {
    parts.iter().any(|part| message.contains(part))
}

/// True for the two errors after which PostgreSQL asks to run the transaction again (40001, 40P01).
pub(crate) fn is_retryable(error: &DieselError) -> bool {
    match error {
        DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        DieselError::DatabaseError(_, info) => any(info.message(), &["deadlock", "死锁"]),
        _ => false,
    }
}

/// True when a unique value was there already.
pub(crate) fn is_duplicate(error: &DieselError) -> bool {
    matches!(error, DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _))
}

/// True when the connection cannot be used any more.
pub(crate) fn is_broken(error: &DieselError) -> bool {
    match error {
        DieselError::DatabaseError(DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand, _) => true,
        DieselError::DatabaseError(_, info) => any(info.message(), GONE),
        DieselError::BrokenTransactionManager => true,
        DieselError::RollbackErrorOnCommit { commit_error, .. } => is_broken(commit_error),
        _ => false,
    }
}

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> Self {
        if is_broken(&error) {
            return Self::Unavailable(error.to_string());
        }
        match error {
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, info) => {
                let named = info.constraint_name().map(str::to_owned);
                let what = named.unwrap_or_else(|| info.message().trim_start_matches("UNIQUE constraint failed: ").to_owned());
                Self::Duplicate { what }
            }
            DieselError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, info) => {
                Self::Reference(info.message().to_owned())
            }
            DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, info) => Self::Busy(info.message().to_owned()),
            DieselError::DatabaseError(_, info) if any(info.message(), FULL) => Self::NoSpace,
            DieselError::DatabaseError(_, info) if any(info.message(), LOCKED) => Self::Busy(info.message().to_owned()),
            DieselError::DatabaseError(_, info) if info.message().contains("append-only") => Self::AppendOnly,
            DieselError::DeserializationError(error) => {
                let field = error.downcast_ref::<DeserializeFieldError>();
                let column = field.and_then(|f| f.field_name.clone()).unwrap_or_default();
                let reason = field.map_or_else(|| error.to_string(), |f| f.error.to_string());
                Self::corrupt("", "", &column, reason)
            }
            other => Self::Database(other.to_string()),
        }
    }
}
