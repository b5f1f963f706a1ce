//! What is asked of configuration items besides lists: by number, by what they are related to, by the releases that changed them.

use super::{records::RecordRow, users::as_limit};
use crate::{
    Cursor, Page, Reader, StoreError,
    releases::{
        schema::{configuration_changes, releases},
        scope::optional_customers_of,
    },
    schema::{folded_names as names, register_facets as facets, register_records as records},
    types::Id,
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use fabu_domain::{
    identity::folded,
    ids::ReleaseId,
    subjects::{
        registers::{
            Register,
            configuration_item::{CONFIRMED, ConfigurationItem, EXTERNAL, RelationKind, confirmed_key},
        },
        visibility::Scope,
    },
};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

const KIND: &str = ConfigurationItem::DECLARED.kind;

/// The list of neighbours, for its cursors.
const NEIGHBOURS: &str = "configuration-items/neighbours";

/// The list of releases of an item, for its cursors.
const HISTORY: &str = "configuration-items/history";

/// The list of confirmed items, for its cursors.
const CONFIRMATIONS: &str = "configuration-items/confirmed";

/// So many items at most are followed from one step of relations to the next.
const FOLLOWED: i64 = 2_000;

/// An item that is related to others, directly or over another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The key of its number.
    pub key: String,
    /// The numbers' keys on the way to it: first the item it was found from, last itself.
    pub path: Vec<String>,
}

/// A neighbour of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbour {
    /// How they are related.
    pub kind: RelationKind,
    /// True when the item names the neighbour; false when the neighbour names the item.
    pub outgoing: bool,
    /// The neighbour.
    pub item: ConfigurationItem,
}

fn relations() -> Vec<&'static str> {
    RelationKind::ALL.iter().map(|kind| kind.as_str()).collect()
}

