//! How much room uploaded files take, counted over their rows.

use crate::{
    Reader, StoreError, Writer,
    schema::{attachments, media_files},
    types::Id,
};
use diesel::{
    dsl::{count_star, sql},
    expression::SqlLiteral,
    prelude::*,
    sql_types::BigInt,
};
use fabu_domain::ids::{ReleaseId, UserId};
use std::collections::BTreeMap;
use uuid::Uuid;

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
        let mut of_releases = attachments::table.select((bytes(), count_star())).into_boxed();
        let mut of_media = media_files::table.select((bytes(), count_star())).into_boxed();
        let is_of_release = matches!(scope, StorageScope::Release(_));
        match scope {
            StorageScope::Release(id) => of_releases = of_releases.filter(attachments::release_id.eq(Id(id))),
            StorageScope::Person(id) => {
                of_releases = of_releases.filter(attachments::uploaded_by.eq(Id(id)));
                of_media = of_media.filter(media_files::uploaded_by.eq(Id(id)));
            }
            StorageScope::Instance => {}
        }
        let (bytes, files): (i64, i64) = of_releases.first(self.conn)?;
        let (more, others): (i64, i64) = if is_of_release { (0, 0) } else { of_media.first(self.conn)? };
        Ok(StorageUse { bytes: bytes + more, files: files + others })
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
        // Few people check media in: what they uploaded is added to what the largest uploaders, and they themselves, have in releases.
        let of_media = media_files::table.group_by(media_files::uploaded_by);
        let of_media: Vec<(Id<UserId>, i64, i64)> =
            of_media.select((media_files::uploaded_by, bytes(), count_star())).load(self.conn)?;
        let keepers: Vec<Id<UserId>> = of_media.iter().map(|(id, ..)| *id).collect();
        let of_releases = || attachments::table.group_by(attachments::uploaded_by);
        let columns = || (attachments::uploaded_by, bytes(), count_star());
        let largest: Vec<(Id<UserId>, i64, i64)> =
            of_releases().order((bytes().desc(), attachments::uploaded_by)).select(columns()).limit(most).load(self.conn)?;
        let of_keepers: Vec<(Id<UserId>, i64, i64)> =
            of_releases().filter(attachments::uploaded_by.eq_any(keepers)).select(columns()).load(self.conn)?;
        let in_releases: BTreeMap<UserId, (i64, i64)> =
            largest.into_iter().chain(of_keepers).map(|(id, bytes, files)| (id.0, (bytes, files))).collect();
        let in_media = of_media.into_iter().map(|(id, bytes, files)| (id.0, (bytes, files)));
        let mut sums: BTreeMap<UserId, StorageUse> = BTreeMap::new();
        for (id, (bytes, files)) in in_releases.into_iter().chain(in_media) {
            let sum = sums.entry(id).or_default();
            (sum.bytes, sum.files) = (sum.bytes + bytes, sum.files + files);
        }
        let mut sums: Vec<(UserId, StorageUse)> = sums.into_iter().collect();
        sums.sort_by_key(|(_, taken)| std::cmp::Reverse(taken.bytes));
        sums.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok(sums)
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
    /// The storage key of the file that was added last, to a release or to a medium.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn newest_storage_key(&mut self) -> Result<Option<String>, StoreError> {
        let of_release = attachments::table.order(attachments::id.desc()).select((attachments::id, attachments::storage_key));
        let of_medium = media_files::table.order(media_files::id.desc()).select((media_files::id, media_files::storage_key));
        let of_release: Option<(Id<Uuid>, String)> = of_release.first(self.conn).optional()?;
        let of_medium: Option<(Id<Uuid>, String)> = of_medium.first(self.conn).optional()?;
        let newest = of_release.into_iter().chain(of_medium).max_by_key(|(id, _)| id.0);
        Ok(newest.map(|(_, key)| key))
    }
}
