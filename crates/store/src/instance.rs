//! Facts about this instance: its id, the company's name, whether it holds example data.

use crate::{Reader, StoreError, Writer, dialect::InsertExt, schema::instance};
use diesel::prelude::*;
use fabu_domain::subject::log::LogEntry;
use std::collections::BTreeMap;

impl Reader<'_> {
    /// One fact.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn instance(&mut self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(instance::table.find(key).select(instance::value).first(self.conn).optional()?)
    }

    /// All facts.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn instance_facts(&mut self) -> Result<BTreeMap<String, String>, StoreError> {
        Ok(instance::table.load::<(String, String)>(self.conn)?.into_iter().collect())
    }
}

impl Writer<'_> {
    /// Sets a fact.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn set_instance(&mut self, key: &str, value: &str, entries: &[LogEntry]) -> Result<(), StoreError> {
        diesel::insert_into(instance::table)
            .values((instance::key.eq(key), instance::value.eq(value)))
            .or("(key) DO UPDATE SET value = excluded.value")
            .execute(self.conn)?;
        self.append(entries)
    }
}
