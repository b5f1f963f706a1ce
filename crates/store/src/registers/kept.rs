//! Registers in the database: one way to find, list, create, update and delete the records of any of them.
//!
//! Most registers share the table of [`super::records`] and need nothing of their own here. The small ones that rules look at as a
//! whole ([`fabu_domain::people::directory::Directory`]) and that releases refer to keep tables of their own.

use crate::{Cursor, Page, Reader, StoreError, Writer};
use fabu_domain::subjects::registers::sight::Visible;
use fabu_domain::{
    identity::{finds, same},
    subject::log::LogEntry,
    subjects::registers::{Asked, sight::Eye},
};

/// A register whose records the database keeps.
pub trait Kept: Visible {
    /// A record, active or not.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the row cannot be read.
    fn find(reader: &mut Reader<'_>, id: Self::Id) -> Result<Option<Self>, StoreError>;

    /// Every record, as the tables hold them.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    fn all(reader: &mut Reader<'_>) -> Result<Vec<Self>, StoreError>;

    /// The records that are asked for and that the reader may know of, by position.
    ///
    /// # Errors
    /// [`StoreError::Cursor`] when `after` is not from this list.
    fn list(
        reader: &mut Reader<'_>,
        asked: &Self::Asked,
        eye: &Eye<'_>,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page<Self>, StoreError>;

    /// True when another record has this unique value, in whatever spelling.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    fn has_twin(reader: &mut Reader<'_>, unique: &str, own: Option<Self::Id>) -> Result<bool, StoreError>;

    /// Adds the record, or replaces by it the one that has the expected version. `sealed` is what is never shown; none keeps it.
    ///
    /// # Errors
    /// [`StoreError::Stale`], [`StoreError::Duplicate`], [`StoreError::Reference`].
    fn save(writer: &mut Writer<'_>, record: &Self, expected: Option<i64>, sealed: Option<&str>) -> Result<(), StoreError>;

    /// Adds many records.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`], [`StoreError::Reference`].
    fn save_new(writer: &mut Writer<'_>, records: &[Self]) -> Result<(), StoreError> {
        records.iter().try_for_each(|record| Self::save(writer, record, None, None))
    }

    /// Removes the record that has the expected version.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when it has another version or is gone.
    fn erase(writer: &mut Writer<'_>, id: Self::Id, expected: i64) -> Result<(), StoreError>;
}

impl Reader<'_> {
    /// [`Kept::find`].
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the row cannot be read.
    pub fn record<R: Kept>(&mut self, id: R::Id) -> Result<Option<R>, StoreError> {
        R::find(self, id)
    }

    /// [`Kept::all`].
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn records<R: Kept>(&mut self) -> Result<Vec<R>, StoreError> {
        R::all(self)
    }
}

impl Writer<'_> {
    /// Adds a record, with its entry in the log.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`]; [`StoreError::Reference`] for something unknown that it names.
    pub fn create_record<R: Kept>(&mut self, record: &R, sealed: Option<&str>, entry: &LogEntry) -> Result<(), StoreError> {
        R::save(self, record, None, sealed)?;
        self.append(std::slice::from_ref(entry))
    }

    /// Adds records, with their entries in the log.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`]; [`StoreError::Reference`] for something unknown that one names.
    pub fn create_records<R: Kept>(&mut self, records: &[R], entries: &[LogEntry]) -> Result<(), StoreError> {
        R::save_new(self, records)?;
        self.append(entries)
    }

    /// Replaces a record that has the expected version, with its entry in the log; its new version.
    ///
    /// # Errors
    /// [`StoreError::Stale`], [`StoreError::Duplicate`], [`StoreError::Reference`].
    pub fn update_record<R: Kept>(
        &mut self,
        record: &R,
        expected: i64,
        sealed: Option<&str>,
        entry: &LogEntry,
    ) -> Result<i64, StoreError> {
        let new = expected + 1;
        R::save(self, &record.clone().at_version(new), Some(expected), sealed)?;
        self.append(std::slice::from_ref(entry))?;
        Ok(new)
    }

    /// Replaces records that are at their present version, with the entries of the log that say so.
    ///
    /// # Errors
    /// [`StoreError::Stale`], [`StoreError::Duplicate`], [`StoreError::Reference`].
    pub fn update_records<R: Kept>(&mut self, records: &[R], entries: &[LogEntry]) -> Result<(), StoreError> {
        for record in records {
            let version = record.version();
            R::save(self, &record.clone().at_version(version + 1), Some(version), None)?;
        }
        self.append(entries)
    }

    /// Removes a record that has the expected version; its past stays in the log.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when it has another version or is gone; nothing is logged then.
    pub fn delete_record<R: Kept>(&mut self, id: R::Id, expected: i64, entry: &LogEntry) -> Result<(), StoreError> {
        R::erase(self, id, expected)?;
        self.append(std::slice::from_ref(entry))
    }
}

/// [`Kept::list`] of records that are held in memory.
pub(super) fn list_held<'r, R: Kept>(
    held: impl Iterator<Item = &'r R>,
    asked: &R::Asked,
    eye: &Eye<'_>,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<Page<R>, StoreError> {
    let facets = asked.facets();
    let found = held.filter(|record| {
        let finds = |words| finds(words, &record.words().iter().map(String::as_str).collect::<Vec<_>>());
        let has = record.facets();
        asked.active().is_none_or(|active| record.is_active() == active)
            && asked.fits(record)
            && facets.iter().all(|facet| has.contains(facet))
            && asked.words().is_none_or(finds)
    });
    let key = |record: &R| (record.position(), record.id().to_string());
    let mut found: Vec<((String, String), R)> = found.filter_map(|record| Some((key(record), record.seen(eye)?))).collect();
    if let Some(after) = after {
        let [position, id] = after.keys(R::DECLARED.path)?;
        found.retain(|(key, _)| (key.0.as_str(), key.1.as_str()) > (position, id));
    }
    found.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(Page::cut(found, limit, |((position, id), _)| Cursor::new(R::DECLARED.path, &[position, id])).map(|(_, record)| record))
}

/// [`Kept::has_twin`] among records that are held in memory.
pub(super) fn is_held<'r, R: Kept>(mut held: impl Iterator<Item = &'r R>, unique: &str, own: Option<R::Id>) -> bool {
    held.any(|other| Some(other.id()) != own && other.unique().is_some_and(|name| same(&name, unique)))
}

/// Records that the directory holds, whichever way it holds them.
pub(super) trait Held<R> {
    /// All of them.
    fn of<'a>(&'a self) -> impl Iterator<Item = &'a R>
    where
        R: 'a;
}

impl<K, R> Held<R> for std::collections::HashMap<K, R> {
    fn of<'a>(&'a self) -> impl Iterator<Item = &'a R>
    where
        R: 'a,
    {
        self.values()
    }
}

impl<R> Held<R> for Vec<R> {
    fn of<'a>(&'a self) -> impl Iterator<Item = &'a R>
    where
        R: 'a,
    {
        self.iter()
    }
}
