//! Customers and who may accept for them.

use super::{delete_versioned, held_in_directory, kept::Kept, update_versioned};
use crate::{
    Reader, StoreError, Writer,
    row::Place,
    schema::{customer_representatives as reps, customers},
    types::Id,
};
use chrono::NaiveDate;
use diesel::prelude::*;
use fabu_domain::{
    ids::{CustomerId, UserId},
    people::directory::{Customer, Representative},
    subjects::registers::customer::BusinessDay,
};
use std::collections::{BTreeSet, HashMap};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = customers, treat_none_as_null = true)]
struct CustomerRow {
    id: Id<CustomerId>,
    name: String,
    contract: Option<String>,
    active: bool,
    version: i64,
    business_days: Option<String>,
    opens: Option<i32>,
    closes: Option<i32>,
}

impl CustomerRow {
    fn new(customer: &Customer) -> Self {
        Self {
            id: Id(customer.id),
            name: customer.name.to_string(),
            contract: customer.contract.as_ref().map(ToString::to_string),
            active: customer.active,
            version: customer.version,
            business_days: (!customer.business_days.is_empty()).then(|| words(&customer.business_days)),
            opens: customer.opens.and_then(|minute| i32::try_from(minute).ok()),
            closes: customer.closes.and_then(|minute| i32::try_from(minute).ok()),
        }
    }

    fn with(self, representatives: Vec<Representative>) -> Result<Customer, StoreError> {
        let place = Place { table: "customers", key: self.id.0 };
        Ok(Customer {
            id: self.id.0,
            name: place.text("name", self.name)?,
            contract: place.optional("contract", self.contract)?,
            representatives,
            business_days: self
                .business_days
                .iter()
                .flat_map(|days| days.split(','))
                .map(|day| place.word("business_days", day))
                .collect::<Result<_, _>>()?,
            opens: minute(&place, "opens", self.opens)?,
            closes: minute(&place, "closes", self.closes)?,
            active: self.active,
            version: self.version,
        })
    }
}

/// Days as they are kept: `monday,tuesday`.
fn words(days: &BTreeSet<BusinessDay>) -> String {
    days.iter().map(|day| day.as_str()).collect::<Vec<_>>().join(",")
}

fn minute(place: &Place<CustomerId>, column: &str, minute: Option<i32>) -> Result<Option<u32>, StoreError> {
    minute.map(|minute| u32::try_from(minute).map_err(|error| place.bad(column, error))).transpose()
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

impl Kept for Customer {
    fn all(reader: &mut Reader<'_>) -> Result<Vec<Self>, StoreError> {
        let mut of: HashMap<CustomerId, Vec<Representative>> = HashMap::new();
        let found = reps::table.order((reps::customer_id, reps::position)).select(RepresentativeRow::as_select());
        for row in found.load(reader.conn)? {
            of.entry(row.customer_id.0).or_default().push(row.into());
        }
        let rows = customers::table.select(CustomerRow::as_select()).load(reader.conn)?;
        rows.into_iter()
            .map(|row| {
                let representatives = of.remove(&row.id.0).unwrap_or_default();
                row.with(representatives)
            })
            .collect()
    }

    held_in_directory!(customers);

    fn save(writer: &mut Writer<'_>, customer: &Self, expected: Option<i64>, _: Option<&str>) -> Result<(), StoreError> {
        writer.touch_directory()?;
        let row = CustomerRow::new(customer);
        match expected {
            None => drop(diesel::insert_into(customers::table).values(row).execute(writer.conn)?),
            Some(expected) => update_versioned!(writer, customers, customer.id, expected, row),
        }
        diesel::delete(reps::table.filter(reps::customer_id.eq(Id(customer.id)))).execute(writer.conn)?;
        for (position, representative) in (0..).zip(&customer.representatives) {
            let row = RepresentativeRow {
                customer_id: Id(customer.id),
                position,
                user_id: Id(representative.user_id),
                from_day: representative.from,
                until_day: representative.until,
                internal_reason: representative.internal_reason.clone(),
            };
            diesel::insert_into(reps::table).values(row).execute(writer.conn)?;
        }
        Ok(())
    }

    fn erase(writer: &mut Writer<'_>, id: CustomerId, expected: i64) -> Result<(), StoreError> {
        writer.touch_directory()?;
        delete_versioned!(writer, customers, id, expected);
        Ok(())
    }
}
