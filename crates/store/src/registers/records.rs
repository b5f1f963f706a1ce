//! The table that most registers share: what every register needs of a record in columns, the rest in its body.
//!
//! Lists filter by `register_facets` and search in the folded names; both are made from the bodies and hold nothing of their own.

use super::{delete_versioned, kept::Kept, update_versioned, users::as_limit};
use crate::{
    Cursor, Page, Reader, StoreError, Writer,
    conn::Conn,
    dialect::insert_rows,
    folded_names,
    registers::found,
    row::Place,
    schema::{folded_names as names, register_records as records},
    types::Id,
};
use diesel::{
    dsl::{exists, not},
    prelude::*,
};
use fabu_domain::subjects::registers::sight::Visible;
use fabu_domain::subjects::{
    registers::{
        Asked, Register, configuration_item::ConfigurationItem, freeze_window::FreezeWindow, media_item::MediaItem,
        report_schedule::ReportSchedule, robot::ChatRobot, sight::Eye,
    },
    visibility::Scope,
};
use uuid::Uuid;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = records)]
pub(super) struct RecordRow {
    pub(super) id: Id<Uuid>,
    register: String,
    position: String,
    active: bool,
    version: i64,
    body: String,
}

/// The table and its columns, and their types, for [`insert_rows`].
const RECORD_COLUMNS: (&str, [&str; 6]) =
    ("register_records (id, register, position, active, version, body)", ["uuid", "text", "text", "boolean", "bigint", "text"]);

impl RecordRow {
    fn new<R: Register>(record: &R) -> Result<Self, StoreError> {
        let place = Place { table: "register_records", key: record.id() };
        Ok(Self {
            id: Id(record.id().into()),
            register: R::DECLARED.kind.to_owned(),
            position: record.position(),
            active: record.is_active(),
            version: record.version(),
            body: serde_json::to_string(record).map_err(|error| place.bad("body", error))?,
        })
    }

    /// The values for [`RECORD_COLUMNS`].
    fn cells(&self) -> (Uuid, &str, &str, bool, i64, &str) {
        (self.id.0, &self.register, &self.position, self.active, self.version, &self.body)
    }

    pub(super) fn record<R: Register>(self) -> Result<R, StoreError> {
        let place = Place { table: "register_records", key: self.id.0 };
        let record: R = serde_json::from_str(&self.body).map_err(|error| place.bad("body", error))?;
        let says = (record.id().into(), record.version(), record.position(), record.is_active());
        let same = says == (self.id.0, self.version, self.position, self.active);
        if same { Ok(record) } else { Err(place.bad("body", "the columns say otherwise")) }
    }
}

/// Declares the registers that live here.
macro_rules! in_records {
    ($($register:ty),+ $(,)?) => {
        $(
            const _: () = assert!(
                !<<$register as Register>::Asked as Asked<$register>>::BY_FUNCTION,
                "what the database filters has a column or a facet"
            );

            impl Kept for $register {
                fn find(reader: &mut Reader<'_>, id: Self::Id) -> Result<Option<Self>, StoreError> {
                    let of = records::table.filter(records::register.eq(Self::DECLARED.kind)).filter(records::id.eq(Id(id.0)));
                    let row = of.select(RecordRow::as_select()).first(reader.conn).optional()?;
                    row.map(RecordRow::record).transpose()
                }
                fn all(reader: &mut Reader<'_>) -> Result<Vec<Self>, StoreError> {
                    let of = records::table.filter(records::register.eq(Self::DECLARED.kind));
                    let rows = of.order(records::id).select(RecordRow::as_select()).load(reader.conn)?;
                    rows.into_iter().map(RecordRow::record).collect()
                }
                fn list(
                    reader: &mut Reader<'_>,
                    asked: &Self::Asked,
                    eye: &Eye<'_>,
                    after: Option<&Cursor>,
                    limit: usize,
                ) -> Result<Page<Self>, StoreError> {
                    list(reader.conn, asked, eye, after, limit)
                }
                fn has_twin(reader: &mut Reader<'_>, unique: &str, own: Option<Self::Id>) -> Result<bool, StoreError> {
                    folded_names::is_taken(reader.conn, Self::DECLARED.kind, unique, own.map(Into::into))
                }
                fn save(
                    writer: &mut Writer<'_>,
                    record: &Self,
                    expected: Option<i64>,
                    sealed: Option<&str>,
                ) -> Result<(), StoreError> {
                    let row = (RecordRow::new(record)?, sealed.map(|sealed| records::sealed.eq(sealed)));
                    match expected {
                        None => drop(diesel::insert_into(records::table).values(row).execute(writer.conn)?),
                        Some(expected) => update_versioned!(writer, records, record.id.0, expected, row),
                    }
                    found::enter(writer.conn, record, record.unique())
                }
                fn save_new(writer: &mut Writer<'_>, new: &[Self]) -> Result<(), StoreError> {
                    let rows = new.iter().map(RecordRow::new).collect::<Result<Vec<_>, _>>()?;
                    let rows: Vec<_> = rows.iter().map(RecordRow::cells).collect();
                    insert_rows(writer.conn, RECORD_COLUMNS.0, &RECORD_COLUMNS.1, &rows)?;
                    found::enter_new(writer.conn, new)
                }
                fn erase(writer: &mut Writer<'_>, id: Self::Id, expected: i64) -> Result<(), StoreError> {
                    delete_versioned!(writer, records, id.0, expected);
                    found::forget(writer.conn, Self::DECLARED.kind, id.0)
                }
            }
        )+

        /// Enters what lists look for of the records that have nothing entered, oldest first; the records whose unique value an
        /// earlier one has.
        pub(crate) fn fill(conn: &mut Conn) -> Result<Vec<(&'static str, String)>, StoreError> {
            let mut doubles = Vec::new();
            $(doubles.extend(fill_register::<$register>(conn)?);)+
            Ok(doubles)
        }
    };
}

