//! Versions of the procedure: few, and read together, since where one stands depends on the others.

use crate::{
    Reader, StoreError, Writer,
    conn::Conn,
    row::Place,
    schema::procedure_versions::{self as versions, table},
    subjects::subject,
    types::Id,
};
use diesel::prelude::*;
use fabu_domain::{
    ids::ProcedureVersionId,
    subject::log::LogEntry,
    subjects::{
        procedure_version::ProcedureVersion,
        release::parameters::{Parameters, Procedures},
    },
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = versions)]
struct VersionRow {
    id: Id<ProcedureVersionId>,
    label: String,
    version: i64,
    body: String,
}

impl VersionRow {
    fn new(version: &ProcedureVersion, at: i64) -> Result<Self, StoreError> {
        let stored = ProcedureVersion { version: at, ..version.clone() };
        let bad = |error| Place { table: "procedure_versions", key: version.id }.bad("body", error);
        let body = serde_json::to_string(&stored).map_err(bad)?;
        Ok(Self { id: Id(version.id), label: version.label.to_string(), version: at, body })
    }

    fn load(self, conn: &mut Conn, document_prefix: &str) -> Result<ProcedureVersion, StoreError> {
        let place = Place { table: "procedure_versions", key: self.id.0 };
        let mut found: ProcedureVersion = serde_json::from_str(&self.body).map_err(|error| place.bad("body", error))?;
        if (found.version, found.label.to_string()) != (self.version, self.label) {
            return Err(place.bad("body", "the columns say otherwise"));
        }
        found.document = ProcedureVersion::new(found.id, document_prefix, found.label, (found.created_at, None)).document;
        subject::load_parts(conn, &mut found)?;
        Ok(found)
    }
}

impl Reader<'_> {
    /// Every version, in no order.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn procedure_versions(&mut self) -> Result<Vec<ProcedureVersion>, StoreError> {
        let rows: Vec<VersionRow> = table.select(VersionRow::as_select()).load(self.conn)?;
        let prefix = Parameters::default().document_prefix;
        rows.into_iter().map(|row| row.load(self.conn, &prefix)).collect()
    }

    /// What the signed versions set.
    pub(crate) fn signed_procedures(&mut self) -> Result<Procedures, StoreError> {
        let mut all = self.procedure_versions()?;
        all.sort_by_key(|version| version.label);
        Ok(Procedures::new(all.iter().filter_map(ProcedureVersion::signed).collect()))
    }
}

impl Writer<'_> {
    /// Every version, which nobody else changes or adds to until the end of this transaction.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn lock_procedure_versions(&mut self) -> Result<Vec<ProcedureVersion>, StoreError> {
        // The first version is in every instance: whoever adds one waits for whoever else does.
        diesel::update(table).set(versions::version.eq(versions::version)).execute(self.conn)?;
        self.procedure_versions()
    }

    /// Adds a version.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn insert_procedure_version(&mut self, version: &ProcedureVersion, entries: &[LogEntry]) -> Result<(), StoreError> {
        insert(self.conn, version)?;
        self.append(entries)
    }

    /// Replaces a version, with what differs of its text and its approvals; its new version number.
    ///
    /// # Errors
    /// [`StoreError::Stale`].
    pub fn update_procedure_version(
        &mut self,
        old: &ProcedureVersion,
        new: &ProcedureVersion,
        entries: &[LogEntry],
    ) -> Result<i64, StoreError> {
        let expected = old.version;
        crate::registers::update_versioned!(self, versions, new.id, expected, VersionRow::new(new, expected + 1)?);
        subject::save_parts(self.conn, Some(old), new)?;
        if old.signed() != new.signed() {
            self.renew_directory()?;
        }
        self.append(entries)?;
        Ok(expected + 1)
    }
}

fn insert(conn: &mut Conn, version: &ProcedureVersion) -> Result<(), StoreError> {
    diesel::insert_into(table).values(VersionRow::new(version, version.version)?).execute(conn)?;
    subject::save_parts(conn, None, version)
}

/// Puts the first version in, unless it is there. Part of the migration.
pub(crate) fn put_first(conn: &mut Conn) -> Result<(), StoreError> {
    if table.count().get_result::<i64>(conn)? > 0 {
        return Ok(());
    }
    insert(conn, &ProcedureVersion::first(&Parameters::default().document_prefix))
}
