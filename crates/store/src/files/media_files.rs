//! What is known about the files of media in the definitive media library; the bytes lie elsewhere under their storage key.

use crate::{
    Reader, StoreError, Writer,
    row::Place,
    schema::media_files,
    types::{Id, Instant},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use fabu_domain::{
    ids::UserId,
    subject::log::LogEntry,
    subjects::registers::media_item::{MediaFileId, MediaItemId, SbomFormat},
};

/// What a medium is made of, as its file says (SBOM, 9.2a).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaFile {
    /// Identity.
    pub id: MediaFileId,
    /// The medium that it describes.
    pub media_item_id: MediaItemId,
    /// The name given by the person who uploaded it.
    pub file_name: String,
    /// How it is written.
    pub format: SbomFormat,
    /// In which version of that format.
    pub format_version: String,
    /// How many components it lists.
    pub components: i64,
    /// The SHA-256 that it names for the medium, lower-case hexadecimal; none when it names none.
    pub described_sha256: Option<String>,
    /// Length in bytes.
    pub size: i64,
    /// SHA-256 of the file itself, lower-case hexadecimal.
    pub sha256: String,
    /// Where the bytes lie; unique.
    pub storage_key: String,
    /// Who uploaded it.
    pub uploaded_by: UserId,
    /// When.
    pub uploaded_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = media_files)]
struct MediaFileRow {
    id: Id<MediaFileId>,
    media_item_id: Id<MediaItemId>,
    file_name: String,
    format: String,
    format_version: String,
    components: i64,
    described_sha256: Option<String>,
    size: i64,
    sha256: String,
    storage_key: String,
    uploaded_by: Id<UserId>,
    uploaded_at: Instant,
}

impl MediaFileRow {
    fn file(self) -> Result<MediaFile, StoreError> {
        let place = Place { table: "media_files", key: self.id.0 };
        Ok(MediaFile {
            id: self.id.0,
            media_item_id: self.media_item_id.0,
            format: place.word("format", &self.format)?,
            file_name: self.file_name,
            format_version: self.format_version,
            components: self.components,
            described_sha256: self.described_sha256,
            size: self.size,
            sha256: self.sha256,
            storage_key: self.storage_key,
            uploaded_by: self.uploaded_by.0,
            uploaded_at: self.uploaded_at.0,
        })
    }
}

impl Reader<'_> {
    /// One file of a medium.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the row cannot be read.
    pub fn media_file(&mut self, id: MediaFileId) -> Result<Option<MediaFile>, StoreError> {
        let row = media_files::table.find(Id(id)).select(MediaFileRow::as_select()).first(self.conn).optional()?;
        row.map(MediaFileRow::file).transpose()
    }

    /// The files of a medium, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn media_files_of(&mut self, medium: MediaItemId) -> Result<Vec<MediaFile>, StoreError> {
        let found = media_files::table.filter(media_files::media_item_id.eq(Id(medium))).order(media_files::id);
        let rows: Vec<MediaFileRow> = found.select(MediaFileRow::as_select()).load(self.conn)?;
        rows.into_iter().map(MediaFileRow::file).collect()
    }

    /// Every file of every medium.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn media_files(&mut self) -> Result<Vec<MediaFile>, StoreError> {
        let rows: Vec<MediaFileRow> =
            media_files::table.order(media_files::id).select(MediaFileRow::as_select()).load(self.conn)?;
        rows.into_iter().map(MediaFileRow::file).collect()
    }
}

impl Writer<'_> {
    /// Adds a file of a medium, after its bytes are safely stored.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] for a storage key that is taken; [`StoreError::Reference`] for an unknown medium.
    pub fn insert_media_file(&mut self, file: &MediaFile, entry: &LogEntry) -> Result<(), StoreError> {
        let row = MediaFileRow {
            id: Id(file.id),
            media_item_id: Id(file.media_item_id),
            file_name: file.file_name.clone(),
            format: file.format.as_str().to_owned(),
            format_version: file.format_version.clone(),
            components: file.components,
            described_sha256: file.described_sha256.clone(),
            size: file.size,
            sha256: file.sha256.clone(),
            storage_key: file.storage_key.clone(),
            uploaded_by: Id(file.uploaded_by),
            uploaded_at: Instant(file.uploaded_at),
        };
        diesel::insert_into(media_files::table).values(row).execute(self.conn)?;
        self.append(std::slice::from_ref(entry))
    }
}
