//! What lists of registers look for: values of fields, and words. Made from the records, it holds nothing of its own.
//!
//! A list walks the records in their order and looks each of them up, unless something that is asked for is rare: then it begins
//! with the few that have it. Either way it reads little, however many records there are.

use crate::{
    StoreError,
    conn::Conn,
    dialect::{escape_like, insert_rows},
    folded_names,
    schema::{folded_names as names, register_facets as facets, register_records as records, register_words as words},
    types::Id,
};
use diesel::{dsl::exists, prelude::*};
use fabu_domain::{
    identity::{index_words, indexed_beginnings, search_words},
    subjects::registers::Register,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Up to so many records, what is asked for is rare.
const RARE: i64 = 300;

/// Follows every word that begins with the one before it, in the order of their bytes.
const LAST: char = '\u{10FFFF}';

/// The conditions that a list adds.
pub(super) type Filtered<'a> = records::BoxedQuery<'a, crate::conn::MultiBackend>;

/// Narrows a list to the records that have one of these values in a field of a register. `rare` becomes true when few have it: then
/// the query has all records of interest, and a condition on the register would only tempt the database to go through all of it.
pub(super) fn having<'a>(
    conn: &mut Conn,
    query: Filtered<'a>,
    rare: &mut bool,
    (kind, name): (&'static str, &'static str),
    values: Vec<String>,
) -> Result<Filtered<'a>, StoreError> {
    let of = facets::table.filter(facets::register.eq(kind)).filter(facets::name.eq(name)).filter(facets::value.eq_any(values));
    let more = of.clone().select(facets::record_id).offset(RARE).limit(1).first::<Id<Uuid>>(conn).optional()?;
    *rare |= more.is_none();
    // The offset says nothing, but keeps PostgreSQL from putting all of what is frequent in order first.
    Ok(match more {
        None => query.filter(records::id.eq_any(of.select(facets::record_id))),
        Some(_) => query.filter(exists(of.filter(facets::record_id.eq(records::id)).limit(1).offset(0))),
    })
}

/// Narrows a list to the records that have every word of a search; `rare` as in [`having`].
pub(super) fn wording<'a>(
    conn: &mut Conn,
    mut query: Filtered<'a>,
    rare: &mut bool,
    kind: &'static str,
    search: &str,
) -> Result<Filtered<'a>, StoreError> {
    let wanted = search_words(search);
    for beginning in wanted.iter().flat_map(|word| indexed_beginnings(word)) {
        let end = format!("{beginning}{LAST}");
        let of = words::table.filter(words::register.eq(kind)).filter(words::word.ge(beginning)).filter(words::word.lt(end));
        let more = of.clone().select(words::record_id).offset(RARE).limit(1).first::<Id<Uuid>>(conn).optional()?;
        if more.is_none() {
            *rare = true;
            query = query.filter(records::id.eq_any(of.select(words::record_id)));
            break;
        }
    }
    for word in wanted {
        let like = names::words.like(format!("%{}%", escape_like(&word))).escape('\\');
        let named = names::table.filter(names::kind.eq(kind)).filter(names::subject_id.eq(records::id)).filter(like);
        query = query.filter(exists(named));
    }
    Ok(query)
}

/// Enters what lists look for: names, words, values of fields, and what the record refers to.
pub(super) fn enter<R: Register>(conn: &mut Conn, record: &R, unique: Option<String>) -> Result<(), StoreError> {
    let (kind, id) = (R::DECLARED.kind, Id(record.id().into()));
    let before = words_of(conn, kind, id)?;
    folded_names::save_record(conn, kind, id.0, unique, &record.words())?;
    let now = words_of(conn, kind, id)?;
    if before != now {
        let (before, now) = (before.map(|text| index_words(&text)), now.map(|text| index_words(&text)));
        let (before, now) = (before.unwrap_or_default(), now.unwrap_or_default());
        let of = words::table.filter(words::register.eq(kind)).filter(words::record_id.eq(id));
        let gone: Vec<&String> = before.difference(&now).collect();
        if !gone.is_empty() {
            diesel::delete(of.filter(words::word.eq_any(gone))).execute(conn)?;
        }
        let rows: Vec<_> = now.difference(&before).map(|word| (kind, word, id.0)).collect();
        insert_rows(conn, "register_words (register, word, record_id)", &["text", "text", "uuid"], &rows)?;
    }
    enter_facets(conn, record, id)
}

/// [`enter`] for records that nothing is entered of.
pub(super) fn enter_new<R: Register>(conn: &mut Conn, records: &[R]) -> Result<(), StoreError> {
    let kind = R::DECLARED.kind;
    let (mut all_words, mut all_facets) = (Vec::new(), Vec::new());
    let names: Vec<_> = records.iter().map(|record| (record.id().into(), record.unique(), record.words())).collect();
    let texts = folded_names::enter_records(conn, kind, &names)?;
    for (record, text) in records.iter().zip(texts) {
        let id: Uuid = record.id().into();
        all_words.extend(index_words(&text).into_iter().map(|word| (kind, word, id)));
        let facets: BTreeSet<(&str, String)> = record.facets().into_iter().chain(record.links()).collect();
        all_facets.extend(facets.into_iter().map(|(name, value)| (kind, name, value, id)));
    }
    insert_rows(conn, "register_words (register, word, record_id)", &["text", "text", "uuid"], &all_words)?;
    insert_rows(conn, "register_facets (register, name, value, record_id)", &["text", "text", "text", "uuid"], &all_facets)
}

fn words_of(conn: &mut Conn, kind: &str, id: Id<Uuid>) -> Result<Option<String>, StoreError> {
    Ok(names::table.find((kind, id)).select(names::words).first(conn).optional()?)
}

fn enter_facets<R: Register>(conn: &mut Conn, record: &R, id: Id<Uuid>) -> Result<(), StoreError> {
    let of = facets::table.filter(facets::record_id.eq(id));
    let mut before: Vec<(String, String)> = of.select((facets::name, facets::value)).load(conn)?;
    let mut now: Vec<(String, String)> =
        record.facets().into_iter().chain(record.links()).map(|(name, value)| (name.to_owned(), value)).collect();
    now.sort();
    now.dedup();
    before.sort();
    if before == now {
        return Ok(());
    }
    diesel::delete(of).execute(conn)?;
    let rows: Vec<_> = now.iter().map(|(name, value)| (R::DECLARED.kind, name, value, id.0)).collect();
    insert_rows(conn, "register_facets (register, name, value, record_id)", &["text", "text", "text", "uuid"], &rows)
}

/// Takes the words of records out of which no names are known: they are entered anew.
pub(super) fn forget_words(conn: &mut Conn, kind: &'static str, ids: &[Id<Uuid>]) -> Result<(), StoreError> {
    for ids in ids.chunks(500) {
        let of = words::table.filter(words::register.eq(kind)).filter(words::record_id.eq_any(ids));
        diesel::delete(of).execute(conn)?;
    }
    Ok(())
}

/// Takes out what lists look for of a record that is deleted.
pub(super) fn forget(conn: &mut Conn, kind: &'static str, id: Uuid) -> Result<(), StoreError> {
    let known: Vec<String> =
        words_of(conn, kind, Id(id))?.map(|text| index_words(&text)).unwrap_or_default().into_iter().collect();
    let of = words::table.filter(words::register.eq(kind)).filter(words::record_id.eq(Id(id)));
    diesel::delete(of.filter(words::word.eq_any(known))).execute(conn)?;
    folded_names::forget(conn, kind, id)
}
