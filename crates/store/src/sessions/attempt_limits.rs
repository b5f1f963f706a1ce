//! Limits on failed attempts, shared by all processes: a token bucket in one number for each key.
//!
//! A row holds when its bucket is full again. One attempt more moves that instant on by the time after which a token comes
//! back; as long as it lies less than a whole bucket ahead there is a token left. A bucket that is full needs no row.

use crate::{Reader, StoreError, Writer, dialect::InsertExt, schema::attempt_limits as limits};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    prelude::*,
    sql_types::{BigInt, Text},
};
use std::collections::HashMap;

/// How large a bucket is, and how fast it fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Attempts that may follow each other at once; at least 1.
    pub burst: i32,
    /// After how long one more is possible.
    pub refill: TimeDelta,
}

impl Limit {
    /// How far the instant at which the bucket is full may lie ahead while one token is left.
    fn room(self) -> i64 {
        self.refill.num_milliseconds() * i64::from(self.burst.max(1) - 1)
    }

    /// How long it takes until a token is there, by the instant at which the bucket is full; none when one is there now.
    #[must_use]
    pub fn wait(self, full_at: DateTime<Utc>, now: DateTime<Utc>) -> Option<TimeDelta> {
        let wait = full_at - now - TimeDelta::milliseconds(self.room());
        (wait > TimeDelta::zero()).then_some(wait)
    }
}

impl Reader<'_> {
    /// Until when each of these keys counts; a key that does not count any more is left out.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn attempt_limits(&mut self, keys: &[String], now: DateTime<Utc>) -> Result<HashMap<String, DateTime<Utc>>, StoreError> {
        let rows = limits::table.filter(limits::key.eq_any(keys.to_vec())).filter(limits::until_ms.gt(now.timestamp_millis()));
        let rows: Vec<(String, i64)> = rows.load(self.conn)?;
        Ok(rows.into_iter().filter_map(|(key, until)| Some((key, DateTime::from_timestamp_millis(until)?))).collect())
    }
}

impl Writer<'_> {
    /// Takes a token; false when there is none. Of several at once, in any process, only as many get one as there are.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn take_attempt(&mut self, key: &str, limit: Limit, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let taken = diesel::sql_query(
            "INSERT INTO attempt_limits (key, until_ms) VALUES ($1, $2 + $3) \
             ON CONFLICT (key) DO UPDATE SET until_ms = \
             (CASE WHEN attempt_limits.until_ms > $2 THEN attempt_limits.until_ms ELSE $2 END) + $3 \
             WHERE attempt_limits.until_ms <= $2 + $4",
        );
        let taken = taken
            .bind::<Text, _>(key.to_owned())
            .bind::<BigInt, _>(now.timestamp_millis())
            .bind::<BigInt, _>(limit.refill.num_milliseconds())
            .bind::<BigInt, _>(limit.room());
        Ok(taken.execute(self.conn)? == 1)
    }

    /// Gives a token back: the attempt was none that counts.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn give_attempt_back(&mut self, key: &str, limit: Limit) -> Result<(), StoreError> {
        diesel::update(limits::table.find(key))
            .set(limits::until_ms.eq(limits::until_ms - limit.refill.num_milliseconds()))
            .execute(self.conn)?;
        Ok(())
    }

    /// Fills a bucket: what it counted no longer matters.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn forget_attempts(&mut self, key: &str) -> Result<(), StoreError> {
        diesel::delete(limits::table.find(key)).execute(self.conn)?;
        Ok(())
    }

    /// Lets a key count until an instant.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn count_until(&mut self, key: &str, until: DateTime<Utc>) -> Result<(), StoreError> {
        diesel::insert_into(limits::table)
            .values((limits::key.eq(key), limits::until_ms.eq(until.timestamp_millis())))
            .or("(key) DO UPDATE SET until_ms = excluded.until_ms")
            .execute(self.conn)?;
        Ok(())
    }

    /// Removes what no longer counts; the number of keys.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn prune_attempt_limits(&mut self, now: DateTime<Utc>) -> Result<usize, StoreError> {
        Ok(diesel::delete(limits::table.filter(limits::until_ms.le(now.timestamp_millis()))).execute(self.conn)?)
    }
}