in_records!(ChatRobot, ReportSchedule, MediaItem, ConfigurationItem, FreezeWindow);

fn list<R: Visible>(
    conn: &mut Conn,
    asked: &R::Asked,
    eye: &Eye<'_>,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<Page<R>, StoreError> {
    let declared = R::DECLARED;
    let mut query = records::table.into_boxed();
    let mut rare = false;
    // The same rule as [`fabu_domain::subjects::registers::sight::by_customer`], before the page is cut.
    query = match (eye.scope, declared.customer) {
        (Scope::All, _) => query,
        (Scope::Customers(customers), Some(field)) => {
            let customers = customers.iter().map(ToString::to_string).collect();
            found::having(conn, query, &mut rare, (declared.kind, field), customers)?
        }
        _ => return Ok(Page { items: Vec::new(), next: None }),
    };
    if let Some(active) = asked.active() {
        query = query.filter(records::active.eq(active));
    }
    for (name, value) in asked.facets() {
        query = found::having(conn, query, &mut rare, (declared.kind, name), vec![value])?;
    }
    if let Some(search) = asked.words() {
        query = found::wording(conn, query, &mut rare, declared.kind, search)?;
    }
    if let Some(after) = after {
        let [position, id] = after.keys(declared.path)?;
        let id: Id<Uuid> = Id(id.parse().map_err(|_| StoreError::Cursor)?);
        let beyond = records::position.gt(position.to_owned()).or(records::id.gt(id));
        query = query.filter(records::position.ge(position.to_owned()).and(beyond));
    }
    if !rare {
        query = query.filter(records::register.eq(declared.kind));
    }
    let rows = query.order((records::position, records::id)).limit(as_limit(limit)).select(RecordRow::as_select()).load(conn)?;
    let page = Page::cut(rows, limit, |row| Cursor::new(declared.path, &[&row.position, &row.id.0.to_string()]));
    let found: Vec<R> = page.items.into_iter().map(RecordRow::record).collect::<Result<_, _>>()?;
    Ok(Page { items: found.iter().filter_map(|record| record.seen(eye)).collect(), next: page.next })
}

fn fill_register<R: Register>(conn: &mut Conn) -> Result<Vec<(&'static str, String)>, StoreError> {
    let kind = R::DECLARED.kind;
    let of = || records::table.filter(records::register.eq(kind)).order(records::id).select(RecordRow::as_select());
    let entered = names::table.filter(names::kind.eq(kind));
    let rows: Vec<RecordRow> = of().filter(not(exists(entered.filter(names::subject_id.eq(records::id))))).load(conn)?;
    let ids: Vec<Id<Uuid>> = rows.iter().map(|row| row.id).collect();
    found::forget_words(conn, kind, &ids)?;
    for row in rows {
        let record: R = row.record()?;
        let unique = match record.unique() {
            Some(name) if folded_names::is_taken(conn, kind, &name, None)? => None,
            unique => unique,
        };
        found::enter(conn, &record, unique)?;
    }
    if R::DECLARED.unique.is_none() {
        return Ok(Vec::new());
    }
    let twins: Vec<RecordRow> =
        of().filter(records::id.eq_any(entered.filter(names::unique_key.is_null()).select(names::subject_id))).load(conn)?;
    Ok(twins.into_iter().map(|row| (kind, row.position)).collect())
}

impl Reader<'_> {
    /// What is kept sealed of a record; none when there is nothing.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn sealed_of<R: Register>(&mut self, id: R::Id) -> Result<Option<String>, StoreError> {
        let sealed = records::table.find(Id(id.into())).select(records::sealed).first(self.conn).optional()?;
        Ok(sealed.flatten())
    }
}
