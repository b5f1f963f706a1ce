//! How much room uploaded files take, counted over their rows.

use crate::{Reader, StoreError, Writer, schema::attachments, types::Id};
use diesel::{
    dsl::{count_star, sql},
    expression::SqlLiteral,
    prelude::*,
    sql_types::BigInt,
};
use fabu_domain::ids::{ReleaseId, UserId};

/// Room taken by files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StorageUse {
    /// Bytes.
    pub bytes: i64,
    /// Files.
    pub files: i64,
}

/// Whose files are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorageScope {
    /// Those of one release.
    Release(ReleaseId),
    /// Those that one person uploaded.
    Person(UserId),
    /// All.
    Instance,
}

/// The sum of the sizes; PostgreSQL's `SUM` of integers is no integer.
fn bytes() -> SqlLiteral<BigInt> {
    sql("CAST(COALESCE(SUM(size), 0) AS BIGINT)")
}

impl Reader<'_> {
    /// The room that files take.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn storage_of(&mut self, scope: StorageScope) -> Result<StorageUse, StoreError> {
        let mut query = attachments::table.select((bytes(), count_star())).into_boxed();
        match scope {
            StorageScope::Release(id) => query = query.filter(attachments::release_id.eq(Id(id))),
            StorageScope::Person(id) => query = query.filter(attachments::uploaded_by.eq(Id(id))),
            StorageScope::Instance => {}
        }
        let (bytes, files) = query.first(self.conn)?;
        Ok(StorageUse { bytes, files })
    }

    /// The releases whose files take most room, at most so many.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn largest_releases(&mut self, most: i64) -> Result<Vec<(ReleaseId, StorageUse)>, StoreError> {
        let query = attachments::table.group_by(attachments::release_id).order((bytes().desc(), attachments::release_id));
        let rows: Vec<(Id<ReleaseId>, i64, i64)> =
            query.select((attachments::release_id, bytes(), count_star())).limit(most).load(self.conn)?;
        Ok(rows.into_iter().map(|(id, bytes, files)| (id.0, StorageUse { bytes, files })).collect())
    }

    /// The people whose files take most room, at most so many.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn largest_uploaders(&mut self, most: i64) -> Result<Vec<(UserId, StorageUse)>, StoreError> {
        let query = attachments::table.group_by(attachments::uploaded_by).order((bytes().desc(), attachments::uploaded_by));
        let rows: Vec<(Id<UserId>, i64, i64)> =
            query.select((attachments::uploaded_by, bytes(), count_star())).limit(most).load(self.conn)?;
        Ok(rows.into_iter().map(|(id, bytes, files)| (id.0, StorageUse { bytes, files })).collect())
    }
}

impl Writer<'_> {
    /// Waits until no other transaction adds a file, up to the end of this one: what is counted afterwards stays true.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn lock_storage(&mut self) -> Result<(), StoreError> {
        Ok(self.conn.lock_storage()?)
    }
}

impl Reader<'_> {
    /// The storage key of the file that was added last.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn newest_storage_key(&mut self) -> Result<Option<String>, StoreError> {
        let query = attachments::table.order(attachments::id.desc()).select(attachments::storage_key);
        Ok(query.first(self.conn).optional()?)
    }
}
