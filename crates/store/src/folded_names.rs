//! Names as they are compared and searched: of changes by their number, of releases by the number they had in a ledger, of records
//! of registers by what is unique in them.
//!
//! The table follows from the records. Records that stood before it are entered by [`fill`]; two of them that are one name keep
//! their rows, only the first has the key, and the other is reported each time.

use crate::{
    StoreError,
    conn::Conn,
    dialect::{escape_like, insert_rows},
    releases::schema::releases,
    schema::{changes, folded_names, service_objects},
    types::{Id, Identifier},
};
use diesel::{
    dsl::{exists, not},
    prelude::*,
};
use fabu_domain::{
    identity::{finds, folded, search_words},
    ids::{ChangeId, ReleaseId, ServiceObjectId},
    subjects::{change::Change, release::Release},
};
use uuid::Uuid;

const CHANGE: &str = "change";
const RELEASE: &str = "release";

/// Enters or renews the name of a change.
///
/// # Errors
/// [`StoreError::Duplicate`] when another change has its number in another spelling.
pub(crate) fn save_change(conn: &mut Conn, change: &Change) -> Result<(), StoreError> {
    save(conn, CHANGE, change.id.uuid(), Some(folded(change.number.as_str())), words_of_change(&change.number, &change.title))
}

/// Enters or renews the name of a release.
///
/// # Errors
/// [`StoreError::Duplicate`] when another release was imported with its number in another spelling.
pub(crate) fn save_release(conn: &mut Conn, release: &Release) -> Result<(), StoreError> {
    let imported = release.imported.as_ref();
    let key = imported.map(|imported| folded(&imported.number));
    let system = imported.map_or("", |imported| imported.system.as_str());
    save(conn, RELEASE, release.id.uuid(), key, words_of_release(&release.number, &release.title, system))
}

/// Enters or renews the names of a record of a register: its unique value, if it has one, and what a search reads.
///
/// # Errors
/// [`StoreError::Duplicate`] when another record has the value in another spelling.
pub(crate) fn save_record(
    conn: &mut Conn,
    kind: &str,
    id: Uuid,
    unique: Option<String>,
    words: &[String],
) -> Result<(), StoreError> {
    let words = folded(&format!("{} {}", unique.as_deref().unwrap_or_default(), words.join(" ")));
    save(conn, kind, id, unique.as_deref().map(folded), words)
}

/// A new record: its id, its unique value, and what a search reads.
pub(crate) type NewNames = (Uuid, Option<String>, Vec<String>);

/// Enters the names of new records of a kind; of each the words that a search reads.
///
/// # Errors
/// [`StoreError::Duplicate`] when another record has a value in another spelling.
pub(crate) fn enter_records(conn: &mut Conn, kind: &str, new: &[NewNames]) -> Result<Vec<String>, StoreError> {
    let row = |(id, unique, words): &NewNames| {
        let words = folded(&format!("{} {}", unique.as_deref().unwrap_or_default(), words.join(" ")));
        (kind.to_owned(), *id, unique.as_deref().map(folded), words)
    };
    let rows: Vec<_> = new.iter().map(row).collect();
    let into = "folded_names (kind, subject_id, unique_key, words)";
    insert_rows(conn, into, &["text", "uuid", "text", "text"], &rows)?;
    Ok(rows.into_iter().map(|(_, _, _, words)| words).collect())
}

/// Takes a name out with its record.
pub(crate) fn forget(conn: &mut Conn, kind: &str, id: Uuid) -> Result<(), StoreError> {
    diesel::delete(folded_names::table.find((kind, Id(id)))).execute(conn)?;
    Ok(())
}

/// True when another record of the kind has this name, in whatever spelling.
pub(crate) fn is_taken(conn: &mut Conn, kind: &str, name: &str, own: Option<Uuid>) -> Result<bool, StoreError> {
    let keyed = folded_names::table.filter(folded_names::kind.eq(kind)).filter(folded_names::unique_key.eq(folded(name)));
    let holder: Option<Id<Uuid>> = keyed.select(folded_names::subject_id).first(conn).optional()?;
    Ok(holder.is_some_and(|id| Some(id.0) != own))
}

fn words_of_change(number: impl std::fmt::Display, title: impl std::fmt::Display) -> String {
    folded(&format!("{number} {title}"))
}

fn words_of_release(number: &str, title: &str, system: &str) -> String {
    folded(&format!("{number} {title} {system}"))
}

/// Writes a row. A record whose name did not change keeps its key, also when it has none because an earlier one has it.
fn save(conn: &mut Conn, kind: &str, id: Uuid, key: Option<String>, words: String) -> Result<(), StoreError> {
    let found = folded_names::table.find((kind, Id(id)));
    let before: Option<(Option<String>, String)> =
        found.select((folded_names::unique_key, folded_names::words)).first(conn).optional()?;
    match before {
        None => insert(conn, kind, id, key.as_deref(), &words)?,
        Some((_, known)) if known == words => {}
        // Without a key before, it shares its name with an earlier record until its number changes.
        Some((None, known)) if key.as_ref().is_none_or(|key| known.starts_with(&format!("{key} "))) => {
            diesel::update(found).set(folded_names::words.eq(words)).execute(conn)?;
        }
        Some(_) => {
            diesel::update(found).set((folded_names::unique_key.eq(key), folded_names::words.eq(words))).execute(conn)?;
        }
    }
    Ok(())
}

