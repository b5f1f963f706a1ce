//! What holds for the database as a whole: sound pages and references, the schema and the triggers of this program.

use super::definitions;
use crate::{
    Reader, RecordFault, StoreError,
    conn::Conn,
    schema::{events, unsealed_events},
    types::Instant,
};
use chrono::TimeDelta;
use diesel::{
    dsl::{max, min},
    prelude::*,
    sql_types::{BigInt, Text},
};

/// How much older than the newest entry one may be that still waits for its seal.
const SEALING: TimeDelta = TimeDelta::minutes(5);

/// The most of one kind of fault that is listed.
const LISTED: i64 = 100;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

#[derive(QueryableByName)]
struct Thing {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    text: String,
}

fn of_database(what: impl Into<String>) -> RecordFault {
    RecordFault { record: "database".to_owned(), what: what.into() }
}

/// What was read; none when it holds what the program never writes.
pub(super) fn legible<T>(read: diesel::QueryResult<T>) -> Result<Option<T>, StoreError> {
    match read {
        Err(diesel::result::Error::DeserializationError(_)) => Ok(None),
        read => Ok(Some(read?)),
    }
}

impl Reader<'_> {
    /// Checks pages, references, schema and triggers, that sealing goes on, that digests stand in the order of the log, and
    /// that every release exists that an entry of the log names.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read at all.
    pub fn check_database(&mut self, faults: &mut Vec<RecordFault>) -> Result<(), StoreError> {
        let found = match self.conn {
            Conn::Sqlite(_) => sqlite(self.conn)?,
            Conn::Pg(_) => postgres(self.conn)?,
        };
        faults.extend(found.into_iter().map(of_database));
        self.check_sealing(faults)?;
        self.check_positions(faults)?;
        self.check_named_releases(faults)
    }

    fn check_sealing(&mut self, faults: &mut Vec<RecordFault>) -> Result<(), StoreError> {
        let waiting = unsealed_events::table.inner_join(events::table.on(events::id.eq(unsealed_events::event_id)));
        let oldest: Option<Option<Instant>> = legible(waiting.select(min(events::recorded_at)).first(self.conn))?;
        let newest: Option<Option<Instant>> = legible(events::table.select(max(events::recorded_at)).first(self.conn))?;
        if oldest.is_none() || newest.is_none() {
            let what = "an instant of an entry cannot be read: it was changed outside the program".to_owned();
            faults.push(RecordFault { record: "log".to_owned(), what });
        }
        if let (Some(oldest), Some(newest)) = (oldest.flatten(), newest.flatten())
            && newest.0 - oldest.0 > SEALING
        {
            let what =
                format!("an entry of {} waits for its seal, although later ones were written until {}", oldest.0, newest.0);
            faults.push(RecordFault { record: "log".to_owned(), what });
        }
        Ok(())
    }

    /// The positions of the digests rise with the seals, and go on with what waits for one: an entry that stands lower was
    /// numbered by somebody else, and an older state of a row would pass for its last one.
    fn check_positions(&mut self, faults: &mut Vec<RecordFault>) -> Result<(), StoreError> {
        // Transactions of PostgreSQL run side by side: two that overlap may be sealed in the other order.
        let settled = match self.conn {
            Conn::Sqlite(_) => "highest",
            Conn::Pg(_) => {
                "max(position) OVER (ORDER BY recorded_at RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL '1 hour' PRECEDING)"
            }
        };
        let sql = format!(
            "WITH placed AS (SELECT r.position, e.id, e.recorded_at, \
             row_number() OVER (ORDER BY s.seq IS NULL, s.seq, u.position) AS place \
             FROM event_records r JOIN events e ON e.id = r.event_id LEFT JOIN seals s ON s.event_id = e.id \
             LEFT JOIN unsealed_events u ON u.event_id = e.id), \
             risen AS (SELECT placed.*, max(position) OVER (ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) \
             AS highest FROM placed), settled AS (SELECT risen.*, {settled} AS settled FROM risen) \
             SELECT CAST(id AS TEXT) AS line FROM settled WHERE position < highest AND position < settled ORDER BY place LIMIT {LISTED}"
        );
        let fallen: Vec<Line> = diesel::sql_query(sql).load(self.conn)?;
        faults.extend(fallen.into_iter().map(|Line { line }| RecordFault {
            record: format!("digests beside the entry {line}"),
            what: "stand before those of entries sealed earlier: the order was changed outside the program".to_owned(),
        }));
        Ok(())
    }

    fn check_named_releases(&mut self, faults: &mut Vec<RecordFault>) -> Result<(), StoreError> {
        let sql = "SELECT DISTINCT e.subject AS line FROM events e WHERE e.release_id IS NOT NULL AND e.subject LIKE 'releases/%' \
             AND NOT EXISTS (SELECT 1 FROM releases r WHERE r.id = e.release_id) ORDER BY 1";
        let gone: Vec<Line> = diesel::sql_query(format!("{sql} LIMIT {LISTED}")).load(self.conn)?;
        for Line { line } in gone {
            let record = format!("release {}", line.trim_start_matches("releases/"));
            let what = "is named in the log and does not exist".to_owned();
            faults.push(RecordFault { record, what });
        }
        Ok(())
    }
}

