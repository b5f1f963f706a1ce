//! Running numbers.

use crate::{StoreError, Writer};
use diesel::{
    prelude::*,
    sql_types::{BigInt, Integer, Text},
};

#[derive(QueryableByName)]
struct Value {
    #[diesel(sql_type = BigInt)]
    value: i64,
}

impl Writer<'_> {
    /// The next number of a series in a year, from 1. Gap free and never given twice: it is taken with the transaction
    /// or not at all, and other takers of the same series wait for that.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn next_number(&mut self, name: &str, year: i32) -> Result<i64, StoreError> {
        let next = diesel::sql_query(
            "INSERT INTO counters (name, year, value) VALUES ($1, $2, 1) \
             ON CONFLICT (name, year) DO UPDATE SET value = counters.value + 1 RETURNING value",
        );
        let Value { value } = next.bind::<Text, _>(name.to_owned()).bind::<Integer, _>(year).get_result(self.conn)?;
        Ok(value)
    }
}