fn insert(conn: &mut Conn, kind: &str, id: Uuid, key: Option<&str>, words: &str) -> QueryResult<()> {
    let row = (
        folded_names::kind.eq(kind),
        folded_names::subject_id.eq(Id(id)),
        folded_names::unique_key.eq(key),
        folded_names::words.eq(words),
    );
    diesel::insert_into(folded_names::table).values(row).execute(conn).map(drop)
}

/// Two records that are one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Double {
    /// The table.
    pub(crate) kind: &'static str,
    /// The name of the later record, as it is spelled.
    pub(crate) name: String,
}

/// Id, number, title, system and number in the ledger of a release.
type NamedRelease = (Id<ReleaseId>, String, String, String, Option<String>);

/// Enters the records that have no row, oldest first, and tells every record whose name an earlier one has.
pub(crate) fn fill(conn: &mut Conn) -> Result<Vec<Double>, StoreError> {
    // Not NOT IN: PostgreSQL would go through the names again for each record.
    let of = |kind: &'static str| folded_names::table.filter(folded_names::kind.eq(kind));
    let rows: Vec<(Id<ChangeId>, String, String)> = changes::table
        .filter(not(exists(of(CHANGE).filter(folded_names::subject_id.eq(changes::id)))))
        .order((changes::registered_at, changes::id))
        .select((changes::id, changes::number, changes::title))
        .load(conn)?;
    for (id, number, title) in rows {
        enter(conn, CHANGE, id.0.uuid(), Some(&number), &words_of_change(&number, title))?;
    }
    let rows: Vec<NamedRelease> = releases::table
        .filter(not(exists(of(RELEASE).filter(folded_names::subject_id.eq(releases::id)))))
        .order((releases::created_at, releases::id))
        .select((releases::id, releases::number, releases::title, releases::system, releases::imported_number))
        .load(conn)?;
    for (id, number, title, system, imported) in rows {
        enter(conn, RELEASE, id.0.uuid(), imported.as_deref(), &words_of_release(&number, &title, &system))?;
    }
    let without_key = |kind: &'static str| of(kind).filter(folded_names::unique_key.is_null()).select(folded_names::subject_id);
    let twins: Vec<String> = changes::table.filter(changes::id.eq_any(without_key(CHANGE))).select(changes::number).load(conn)?;
    let imported = releases::table.filter(releases::imported_number.is_not_null());
    let twin_releases: Vec<String> =
        imported.filter(releases::id.eq_any(without_key(RELEASE))).select(releases::number).load(conn)?;
    let double = |kind| move |name: String| Double { kind, name };
    let records = crate::registers::records::fill(conn)?.into_iter().map(|(kind, name)| Double { kind, name });
    let others = twins.into_iter().map(double("changes")).chain(twin_releases.into_iter().map(double("releases")));
    Ok(others.chain(records).collect())
}

fn enter(conn: &mut Conn, kind: &str, id: Uuid, name: Option<&str>, words: &str) -> Result<(), StoreError> {
    let taken = match name {
        Some(name) => is_taken(conn, kind, name, None)?,
        None => false,
    };
    let key = name.map(folded).filter(|_| !taken);
    insert(conn, kind, id, key.as_deref(), words)?;
    Ok(())
}

/// The changes with this number, in whatever spelling; with the key, and those that share its name.
pub(crate) fn changes_with_number(conn: &mut Conn, number: &str) -> Result<Vec<Id<ChangeId>>, StoreError> {
    let keyed = folded_names::table
        .filter(folded_names::kind.eq(CHANGE))
        .filter(folded_names::unique_key.eq(folded(number)))
        .select(folded_names::subject_id);
    Ok(changes::table.filter(changes::id.eq_any(keyed).or(changes::number.eq(number))).select(changes::id).load(conn)?)
}

/// The releases that were imported with these numbers, in whatever spelling.
pub(crate) fn imported_with_numbers(conn: &mut Conn, numbers: &[&str]) -> Result<Vec<Id<ReleaseId>>, StoreError> {
    let keys: Vec<Option<String>> = numbers.iter().map(|number| Some(folded(number))).collect();
    let keyed = folded_names::table.filter(folded_names::kind.eq(RELEASE)).filter(folded_names::unique_key.eq_any(keys));
    Ok(keyed.select(folded_names::subject_id).load(conn)?)
}

/// A word of a search: the pattern that finds it, and the service objects whose name or code holds it.
#[derive(Debug)]
pub(crate) struct Wanted {
    /// A LIKE pattern with `\` as escape, for folded words.
    pub(crate) pattern: String,
    /// The service objects.
    pub(crate) objects: Vec<Id<ServiceObjectId>>,
}

/// The words of a search; all of them must be found, in any order.
pub(crate) fn wanted(conn: &mut Conn, search: &str) -> Result<Vec<Wanted>, StoreError> {
    let objects: Vec<(Id<ServiceObjectId>, String, String)> =
        service_objects::table.select((service_objects::id, service_objects::code, service_objects::name)).load(conn)?;
    let word = |word: String| Wanted {
        objects: objects.iter().filter(|(_, code, name)| finds(&word, &[code, name])).map(|(id, _, _)| *id).collect(),
        pattern: format!("%{}%", escape_like(&word)),
    };
    Ok(search_words(search).into_iter().map(word).collect())
}
