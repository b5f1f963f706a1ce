//! The embedded migrations: paired folders of equal names, applied under one lock and in one transaction.

use crate::{
    StoreError, Writer,
    conn::{Conn, Link},
    dialect::begin_write,
    folded_names, records,
    releases::claims,
    shared::Shared,
    subjects::{procedure_versions, quarterly_reports},
    transaction,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use fabu_domain::subject::log::LogEntry;

const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");
const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");

fn source(conn: &Conn) -> EmbeddedMigrations {
    match conn {
        Conn::Pg(_) => POSTGRES,
        Conn::Sqlite(_) => SQLITE,
    }
}

fn failed(error: impl std::fmt::Display) -> StoreError {
    StoreError::Setup(format!("the migration failed, nothing was changed: {error}"))
}

/// Applies what is pending; the number applied. All or nothing, also when the program is killed. Rows that are moved or written
/// anew keep their proof: `entry` makes the entry of the log beside which their digests stand.
pub(crate) fn run(link: &mut Link, entry: &dyn Fn(&str, usize) -> LogEntry) -> Result<usize, StoreError> {
    transaction::begin(link, begin_write(link.conn.backend()))?;
    transaction::write(link, &Shared::default(), &|tx: &mut Writer<'_>| {
        tx.conn.lock_migrating()?;
        refuse_newer(tx.conn)?;
        let source = source(tx.conn);
        let is_due = tx.conn.has_pending_migration(source).map_err(failed)?;
        let strange = if is_due { tx.strange_before_migration()? } else { None };
        let source = self::source(tx.conn);
        let applied = tx.conn.run_pending_migrations(source).map_err(failed)?.len();
        if applied > 0 {
            quarterly_reports::carry_over(tx)?;
            procedure_versions::put_first(tx.conn)?;
            claims::fill(tx.conn)?;
        }
        for double in folded_names::fill(tx.conn)? {
            tracing::warn!(
                record.table = double.kind,
                record.name = %double.name,
                "an earlier record has the same name but for width, case or invisible characters; rename one of them"
            );
        }
        records::install(tx.conn, applied > 0)?;
        if let Some(before) = strange {
            let rows = tx.carry_migrated(&before, entry)?;
            tracing::info!(rows, "rows that the migration moved or wrote anew stand in the log");
        }
        Ok(applied)
    })
}

/// Takes back every migration: for tests of the way down.
#[cfg(feature = "testing")]
pub(crate) fn revert(link: &mut Link) -> Result<usize, StoreError> {
    transaction::run(link, |conn| {
        conn.lock_migrating()?;
        let source = source(conn);
        Ok(conn.revert_all_migrations(source).map_err(failed)?.len())
    })
}

/// Takes back the newest migration; its version: for tests of the way down on databases that hold something.
#[cfg(feature = "testing")]
pub(crate) fn revert_last(link: &mut Link) -> Result<String, StoreError> {
    transaction::run(link, |conn| {
        conn.lock_migrating()?;
        let source = source(conn);
        Ok(conn.revert_last_migration(source).map_err(failed)?.to_string())
    })
}

/// Takes back every migration when the instance holds this fact, in the same transaction; false when it does not.
pub(crate) fn revert_if_marked(link: &mut Link, key: &str) -> Result<bool, StoreError> {
    use crate::schema::instance;
    use diesel::prelude::*;
    transaction::run(link, |conn| {
        conn.lock_migrating()?;
        let source = source(conn);
        if conn.applied_migrations().map_err(failed)?.is_empty() {
            return Ok(false);
        }
        let mark: Option<String> = instance::table.find(key).select(instance::value).first(conn).optional()?;
        if mark.is_none() {
            return Ok(false);
        }
        conn.revert_all_migrations(source).map_err(failed)?;
        Ok(true)
    })
}

/// The number of migrations that are not applied yet.
///
/// # Errors
/// [`StoreError::NewerSchema`] when one is applied that this program does not know.
pub(crate) fn pending(link: &mut Link) -> Result<usize, StoreError> {
    transaction::run(link, |conn| {
        conn.lock_migrating()?;
        refuse_newer(conn)?;
        let source = source(conn);
        Ok(conn.pending_migrations(source).map_err(failed)?.len())
    })
}

/// The number of migrations that are not applied, without writing anything.
///
/// # Errors
/// As [`pending`]; [`StoreError::Setup`] when the database is none of this program.
pub(crate) fn lacking(conn: &mut Conn) -> Result<usize, StoreError> {
    #[derive(diesel::QueryableByName)]
    struct Applied {
        #[diesel(sql_type = diesel::sql_types::Text)]
        version: String,
    }
    let applied = diesel::sql_query("SELECT version FROM __diesel_schema_migrations");
    let applied: Vec<Applied> = diesel::RunQueryDsl::load(applied, conn)
        .map_err(|error| StoreError::Setup(format!("this is no database of Fabu: {error}")))?;
    let known = known(conn)?;
    match applied.iter().find(|applied| !known.contains(&applied.version)) {
        Some(found) => Err(StoreError::NewerSchema { found: found.version.clone() }),
        None => Ok(known.len() - applied.len()),
    }
}

fn known(conn: &Conn) -> Result<Vec<String>, StoreError> {
    use diesel::migration::MigrationSource;
    Ok(match conn {
        Conn::Pg(_) => names(MigrationSource::<diesel::pg::Pg>::migrations(&POSTGRES).map_err(failed)?),
        Conn::Sqlite(_) => names(MigrationSource::<diesel::sqlite::Sqlite>::migrations(&SQLITE).map_err(failed)?),
    })
}

fn refuse_newer(conn: &mut Conn) -> Result<(), StoreError> {
    let known = known(conn)?;
    let applied = conn.applied_migrations().map_err(failed)?;
    match applied.iter().map(ToString::to_string).find(|version| !known.contains(version)) {
        Some(found) => Err(StoreError::NewerSchema { found }),
        None => Ok(()),
    }
}

/// A database in memory with the schema of this program, to compare another one with.
pub(crate) fn fresh_sqlite() -> Result<Conn, StoreError> {
    use diesel::Connection;
    let mut conn = diesel::SqliteConnection::establish(":memory:").map_err(failed)?;
    conn.run_pending_migrations(SQLITE).map_err(failed)?;
    Ok(Conn::Sqlite(conn))
}

fn names<DB: diesel::backend::Backend>(migrations: Vec<Box<dyn diesel::migration::Migration<DB>>>) -> Vec<String> {
    migrations.iter().map(|m| m.name().version().to_string()).collect()
}
