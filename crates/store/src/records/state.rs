//! What holds for the database as a whole: sound pages and references, the schema and the triggers of this program.

use super::{noting::NAMES, shape::Shapes};
use crate::{
    Reader, RecordFault, StoreError,
    conn::Conn,
    migrations,
    schema::{events, unsealed_events},
    types::Instant,
};
use chrono::TimeDelta;
use diesel::{
    dsl::{max, min},
    prelude::*,
    sql_types::{BigInt, Text},
};
use std::collections::BTreeMap;

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

impl Reader<'_> {
    /// Checks pages, references, schema and triggers, that sealing goes on, and that every release exists that an entry of
    /// the log names.
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
        self.check_named_releases(faults)
    }

    fn check_sealing(&mut self, faults: &mut Vec<RecordFault>) -> Result<(), StoreError> {
        let waiting = unsealed_events::table.inner_join(events::table.on(events::id.eq(unsealed_events::event_id)));
        let oldest: Option<Instant> = waiting.select(min(events::recorded_at)).first(self.conn)?;
        let newest: Option<Instant> = events::table.select(max(events::recorded_at)).first(self.conn)?;
        if let (Some(oldest), Some(newest)) = (oldest, newest)
            && newest.0 - oldest.0 > SEALING
        {
            let what =
                format!("an entry of {} waits for its seal, although later ones were written until {}", oldest.0, newest.0);
            faults.push(RecordFault { record: "log".to_owned(), what });
        }
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
    let (wanted, found) = (schema_of(&mut migrations::fresh_sqlite()?)?, schema_of(conn)?);
    for (name, text) in &wanted {
        match found.get(name) {
            None => faults.push(format!("the {name} is missing")),
            Some(other) if other != text => faults.push(format!("the {name} is not that of this program")),
            Some(_) => {}
        }
    }
    faults
        .extend(found.keys().filter(|name| !wanted.contains_key(*name)).map(|name| format!("the {name} is not of this program")));
    Ok(faults)
}

fn schema_of(conn: &mut Conn) -> Result<BTreeMap<String, String>, StoreError> {
    let things: Vec<Thing> = diesel::sql_query(
        "SELECT type || ' ' || name AS name, coalesce(sql, '') AS text FROM main.sqlite_schema WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'",
    )
    .load(conn)?;
    Ok(things.into_iter().map(|thing| (thing.name, thing.text)).collect())
}

/// Row and statement triggers of PostgreSQL, as in `pg_trigger.tgtype`.
const ROW: i64 = 1;
const BEFORE: i64 = 2;
const INSERT: i64 = 4;
const DELETE: i64 = 8;
const UPDATE: i64 = 16;
const TRUNCATE: i64 = 32;

#[derive(QueryableByName)]
struct Trigger {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    function: String,
    #[diesel(sql_type = Text)]
    source: String,
    #[diesel(sql_type = Text)]
    enabled: String,
    #[diesel(sql_type = BigInt)]
    kind: i64,
}

fn postgres(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    let mut faults = dangling(conn)?;
    let mut standing: BTreeMap<String, Trigger> = diesel::sql_query(
        "SELECT c.relname || '.' || t.tgname AS name, p.proname::text AS function, p.prosrc AS source, t.tgenabled::text AS enabled, \
         t.tgtype::bigint AS kind FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid \
         WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace",
    )
    .load::<Trigger>(conn)?
    .into_iter()
    .map(|trigger| (trigger.name.clone(), trigger))
    .collect();
    let mut wanted = Vec::new();
    for table in ["events", "seals", "event_records"] {
        wanted.push((format!("{table}.{table}_refuse_change"), ROW + BEFORE + UPDATE + DELETE, "refuse_change".to_owned()));
        wanted.push((format!("{table}.{table}_refuse_truncate"), BEFORE + TRUNCATE, "refuse_change".to_owned()));
    }
    for shape in Shapes::read(conn)?.iter().flat_map(|shapes| &shapes.all) {
        let table = shape.table;
        wanted.push((format!("{table}.{NAMES}rows_{table}"), ROW + INSERT + DELETE, format!("{NAMES}{table}")));
        wanted.push((format!("{table}.{NAMES}change_{table}"), ROW + UPDATE, format!("{NAMES}{table}")));
    }
    for (name, kind, function) in wanted {
        match standing.remove(&name) {
            None => faults.push(format!("the trigger {name} is missing")),
            Some(trigger) if trigger.enabled != "O" => faults.push(format!("the trigger {name} is switched off")),
            Some(trigger) if (trigger.kind, &trigger.function) != (kind, &function) || !sound(&trigger) => {
                faults.push(format!("the trigger {name} is not that of this program"));
            }
            Some(_) => {}
        }
    }
    faults.extend(standing.into_keys().map(|name| format!("the trigger {name} is not of this program")));
    Ok(faults)
}

/// The function does what its name says.
fn sound(trigger: &Trigger) -> bool {
    let source = trigger.source.split_whitespace().collect::<Vec<_>>().join(" ");
    match trigger.function.as_str() {
        "refuse_change" => source == "BEGIN RAISE EXCEPTION '% are append-only', TG_TABLE_NAME; END",
        _ => source.starts_with("BEGIN IF current_setting('fabu.noting', true) IS DISTINCT FROM 'on' THEN RETURN NULL; END IF;"),
    }
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
