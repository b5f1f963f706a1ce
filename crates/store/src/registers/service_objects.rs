//! Objects under service and the departments that their releases touch.

use super::update_versioned;
use crate::{
    Reader, StoreError, Writer,
    row::Place,
    schema::{service_object_departments as touched, service_objects},
    types::Id,
};
use diesel::prelude::*;
use fabu_domain::{
    directory::ServiceObject,
    ids::{CustomerId, DepartmentId, ServiceObjectId},
    log::LogEntry,
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
    fn new(object: &ServiceObject, version: i64) -> Self {
        Self {
            id: Id(object.id),
            code: object.code.to_string(),
            name: object.name.to_string(),
            customer_id: Id(object.customer_id),
            active: object.active,
            version,
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

impl Reader<'_> {
    /// A service object, active or not.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the row cannot be read.
    pub fn service_object(&mut self, id: ServiceObjectId) -> Result<Option<ServiceObject>, StoreError> {
        let row = service_objects::table.find(Id(id)).select(ServiceObjectRow::as_select()).first(self.conn).optional()?;
        let Some(row) = row else { return Ok(None) };
        let departments: Vec<Id<DepartmentId>> = touched::table
            .filter(touched::service_object_id.eq(Id(id)))
            .order(touched::position)
            .select(touched::department_id)
            .load(self.conn)?;
        row.with(departments.into_iter().map(|id| id.0).collect()).map(Some)
    }

    pub(super) fn all_service_objects(&mut self) -> Result<Vec<ServiceObject>, StoreError> {
        let mut of: HashMap<ServiceObjectId, Vec<DepartmentId>> = HashMap::new();
        let pairs = touched::table
            .order((touched::service_object_id, touched::position))
            .select((touched::service_object_id, touched::department_id))
            .load::<(Id<ServiceObjectId>, Id<DepartmentId>)>(self.conn)?;
        for (object, department) in pairs {
            of.entry(object.0).or_default().push(department.0);
        }
        let rows = service_objects::table.select(ServiceObjectRow::as_select()).load(self.conn)?;
        rows.into_iter()
            .map(|row| {
                let departments = of.remove(&row.id.0).unwrap_or_default();
                row.with(departments)
            })
            .collect()
    }
}

impl Writer<'_> {
    /// Adds a service object.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] `service_objects.code`; [`StoreError::Reference`] for an unknown customer or department.
    pub fn insert_service_object(&mut self, object: &ServiceObject, entry: &LogEntry) -> Result<(), StoreError> {
        self.touch_directory()?;
        diesel::insert_into(service_objects::table).values(ServiceObjectRow::new(object, object.version)).execute(self.conn)?;
        self.insert_touched(object)?;
        self.append(std::slice::from_ref(entry))
    }

    /// Replaces a service object's record; its new version.
    ///
    /// # Errors
    /// [`StoreError::Stale`], [`StoreError::Duplicate`], [`StoreError::Reference`].
    pub fn update_service_object(&mut self, object: &ServiceObject, expected: i64, entry: &LogEntry) -> Result<i64, StoreError> {
        self.touch_directory()?;
        update_versioned!(self, service_objects, object.id, expected, ServiceObjectRow::new(object, expected + 1));
        diesel::delete(touched::table.filter(touched::service_object_id.eq(Id(object.id)))).execute(self.conn)?;
        self.insert_touched(object)?;
        self.append(std::slice::from_ref(entry))?;
        Ok(expected + 1)
    }

    fn insert_touched(&mut self, object: &ServiceObject) -> Result<(), StoreError> {
        for (position, department) in (0_i32..).zip(&object.departments) {
            diesel::insert_into(touched::table)
                .values((
                    touched::service_object_id.eq(Id(object.id)),
                    touched::position.eq(position),
                    touched::department_id.eq(Id(*department)),
                ))
                .execute(self.conn)?;
        }
        Ok(())
    }
}
