//! Departments.

use super::{delete_versioned, held_in_directory, kept::Kept, update_versioned};
use crate::{Reader, StoreError, Writer, row::Place, schema::departments, types::Id};
use diesel::prelude::*;
use fabu_domain::{
    ids::{DepartmentId, UserId},
    people::directory::Department,
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
    fn new(department: &Department) -> Self {
        Self {
            id: Id(department.id),
            name: department.name.to_string(),
            head_id: department.head.map(Id),
            deputy_head_id: department.deputy_head.map(Id),
            active: department.active,
            version: department.version,
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

impl Kept for Department {
    fn all(reader: &mut Reader<'_>) -> Result<Vec<Self>, StoreError> {
        let rows = departments::table.select(DepartmentRow::as_select()).load(reader.conn)?;
        rows.into_iter().map(Self::try_from).collect()
    }

    held_in_directory!(departments);

    fn save(writer: &mut Writer<'_>, department: &Self, expected: Option<i64>, _: Option<&str>) -> Result<(), StoreError> {
        writer.touch_directory()?;
        let row = DepartmentRow::new(department);
        match expected {
            None => drop(diesel::insert_into(departments::table).values(row).execute(writer.conn)?),
            Some(expected) => update_versioned!(writer, departments, department.id, expected, row),
        }
        Ok(())
    }

    fn erase(writer: &mut Writer<'_>, id: DepartmentId, expected: i64) -> Result<(), StoreError> {
        writer.touch_directory()?;
        delete_versioned!(writer, departments, id, expected);
        Ok(())
    }
}
