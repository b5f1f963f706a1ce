//! Departments.

use super::update_versioned;
use crate::{Reader, StoreError, Writer, row::Place, schema::departments, types::Id};
use diesel::prelude::*;
use fabu_domain::{
    directory::Department,
    ids::{DepartmentId, UserId},
    log::LogEntry,
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = departments, treat_none_as_null = true)]
struct DepartmentRow {
    id: Id<DepartmentId>,
    name: String,
    head_id: Option<Id<UserId>>,
    deputy_head_id: Option<Id<UserId>>,
    active: bool,
    version: i64,
}

impl DepartmentRow {
    fn new(department: &Department, version: i64) -> Self {
        Self {
            id: Id(department.id),
            name: department.name.to_string(),
            head_id: department.head.map(Id),
            deputy_head_id: department.deputy_head.map(Id),
            active: department.active,
            version,
        }
    }
}

impl TryFrom<DepartmentRow> for Department {
    type Error = StoreError;
    fn try_from(row: DepartmentRow) -> Result<Self, StoreError> {
        let place = Place { table: "departments", key: row.id.0 };
        Ok(Self {
            id: row.id.0,
            name: place.text("name", row.name)?,
            head: row.head_id.map(|id| id.0),
            deputy_head: row.deputy_head_id.map(|id| id.0),
            active: row.active,
            version: row.version,
        })
    }
}

impl Reader<'_> {
    /// A department, active or not.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the row cannot be read.
    pub fn department(&mut self, id: DepartmentId) -> Result<Option<Department>, StoreError> {
        let row = departments::table.find(Id(id)).select(DepartmentRow::as_select()).first(self.conn).optional()?;
        row.map(Department::try_from).transpose()
    }

    pub(super) fn all_departments(&mut self) -> Result<Vec<Department>, StoreError> {
        let rows = departments::table.select(DepartmentRow::as_select()).load(self.conn)?;
        rows.into_iter().map(Department::try_from).collect()
    }
}

impl Writer<'_> {
    /// Adds a department.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] `departments.name`; [`StoreError::Reference`] for an unknown head.
    pub fn insert_department(&mut self, department: &Department, entry: &LogEntry) -> Result<(), StoreError> {
        self.touch_directory()?;
        diesel::insert_into(departments::table).values(DepartmentRow::new(department, department.version)).execute(self.conn)?;
        self.append(std::slice::from_ref(entry))
    }

    /// Replaces a department's record; its new version.
    ///
    /// # Errors
    /// [`StoreError::Stale`], [`StoreError::Duplicate`], [`StoreError::Reference`].
    pub fn update_department(&mut self, department: &Department, expected: i64, entry: &LogEntry) -> Result<i64, StoreError> {
        self.touch_directory()?;
        update_versioned!(self, departments, department.id, expected, DepartmentRow::new(department, expected + 1));
        self.append(std::slice::from_ref(entry))?;
        Ok(expected + 1)
    }
}