fn sqlite(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    let mut faults = Vec::new();
    let pages: Vec<Line> = diesel::sql_query("SELECT integrity_check AS line FROM pragma_integrity_check").load(conn)?;
    faults.extend(pages.into_iter().filter(|page| page.line != "ok").map(|page| format!("integrity check: {}", page.line)));
    let dangling: Vec<Thing> =
        diesel::sql_query(format!("SELECT \"table\" AS name, parent AS text FROM pragma_foreign_key_check LIMIT {LISTED}"))
            .load(conn)?;
    faults.extend(dangling.into_iter().map(|row| format!("a row of {} refers to a row of {} that is gone", row.name, row.text)));
    faults.extend(definitions::compare(conn)?);
    Ok(faults)
}

fn postgres(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    let mut faults = dangling(conn)?;
    faults.extend(definitions::compare(conn)?);
    faults.extend(replication(conn)?);
    faults.extend(set_back(conn)?);
    Ok(faults)
}

/// Settings under which the triggers do not fire: of this session, and those that a session of any role begins with.
fn replication(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    let settings: Vec<Thing> = diesel::sql_query(
        "SELECT 'this session' AS name, current_setting('session_replication_role') AS text \
         UNION ALL SELECT concat_ws(', ', 'database ' || d.datname, 'role ' || r.rolname), split_part(setting, '=', 2) \
         FROM pg_db_role_setting s CROSS JOIN LATERAL unnest(s.setconfig) AS setting \
         LEFT JOIN pg_database d ON d.oid = s.setdatabase LEFT JOIN pg_roles r ON r.oid = s.setrole \
         WHERE setting LIKE 'session_replication_role=%' AND (s.setdatabase = 0 OR d.datname = current_database())",
    )
    .load(conn)?;
    let others = settings.into_iter().filter(|setting| setting.text != "origin");
    Ok(others.map(|at| format!("session_replication_role is {} for {}: triggers do not fire", at.text, at.name)).collect())
}

/// The sequence of the positions stands below the highest of them: somebody set it back, so that later digests sort before
/// older ones. (The program goes on above the highest all the same.)
fn set_back(conn: &mut Conn) -> Result<Option<String>, StoreError> {
    let behind: Count = diesel::sql_query(
        "SELECT count(*) AS count FROM pg_sequences WHERE schemaname = current_schema() AND sequencename = 'record_positions' \
         AND has_sequence_privilege(format('%I.%I', schemaname, sequencename), 'SELECT') \
         AND coalesce(last_value, 0) < (SELECT max(position) FROM event_records)",
    )
    .get_result(conn)?;
    Ok((behind.count > 0).then(|| "the sequence record_positions was set back below positions that were given".to_owned()))
}

#[derive(QueryableByName)]
struct Reference {
    #[diesel(sql_type = Text)]
    child: String,
    #[diesel(sql_type = Text)]
    parent: String,
    /// How the columns of both correspond.
    #[diesel(sql_type = Text)]
    joined: String,
    /// The columns of the child are all there.
    #[diesel(sql_type = Text)]
    given: String,
}

/// References to rows that are gone: somebody switched the checks off.
fn dangling(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    let references: Vec<Reference> = diesel::sql_query(
        "SELECT f.conrelid::regclass::text AS child, f.confrelid::regclass::text AS parent, \
         string_agg(format('p.%I = c.%I', pa.attname, ca.attname), ' AND ') AS joined, \
         string_agg(format('c.%I IS NOT NULL', ca.attname), ' AND ') AS given \
         FROM pg_constraint f CROSS JOIN LATERAL unnest(f.conkey, f.confkey) AS k(child, parent) \
         JOIN pg_attribute ca ON ca.attrelid = f.conrelid AND ca.attnum = k.child \
         JOIN pg_attribute pa ON pa.attrelid = f.confrelid AND pa.attnum = k.parent \
         WHERE f.contype = 'f' AND f.connamespace = current_schema()::regnamespace GROUP BY f.oid, f.conrelid, f.confrelid",
    )
    .load(conn)?;
    let mut faults = Vec::new();
    for Reference { child, parent, joined, given } in references {
        let sql = format!(
            "SELECT count(*) AS count FROM {child} c WHERE {given} AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE {joined})"
        );
        let Count { count } = diesel::sql_query(sql).get_result(conn)?;
        if count > 0 {
            faults.push(format!("{count} rows of {child} refer to rows of {parent} that are gone"));
        }
    }
    Ok(faults)
}