impl Reader<'_> {
    /// The items with these numbers, in whatever spelling, by number.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn items_numbered(&mut self, numbers: &[&str]) -> Result<Vec<ConfigurationItem>, StoreError> {
        let mut found = Vec::new();
        for numbers in numbers.chunks(500) {
            let keys: Vec<Option<String>> = numbers.iter().map(|number| Some(folded(number))).collect();
            let of = names::table.filter(names::kind.eq(KIND)).filter(names::unique_key.eq_any(keys));
            let rows: Vec<RecordRow> = records::table
                .filter(records::id.eq_any(of.select(names::subject_id)))
                .order((records::position, records::id))
                .select(RecordRow::as_select())
                .load(self.conn)?;
            for row in rows {
                found.push(row.record()?);
            }
        }
        Ok(found)
    }

    /// The keys of those of these numbers that an item has.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn item_keys(&mut self, numbers: &[&str]) -> Result<Vec<String>, StoreError> {
        let mut found = Vec::new();
        for numbers in numbers.chunks(500) {
            let keys: Vec<Option<String>> = numbers.iter().map(|number| Some(folded(number))).collect();
            let of = names::table.filter(names::kind.eq(KIND)).filter(names::unique_key.eq_any(keys));
            let keys: Vec<Option<String>> = of.select(names::unique_key).load(self.conn)?;
            found.extend(keys.into_iter().flatten());
        }
        Ok(found)
    }

    /// The items that a source system calls so, by [`fabu_domain::subjects::registers::configuration_item::external_key`].
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn items_of_source(&mut self, keys: &[String]) -> Result<HashMap<String, ConfigurationItem>, StoreError> {
        let mut found = HashMap::new();
        for keys in keys.chunks(500) {
            let of = facets::table
                .filter(facets::register.eq(KIND))
                .filter(facets::name.eq(EXTERNAL))
                .filter(facets::value.eq_any(keys));
            let rows: Vec<(String, RecordRow)> = of
                .inner_join(records::table.on(records::id.eq(facets::record_id)))
                .select((facets::value, RecordRow::as_select()))
                .load(self.conn)?;
            for (key, row) in rows {
                found.insert(key, row.record()?);
            }
        }
        Ok(found)
    }

    /// The items that are related to these, in either direction, over at most so many steps; the nearest first, each with the way to
    /// it. The items themselves are not among them.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn related_items(&mut self, numbers: &[&str], steps: usize) -> Result<Vec<Related>, StoreError> {
        let mut ways: BTreeMap<String, Vec<String>> =
            numbers.iter().map(|n| folded(n)).map(|key| (key.clone(), vec![key])).collect();
        let mut reached: Vec<String> = ways.keys().cloned().collect();
        let mut found = Vec::new();
        for _ in 0..steps {
            let mut next = Vec::new();
            for (from, to) in self.relations_of(&reached)? {
                let Some(way) = ways.get(&from).filter(|_| !ways.contains_key(&to)).cloned() else { continue };
                let path: Vec<String> = way.into_iter().chain([to.clone()]).collect();
                ways.insert(to.clone(), path.clone());
                next.push(to.clone());
                found.push(Related { key: to, path });
            }
            reached = next;
            if reached.is_empty() {
                break;
            }
        }
        Ok(found)
    }

    /// Every relation that these items have, from each of them to the other end.
    fn relations_of(&mut self, keys: &[String]) -> Result<Vec<(String, String)>, StoreError> {
        let of = || facets::table.filter(facets::register.eq(KIND)).filter(facets::name.eq_any(relations()));
        let named = names::table.on(names::subject_id.eq(facets::record_id).and(names::kind.eq(KIND)));
        let optional: Vec<Option<&String>> = keys.iter().map(Some).collect();
        let out: Vec<(Option<String>, String)> = of()
            .inner_join(named)
            .filter(names::unique_key.eq_any(optional))
            .order((names::unique_key, facets::value))
            .limit(FOLLOWED)
            .select((names::unique_key, facets::value))
            .load(self.conn)?;
        let named = names::table.on(names::subject_id.eq(facets::record_id).and(names::kind.eq(KIND)));
        let into: Vec<(String, Option<String>)> = of()
            .inner_join(named)
            .filter(facets::value.eq_any(keys))
            .order((facets::value, names::unique_key))
            .limit(FOLLOWED)
            .select((facets::value, names::unique_key))
            .load(self.conn)?;
        let out = out.into_iter().filter_map(|(from, to)| Some((from?, to)));
        let into = into.into_iter().filter_map(|(to, from)| Some((to, from?)));
        Ok(out.chain(into).collect())
    }

    /// The neighbours of an item: those that it names, in the order of its relations, then those that name it.
    ///
    /// # Errors
    /// [`StoreError::Cursor`] when `after` is not from this list.
    pub fn neighbours(
        &mut self,
        item: &ConfigurationItem,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page<Neighbour>, StoreError> {
        let (mut place, mut behind) = (0_usize, None);
        if let Some(after) = after {
            let [said, kind, id] = after.keys(NEIGHBOURS)?;
            place = said.parse().map_err(|_| StoreError::Cursor)?;
            if !id.is_empty() {
                behind = Some((kind.to_owned(), Id(id.parse::<Uuid>().map_err(|_| StoreError::Cursor)?)));
            }
        }
        let mut found: Vec<(Neighbour, Cursor)> = Vec::new();
        let named: Vec<_> = item.relations.iter().enumerate().skip(place).take(limit + 1).collect();
        let numbers: Vec<&str> = named.iter().map(|(_, relation)| relation.to.as_str()).collect();
        let items: HashMap<String, ConfigurationItem> =
            self.items_numbered(&numbers)?.into_iter().map(|item| (item.key(), item)).collect();
        for (n, relation) in named {
            if let Some(other) = items.get(&folded(relation.to.as_str())) {
                let cursor = Cursor::new(NEIGHBOURS, &[&(n + 1).to_string(), "", ""]);
                found.push((Neighbour { kind: relation.kind, outgoing: true, item: other.clone() }, cursor));
            }
        }
        if found.len() <= limit {
            let rest = limit + 1 - found.len();
            for (kind, row) in self.naming(&item.key(), behind.as_ref(), rest)? {
                let id = row.id.0.to_string();
                let word: RelationKind = kind.parse().map_err(|error| StoreError::Database(format!("{error:?}")))?;
                let cursor = Cursor::new(NEIGHBOURS, &[&item.relations.len().to_string(), &kind, &id]);
                found.push((Neighbour { kind: word, outgoing: false, item: row.record()? }, cursor));
            }
        }
        Ok(Page::cut(found, limit, |(_, cursor)| cursor.clone()).map(|(neighbour, _)| neighbour))
    }

    /// The items that name this one, by kind of relation.
    fn naming(
        &mut self,
        key: &str,
        behind: Option<&(String, Id<Uuid>)>,
        limit: usize,
    ) -> Result<Vec<(String, RecordRow)>, StoreError> {
        let of = facets::table.filter(facets::register.eq(KIND)).filter(facets::name.eq_any(relations()));
        let mut query = of
            .filter(facets::value.eq(key.to_owned()))
            .inner_join(records::table.on(records::id.eq(facets::record_id)))
            .into_boxed();
        if let Some((kind, id)) = behind {
            let beyond = facets::name.gt(kind.clone()).or(facets::record_id.gt(*id));
            query = query.filter(facets::name.ge(kind.clone()).and(beyond));
        }
        let rows = query.order((facets::name, facets::record_id)).limit(as_limit(limit));
        Ok(rows.select((facets::name, RecordRow::as_select())).load(self.conn)?)
    }

    /// The items that a release has confirmed since, in the order of confirmation.
    ///
    /// # Errors
    /// [`StoreError::Cursor`] when `after` is not from this list.
    pub fn items_confirmed_since(
        &mut self,
        since: DateTime<Utc>,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page<ConfigurationItem>, StoreError> {
        let of = facets::table.filter(facets::register.eq(KIND)).filter(facets::name.eq(CONFIRMED));
        let mut query = of
            .filter(facets::value.ge(confirmed_key(since)))
            .inner_join(records::table.on(records::id.eq(facets::record_id)))
            .into_boxed();
        if let Some(after) = after {
            let [at, id] = after.keys(CONFIRMATIONS)?;
            let id: Id<Uuid> = Id(id.parse().map_err(|_| StoreError::Cursor)?);
            let beyond = facets::value.gt(at.to_owned()).or(facets::record_id.gt(id));
            query = query.filter(facets::value.ge(at.to_owned()).and(beyond));
        }
        let rows: Vec<(String, RecordRow)> = query
            .order((facets::value, facets::record_id))
            .limit(as_limit(limit))
            .select((facets::value, RecordRow::as_select()))
            .load(self.conn)?;
        let page = Page::cut(rows, limit, |(at, row)| Cursor::new(CONFIRMATIONS, &[at, &row.id.0.to_string()]));
        let items = page.items.into_iter().map(|(_, row)| row.record()).collect::<Result<_, _>>()?;
        Ok(Page { items, next: page.next })
    }

    /// Every relation of a kind that makes a hierarchy, as keys: from an item to the one above it.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn item_hierarchy(&mut self) -> Result<Vec<(RelationKind, String, String)>, StoreError> {
        let kinds: Vec<&str> = RelationKind::ALL.iter().filter(|kind| kind.has_parent()).map(|kind| kind.as_str()).collect();
        let of = facets::table.filter(facets::register.eq(KIND)).filter(facets::name.eq_any(kinds));
        let named = names::table.on(names::subject_id.eq(facets::record_id).and(names::kind.eq(KIND)));
        let rows: Vec<(String, Option<String>, String)> =
            of.inner_join(named).select((facets::name, names::unique_key, facets::value)).load(self.conn)?;
        Ok(rows.into_iter().filter_map(|(kind, from, to)| Some((kind.parse().ok()?, from?, to))).collect())
    }

    /// The releases that change this item or changed it, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Cursor`] when `after` is not from this list.
    pub fn releases_of_item(
        &mut self,
        number: &str,
        scope: &Scope,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page<ReleaseId>, StoreError> {
        let of =
            configuration_changes::table.filter(configuration_changes::item.eq(number)).select(configuration_changes::release_id);
        let mut query = releases::table.filter(releases::id.eq_any(of)).into_boxed();
        if let Some(customers) = optional_customers_of(scope) {
            query = query.filter(releases::customer_id.eq_any(customers));
        }
        if let Some(after) = after {
            let [id] = after.keys(HISTORY)?;
            let id: Id<ReleaseId> = Id(ReleaseId(id.parse().map_err(|_| StoreError::Cursor)?));
            query = query.filter(releases::id.lt(id));
        }
        let rows: Vec<Id<ReleaseId>> =
            query.order(releases::id.desc()).limit(as_limit(limit)).select(releases::id).load(self.conn)?;
        Ok(Page::cut(rows, limit, |id| Cursor::new(HISTORY, &[&id.0.to_string()])).map(|id| id.0))
    }
}
