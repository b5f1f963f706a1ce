//! Changes taken over from change management.

use super::{update_versioned, users::as_limit};
use crate::{
    Cursor, Page, Reader, StoreError, Writer,
    dialect::LockExt,
    folded_names::{self, Wanted},
    releases::scope::customers_of,
    row::Place,
    schema::{change_service_objects as touched, changes, folded_names as names, service_objects},
    types::{Id, Instant, Json, instant_text, parse_instant},
};
use diesel::prelude::*;
use fabu_domain::{
    ids::{ChangeId, ReleaseId, ServiceObjectId, UserId},
    subject::log::LogEntry,
    subjects::{
        change::{Change, ChangeKind, ChangeState},
        visibility::Scope,
    },
};
use std::collections::HashMap;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = changes, treat_none_as_null = true)]
struct ChangeRow {
    id: Id<ChangeId>,
    number: String,
    title: String,
    description: Option<String>,
    kind: String,
    requested_by: String,
    requested_at: Instant,
    state: String,
    approval: Option<Json>,
    release_id: Option<Id<ReleaseId>>,
    registered_by: Id<UserId>,
    registered_at: Instant,
    version: i64,
}

impl ChangeRow {
    fn new(change: &Change, version: i64) -> Result<Self, StoreError> {
        let approval = change.approval.as_ref().map(serde_json::to_value).transpose();
        Ok(Self {
            id: Id(change.id),
            number: change.number.to_string(),
            title: change.title.to_string(),
            description: change.description.as_ref().map(ToString::to_string),
            kind: change.kind.to_string(),
            requested_by: change.requested_by.to_string(),
            requested_at: Instant(change.requested_at),
            state: change.state.to_string(),
            approval: approval.map_err(|error| StoreError::Database(error.to_string()))?.map(Json),
            release_id: change.release_id.map(Id),
            registered_by: Id(change.registered_by),
            registered_at: Instant(change.registered_at),
            version,
        })
    }

    fn with(self, service_objects: Vec<ServiceObjectId>) -> Result<Change, StoreError> {
        let place = Place { table: "changes", key: self.id.0 };
        Ok(Change {
            id: self.id.0,
            number: place.text("number", self.number)?,
            title: place.text("title", self.title)?,
            description: place.optional("description", self.description)?,
            kind: place.word("kind", &self.kind)?,
            service_objects,
            requested_by: place.text("requested_by", self.requested_by)?,
            requested_at: self.requested_at.0,
            state: place.word("state", &self.state)?,
            approval: self.approval.map(|json| place.json("approval", json.0)).transpose()?,
            release_id: self.release_id.map(|id| id.0),
            registered_by: self.registered_by.0,
            registered_at: self.registered_at.0,
            version: self.version,
        })
    }
}

/// The order of a list of changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ChangeOrder {
    /// Registered last, first.
    #[default]
    Newest,
    /// By number.
    Number,
}

/// Which changes to list; every part that is given must fit.
#[derive(Debug, Clone, Default)]
pub struct ChangeFilter {
    /// What the reader may know of; nothing unless it is said.
    pub scope: Scope,
    /// Words of the number, the title or the service objects: all of them, in any order.
    pub search: Option<String>,
    /// In this state.
    pub state: Option<ChangeState>,
    /// Of this urgency class.
    pub kind: Option<ChangeKind>,
    /// Touches this service object.
    pub service_object_id: Option<ServiceObjectId>,
    /// Carried out by this release.
    pub release_id: Option<ReleaseId>,
    /// Carried out by some release, or by none.
    pub has_release: Option<bool>,
    /// The order.
    pub order: ChangeOrder,
}

