//! Answers kept under the caller's Idempotency-Key, in the transaction of the effect.
//!
//! A second request with the same key waits (on SQLite in the write lane, on PostgreSQL on the unique key) until the
//! first one is committed, and then gets the same bytes.

use crate::{
    StoreError, Writer,
    dialect::InsertExt,
    row::Place,
    schema::idempotency_keys as keys,
    types::{Instant, Json},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// An answer as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// HTTP status.
    pub status: u16,
    /// Header names and values.
    pub headers: Vec<(String, String)>,
    /// The exact bytes.
    pub body: Vec<u8>,
}

/// What is known about a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Idempotent {
    /// Never seen: it is reserved now, and [`Writer::keep_answer`] must follow in this transaction.
    New,
    /// The same request was answered before.
    Replay(StoredAnswer),
    /// The key was used for another request (422).
    OtherBody,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = keys)]
struct KeyRow {
    route: String,
    body_sha256: Vec<u8>,
    status: Option<i32>,
    headers: Option<Json>,
    body: Option<Vec<u8>>,
}

impl Writer<'_> {
    /// Reserves the key of a principal, or finds what it was used for. Keys of others never match.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when another request with the key takes too long.
    pub fn idempotency(
        &mut self,
        principal: &str,
        key: &str,
        route: &str,
        body_sha256: &[u8; 32],
        now: DateTime<Utc>,
    ) -> Result<Idempotent, StoreError> {
        let reserved = diesel::insert_into(keys::table)
            .values((
                keys::principal.eq(principal),
                keys::key.eq(key),
                keys::route.eq(route),
                keys::body_sha256.eq(body_sha256.to_vec()),
                keys::created_at.eq(Instant(now)),
            ))
            .or("(principal, key) DO NOTHING")
            .execute(self.conn)?;
        if reserved == 1 {
            self.unanswered = true;
            return Ok(Idempotent::New);
        }
        let row = keys::table.find((principal, key)).select(KeyRow::as_select()).first(self.conn)?;
        if row.route != route || row.body_sha256 != body_sha256 {
            return Ok(Idempotent::OtherBody);
        }
        let place = Place { table: "idempotency_keys", key: format!("{principal}/{key}") };
        let status = row.status.and_then(|status| u16::try_from(status).ok()).ok_or_else(|| place.bad("status", "no answer"))?;
        Ok(Idempotent::Replay(StoredAnswer {
            status,
            headers: row.headers.map(|json| place.json("headers", json.0)).transpose()?.unwrap_or_default(),
            body: row.body.unwrap_or_default(),
        }))
    }

    /// Keeps the answer under the key reserved in this transaction.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when the key is not reserved.
    pub fn keep_answer(&mut self, principal: &str, key: &str, answer: &StoredAnswer) -> Result<(), StoreError> {
        let changed = diesel::update(keys::table.find((principal, key)).filter(keys::status.is_null()))
            .set((
                keys::status.eq(Some(i32::from(answer.status))),
                keys::headers.eq(Some(Json(serde_json::json!(answer.headers)))),
                keys::body.eq(Some(answer.body.clone())),
            ))
            .execute(self.conn)?;
        if changed == 0 {
            return Err(StoreError::Stale { current: None });
        }
        self.unanswered = false;
        Ok(())
    }

    /// Forgets the keys used before `before` (at least 24 hours ago); their number.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn prune_idempotency(&mut self, before: DateTime<Utc>) -> Result<usize, StoreError> {
        Ok(diesel::delete(keys::table.filter(keys::created_at.lt(Instant(before)))).execute(self.conn)?)
    }
}
