//! The counts behind the key figure (§10, D9).

use super::{
    schema::{release_service_objects, releases},
    scope::optional_customers_of,
};
use crate::{Reader, StoreError, row::Place, types::Id};
use diesel::prelude::*;
use fabu_domain::{
    ids::{CustomerId, ServiceObjectId},
    subjects::{
        release::stage::{ReleaseKind, Verdict},
        visibility::Scope,
    },
    time::quarter::Quarter,
};

/// Releases of a quarter with the same verdict, kind and customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KpiRow {
    /// The verdict.
    pub verdict: Verdict,
    /// The kind.
    pub kind: ReleaseKind,
    /// The customer; none for imported releases.
    pub customer_id: Option<CustomerId>,
    /// How many.
    pub count: u64,
}

impl Reader<'_> {
    /// The releases of a quarter that a reader may know of, counted by verdict, kind and customer (D9). Read from one index.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn kpi_rows(&mut self, quarter: Quarter, scope: &Scope) -> Result<Vec<KpiRow>, StoreError> {
        use releases as r;
        type Row = (Option<String>, String, Option<Id<CustomerId>>, i64);
        let counted = r::table
            .filter(r::verdict_quarter.eq(Some(quarter.to_string())))
            .group_by((r::verdict, r::kind, r::customer_id))
            .select((r::verdict, r::kind, r::customer_id, diesel::dsl::count_star()));
        let rows: Vec<Row> = match optional_customers_of(scope) {
            None => counted.load(self.conn)?,
            Some(customers) => counted.filter(r::customer_id.eq_any(customers)).load(self.conn)?,
        };
        let place = Place { table: "releases", key: quarter.to_string() };
        rows.into_iter()
            .map(|(verdict, kind, customer, count)| {
                Ok(KpiRow {
                    verdict: place.word("verdict", &verdict.unwrap_or_default())?,
                    kind: place.word("kind", &kind)?,
                    customer_id: customer.map(|id| id.0),
                    count: u64::try_from(count).unwrap_or_default(),
                })
            })
            .collect()
    }

    /// The releases of a quarter, counted by service object.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn kpi_by_system(&mut self, quarter: Quarter) -> Result<Vec<(ServiceObjectId, u64)>, StoreError> {
        use {release_service_objects as o, releases as r};
        let rows: Vec<(Id<ServiceObjectId>, i64)> = o::table
            .inner_join(r::table.on(r::id.eq(o::release_id)))
            .filter(r::verdict_quarter.eq(Some(quarter.to_string())))
            .group_by(o::service_object_id)
            .select((o::service_object_id, diesel::dsl::count_star()))
            .load(self.conn)?;
        Ok(rows.into_iter().map(|(id, n)| (id.0, u64::try_from(n).unwrap_or_default())).collect())
    }

    /// How many releases were ever judged.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn count_judged(&mut self) -> Result<u64, StoreError> {
        let n: i64 = releases::table.filter(releases::verdict_quarter.is_not_null()).count().get_result(self.conn)?;
        Ok(u64::try_from(n).unwrap_or_default())
    }

    /// The quarters in which a release was judged, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn quarters(&mut self, scope: &Scope) -> Result<Vec<Quarter>, StoreError> {
        use releases as r;
        let judged =
            r::table.filter(r::verdict_quarter.is_not_null()).select(r::verdict_quarter).distinct().order(r::verdict_quarter);
        let rows: Vec<Option<String>> = match optional_customers_of(scope) {
            None => judged.load(self.conn)?,
            Some(customers) => judged.filter(r::customer_id.eq_any(customers)).load(self.conn)?,
        };
        let place = Place { table: "releases", key: "verdict_quarter" };
        rows.into_iter().flatten().map(|text| place.word("verdict_quarter", &text)).collect()
    }
}