impl Reader<'_> {
    /// A change.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the row cannot be read.
    pub fn change(&mut self, id: ChangeId) -> Result<Option<Change>, StoreError> {
        Ok(self.changes(&[id])?.pop())
    }

    /// The change with this number in change management, in whatever spelling.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the row cannot be read.
    pub fn change_by_number(&mut self, number: &str) -> Result<Option<Change>, StoreError> {
        let ids: Vec<ChangeId> = folded_names::changes_with_number(self.conn, number)?.into_iter().map(|id| id.0).collect();
        let mut found = self.changes(&ids)?;
        let exact = found.iter().position(|change| change.number.as_str() == number).unwrap_or_default();
        Ok((exact < found.len()).then(|| found.swap_remove(exact)))
    }

    /// Those of these changes that exist, in the order of their numbers.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn changes(&mut self, ids: &[ChangeId]) -> Result<Vec<Change>, StoreError> {
        let ids: Vec<_> = ids.iter().copied().map(Id).collect();
        let found = changes::table.filter(changes::id.eq_any(ids)).order(changes::number).select(ChangeRow::as_select());
        let rows = found.load(self.conn)?;
        self.with_objects(rows)
    }

    /// Changes by filter and order.
    ///
    /// # Errors
    /// [`StoreError::Cursor`] when `after` is not from this list in this order.
    pub fn list_changes(
        &mut self,
        filter: &ChangeFilter,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page<Change>, StoreError> {
        let mut query = changes::table.select(ChangeRow::as_select()).into_boxed();
        for Wanted { pattern, objects } in folded_names::wanted(self.conn, filter.search.as_deref().unwrap_or_default())? {
            let like = names::words.like(pattern).escape('\\');
            let named = names::table.filter(names::kind.eq("change")).filter(like).select(names::subject_id);
            let touching = touched::table.filter(touched::service_object_id.eq_any(objects)).select(touched::change_id);
            query = query.filter(changes::id.eq_any(named).or(changes::id.eq_any(touching)));
        }
        if let Some(customers) = customers_of(&filter.scope) {
            let visible = service_objects::table.filter(service_objects::customer_id.eq_any(customers));
            let touching = touched::table.filter(touched::service_object_id.eq_any(visible.select(service_objects::id)));
            query = query.filter(changes::id.eq_any(touching.select(touched::change_id)));
        }
        if let Some(state) = filter.state {
            query = query.filter(changes::state.eq(state.as_str()));
        }
        if let Some(kind) = filter.kind {
            query = query.filter(changes::kind.eq(kind.as_str()));
        }
        if let Some(object) = filter.service_object_id {
            let touching = touched::table.filter(touched::service_object_id.eq(Id(object))).select(touched::change_id);
            query = query.filter(changes::id.eq_any(touching));
        }
        if let Some(release) = filter.release_id {
            query = query.filter(changes::release_id.eq(Some(Id(release))));
        }
        match filter.has_release {
            Some(true) => query = query.filter(changes::release_id.is_not_null()),
            Some(false) => query = query.filter(changes::release_id.is_null()),
            None => {}
        }
        let list = match filter.order {
            ChangeOrder::Newest => "changes.newest",
            ChangeOrder::Number => "changes.number",
        };
        match (filter.order, after) {
            (ChangeOrder::Number, Some(cursor)) => {
                let [number] = cursor.keys(list)?;
                query = query.filter(changes::number.gt(number.to_owned()));
            }
            (ChangeOrder::Newest, Some(cursor)) => {
                let [at, id] = cursor.keys(list)?;
                let at = Instant(parse_instant(at).ok_or(StoreError::Cursor)?);
                let id: Id<ChangeId> = Id(id.parse().map_err(|_| StoreError::Cursor)?);
                query = query.filter(changes::registered_at.le(at).and(changes::registered_at.lt(at).or(changes::id.lt(id))));
            }
            (_, None) => {}
        }
        query = match filter.order {
            ChangeOrder::Newest => query.order((changes::registered_at.desc(), changes::id.desc())),
            ChangeOrder::Number => query.order(changes::number.asc()),
        };
        let rows = query.limit(as_limit(limit)).load(self.conn)?;
        let page = Page::cut(rows, limit, |row: &ChangeRow| match filter.order {
            ChangeOrder::Newest => Cursor::new(list, &[&instant_text(row.registered_at.0), &row.id.0.to_string()]),
            ChangeOrder::Number => Cursor::new(list, &[&row.number]),
        });
        Ok(Page { items: self.with_objects(page.items)?, next: page.next })
    }

    fn with_objects(&mut self, rows: Vec<ChangeRow>) -> Result<Vec<Change>, StoreError> {
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let mut of: HashMap<ChangeId, Vec<ServiceObjectId>> = HashMap::new();
        let pairs = touched::table
            .filter(touched::change_id.eq_any(ids))
            .order((touched::change_id, touched::position))
            .select((touched::change_id, touched::service_object_id));
        for (change, object) in pairs.load::<(Id<ChangeId>, Id<ServiceObjectId>)>(self.conn)? {
            of.entry(change.0).or_default().push(object.0);
        }
        rows.into_iter()
            .map(|row| {
                let objects = of.remove(&row.id.0).unwrap_or_default();
                row.with(objects)
            })
            .collect()
    }
}

impl Writer<'_> {
    /// [`Reader::changes`], held until the end of the transaction: nobody else approves, withdraws or takes them meanwhile.
    /// The rows are taken in the order of their ids, so that two who want the same ones wait for each other in turn.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn lock_changes(&mut self, ids: &[ChangeId]) -> Result<Vec<Change>, StoreError> {
        let wanted: Vec<_> = ids.iter().copied().map(Id).collect();
        let held = changes::table.filter(changes::id.eq_any(wanted)).order(changes::id).select(changes::id).lock();
        let _held: Vec<Id<ChangeId>> = held.load(self.conn)?;
        self.changes(ids)
    }

    /// Adds a change.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] `changes.number`; [`StoreError::Reference`] for an unknown service object.
    pub fn insert_change(&mut self, change: &Change, entry: &LogEntry) -> Result<(), StoreError> {
        diesel::insert_into(changes::table).values(ChangeRow::new(change, change.version)?).execute(self.conn)?;
        folded_names::save_change(self.conn, change)?;
        self.insert_objects(change)?;
        self.append(std::slice::from_ref(entry))
    }

    /// Replaces a change's record; its new version.
    ///
    /// # Errors
    /// [`StoreError::Stale`], [`StoreError::Duplicate`], [`StoreError::Reference`].
    pub fn update_change(&mut self, change: &Change, expected: i64, entry: &LogEntry) -> Result<i64, StoreError> {
        update_versioned!(self, changes, change.id, expected, ChangeRow::new(change, expected + 1)?);
        folded_names::save_change(self.conn, change)?;
        diesel::delete(touched::table.filter(touched::change_id.eq(Id(change.id)))).execute(self.conn)?;
        self.insert_objects(change)?;
        self.touch_release_of(change.release_id)?;
        self.append(std::slice::from_ref(entry))?;
        Ok(expected + 1)
    }

    fn insert_objects(&mut self, change: &Change) -> Result<(), StoreError> {
        for (position, object) in (0_i32..).zip(&change.service_objects) {
            diesel::insert_into(touched::table)
                .values((
                    touched::change_id.eq(Id(change.id)),
                    touched::position.eq(position),
                    touched::service_object_id.eq(Id(*object)),
                ))
                .execute(self.conn)?;
        }
        Ok(())
    }
}
