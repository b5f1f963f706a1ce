//! Objects under service and the departments that their releases touch.

use super::{delete_versioned, held_in_directory, kept::Kept, update_versioned};
use crate::{
    Reader, StoreError, Writer,
    row::Place,
    schema::{service_object_departments as touched, service_objects},
    types::Id,
};
use diesel::prelude::*;
use fabu_domain::{
    ids::{CustomerId, DepartmentId, ServiceObjectId},
    people::directory::ServiceObject,
};
use std::collections::HashMap;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = service_objects)]
struct ServiceObjectRow {
    id: Id<ServiceObjectId>,
    code: String,
    name: String,
    customer_id: Id<CustomerId>,
    active: bool,
    version: i64,
}

impl ServiceObjectRow {
    fn new(object: &ServiceObject) -> Self {
        Self {
            id: Id(object.id),
            code: object.code.to_string(),
            name: object.name.to_string(),
            customer_id: Id(object.customer_id),
            active: object.active,
            version: object.version,
        }
    }

    fn with(self, departments: Vec<DepartmentId>) -> Result<ServiceObject, StoreError> {
        let place = Place { table: "service_objects", key: self.id.0 };
        Ok(ServiceObject {
            id: self.id.0,
            code: place.text("code", self.code)?,
            name: place.text("name", self.name)?,
            customer_id: self.customer_id.0,
            departments,
            active: self.active,
            version: self.version,
        })
    }
}

impl Kept for ServiceObject {
    fn all(reader: &mut Reader<'_>) -> Result<Vec<Self>, StoreError> {
        let mut of: HashMap<ServiceObjectId, Vec<DepartmentId>> = HashMap::new();
        let pairs = touched::table
            .order((touched::service_object_id, touched::position))
            .select((touched::service_object_id, touched::department_id))
            .load::<(Id<ServiceObjectId>, Id<DepartmentId>)>(reader.conn)?;
        for (object, department) in pairs {
            of.entry(object.0).or_default().push(department.0);
        }
        let rows = service_objects::table.select(ServiceObjectRow::as_select()).load(reader.conn)?;
        rows.into_iter()
            .map(|row| {
                let departments = of.remove(&row.id.0).unwrap_or_default();
                row.with(departments)
            })
            .collect()
    }

    held_in_directory!(service_objects);

    fn save(writer: &mut Writer<'_>, object: &Self, expected: Option<i64>, _: Option<&str>) -> Result<(), StoreError> {
        writer.touch_directory()?;
        let row = ServiceObjectRow::new(object);
        match expected {
            None => drop(diesel::insert_into(service_objects::table).values(row).execute(writer.conn)?),
            Some(expected) => update_versioned!(writer, service_objects, object.id, expected, row),
        }
        diesel::delete(touched::table.filter(touched::service_object_id.eq(Id(object.id)))).execute(writer.conn)?;
        for (position, department) in (0_i32..).zip(&object.departments) {
            diesel::insert_into(touched::table)
                .values((
                    touched::service_object_id.eq(Id(object.id)),
                    touched::position.eq(position),
                    touched::department_id.eq(Id(*department)),
                ))
                .execute(writer.conn)?;
        }
        Ok(())
    }

    fn erase(writer: &mut Writer<'_>, id: ServiceObjectId, expected: i64) -> Result<(), StoreError> {
        writer.touch_directory()?;
        delete_versioned!(writer, service_objects, id, expected);
        Ok(())
    }
}
