//! Checking what is stored: every release loads, its columns say what its body says, its documents have their hashes.

use super::{
    ReleaseRow, load,
    schema::{document_revisions as revisions, releases},
};
use crate::{Reader, StoreError, types::Id};
use diesel::prelude::*;
use fabu_domain::ids::ReleaseId;
use sha2::{Digest, Sha256};

/// What a check of releases found so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordCheck {
    /// Releases checked.
    pub releases: usize,
    /// Document revisions checked.
    pub revisions: usize,
    /// What is wrong.
    pub faults: Vec<RecordFault>,
}

/// A record that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFault {
    /// The record, as people call it: `release REL-2026-0007, task "Train the operators"`.
    pub record: String,
    /// What is wrong.
    pub what: String,
}

/// The columns that lists and figures are made of.
#[derive(Queryable, Selectable, PartialEq)]
#[diesel(table_name = releases)]
struct Columns {
    number: String,
    title: String,
    kind: String,
    customer_id: Option<Id<fabu_domain::ids::CustomerId>>,
    owner_id: Option<Id<fabu_domain::ids::UserId>>,
    stage: String,
    suspended: bool,
    verdict: Option<String>,
    verdict_quarter: Option<String>,
    imported_number: Option<String>,
    system: String,
}

impl Columns {
    /// The columns whose value is not the one that follows from the release.
    fn differing(&self, row: &ReleaseRow<'_>) -> Vec<&'static str> {
        let pairs = [
            ("number", self.number == row.number),
            ("title", self.title == row.title),
            ("kind", self.kind == row.kind),
            ("customer_id", self.customer_id == row.customer_id),
            ("owner_id", self.owner_id == row.owner_id),
            ("stage", self.stage == row.stage),
            ("suspended", self.suspended == row.suspended),
            ("verdict", self.verdict.as_deref() == row.verdict),
            ("verdict_quarter", self.verdict_quarter == row.verdict_quarter),
            ("imported_number", self.imported_number.as_deref() == row.imported_number),
            ("system", self.system == row.system),
        ];
        pairs.into_iter().filter(|(_, same)| !same).map(|(name, _)| name).collect()
    }
}

impl Reader<'_> {
    /// Checks up to `limit` releases after the one given, in order of their ids, and adds what it finds; the last one
    /// checked, or none when there are no more.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read at all.
    pub fn check_releases(
        &mut self,
        after: Option<ReleaseId>,
        limit: usize,
        check: &mut RecordCheck,
    ) -> Result<Option<ReleaseId>, StoreError> {
        let mut query = releases::table.select((releases::id, Columns::as_select())).order(releases::id).into_boxed();
        if let Some(after) = after {
            query = query.filter(releases::id.gt(Id(after)));
        }
        let rows: Vec<(Id<ReleaseId>, Columns)> = query.limit(i64::try_from(limit).unwrap_or(i64::MAX)).load(self.conn)?;
        for (id, columns) in &rows {
            self.check_release(id.0, columns, check)?;
        }
        Ok(rows.last().map(|(id, _)| id.0))
    }

    fn check_release(&mut self, id: ReleaseId, columns: &Columns, check: &mut RecordCheck) -> Result<(), StoreError> {
        let mut fault = |what: String| check.faults.push(RecordFault { record: format!("release {}", columns.number), what });
        match load(self.conn, id) {
            Ok(Some(dossier)) => {
                let differing = columns.differing(&ReleaseRow::new(&dossier, 0)?);
                if !differing.is_empty() {
                    fault(format!("the columns {} differ from the record", differing.join(", ")));
                }
            }
            Ok(None) => fault("the release is gone".to_owned()),
            Err(error @ StoreError::Corrupt { .. }) => fault(error.to_string()),
            Err(error) => return Err(error),
        }
        let stored: Vec<(String, i32, String, String)> = revisions::table
            .filter(revisions::subject_id.eq(Id(id)))
            .order((revisions::kind, revisions::revision))
            .select((revisions::kind, revisions::revision, revisions::sha256, revisions::content))
            .load(self.conn)?;
        for (kind, revision, sha256, content) in &stored {
            if hex::encode(Sha256::digest(content)) != *sha256 {
                fault(format!("revision {revision} of the document {kind} differs from its SHA-256"));
            }
        }
        check.releases += 1;
        check.revisions += stored.len();
        Ok(())
    }
}
