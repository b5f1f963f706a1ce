//! Customers and who may accept for them.

use super::update_versioned;
use crate::{
    Reader, StoreError, Writer,
    row::Place,
    schema::{customer_representatives as reps, customers},
    types::Id,
};
use chrono::NaiveDate;
use diesel::prelude::*;
use fabu_domain::{
    directory::{Customer, Representative},
    ids::{CustomerId, UserId},
    log::LogEntry,
};
use std::collections::HashMap;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = customers, treat_none_as_null = true)]
struct CustomerRow {
    id: Id<CustomerId>,
    name: String,
    contract: Option<String>,
    active: bool,
    version: i64,
}

impl CustomerRow {
    fn new(customer: &Customer, version: i64) -> Self {
        Self {
            id: Id(customer.id),
            name: customer.name.to_string(),
            contract: customer.contract.as_ref().map(ToString::to_string),
            active: customer.active,
            version,
        }
    }

    fn with(self, representatives: Vec<Representative>) -> Result<Customer, StoreError> {
        let place = Place { table: "customers", key: self.id.0 };
        Ok(Customer {
            id: self.id.0,
            name: place.text("name", self.name)?,
            contract: place.optional("contract", self.contract)?,
            representatives,
            active: self.active,
            version: self.version,
        })
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = reps)]
struct RepresentativeRow {
    customer_id: Id<CustomerId>,
    position: i32,
    user_id: Id<UserId>,
    from_day: NaiveDate,
    until_day: Option<NaiveDate>,
    internal_reason: Option<String>,
}

impl From<RepresentativeRow> for Representative {
    fn from(row: RepresentativeRow) -> Self {
        Self { user_id: row.user_id.0, from: row.from_day, until: row.until_day, internal_reason: row.internal_reason }
    }
}

impl Reader<'_> {
    /// A customer, active or not.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the row cannot be read.
    pub fn customer(&mut self, id: CustomerId) -> Result<Option<Customer>, StoreError> {
        let row = customers::table.find(Id(id)).select(CustomerRow::as_select()).first(self.conn).optional()?;
        let Some(row) = row else { return Ok(None) };
        let found = reps::table.filter(reps::customer_id.eq(Id(id))).order(reps::position).select(RepresentativeRow::as_select());
        let representatives = found.load(self.conn)?.into_iter().map(Representative::from).collect();
        row.with(representatives).map(Some)
    }

    pub(super) fn all_customers(&mut self) -> Result<Vec<Customer>, StoreError> {
        let mut of: HashMap<CustomerId, Vec<Representative>> = HashMap::new();
        for row in
            reps::table.order((reps::customer_id, reps::position)).select(RepresentativeRow::as_select()).load(self.conn)?
        {
            of.entry(row.customer_id.0).or_default().push(row.into());
        }
        let rows = customers::table.select(CustomerRow::as_select()).load(self.conn)?;
        rows.into_iter()
            .map(|row| {
                let representatives = of.remove(&row.id.0).unwrap_or_default();
                row.with(representatives)
            })
            .collect()
    }
}

impl Writer<'_> {
    /// Adds a customer.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] `customers.name`; [`StoreError::Reference`] for an unknown representative.
    pub fn insert_customer(&mut self, customer: &Customer, entry: &LogEntry) -> Result<(), StoreError> {
        self.touch_directory()?;
        diesel::insert_into(customers::table).values(CustomerRow::new(customer, customer.version)).execute(self.conn)?;
        self.insert_representatives(customer)?;
        self.append(std::slice::from_ref(entry))
    }

    /// Replaces a customer's record with its representatives; its new version.
    ///
    /// # Errors
    /// [`StoreError::Stale`], [`StoreError::Duplicate`], [`StoreError::Reference`].
    pub fn update_customer(&mut self, customer: &Customer, expected: i64, entry: &LogEntry) -> Result<i64, StoreError> {
        self.touch_directory()?;
        update_versioned!(self, customers, customer.id, expected, CustomerRow::new(customer, expected + 1));
        diesel::delete(reps::table.filter(reps::customer_id.eq(Id(customer.id)))).execute(self.conn)?;
        self.insert_representatives(customer)?;
        self.append(std::slice::from_ref(entry))?;
        Ok(expected + 1)
    }

    fn insert_representatives(&mut self, customer: &Customer) -> Result<(), StoreError> {
        for (position, representative) in (0..).zip(&customer.representatives) {
            let row = RepresentativeRow {
                customer_id: Id(customer.id),
                position,
                user_id: Id(representative.user_id),
                from_day: representative.from,
                until_day: representative.until,
                internal_reason: representative.internal_reason.clone(),
            };
            diesel::insert_into(reps::table).values(row).execute(self.conn)?;
        }
        Ok(())
    }
}
