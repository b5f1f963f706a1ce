//! What is known about uploaded files; the bytes lie elsewhere under their storage key.

use crate::{
    Reader, StoreError, Writer,
    schema::{attachments, media_files},
    types::{Id, Instant},
};
use chrono::{DateTime, Utc};
use diesel::{dsl::exists, prelude::*};
use fabu_domain::{
    ids::{AttachmentId, ReleaseId, UserId},
    subject::log::LogEntry,
    subjects::visibility::Scope,
};

/// An uploaded file of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Identity.
    pub id: AttachmentId,
    /// The release it belongs to.
    pub release_id: ReleaseId,
    /// The name given by the person who uploaded it.
    pub file_name: String,
    /// Media type found by looking at the bytes.
    pub media_type: String,
    /// Length in bytes.
    pub size: i64,
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub sha256: String,
    /// Where the bytes lie; unique.
    pub storage_key: String,
    /// Who uploaded it.
    pub uploaded_by: UserId,
    /// When.
    pub uploaded_at: DateTime<Utc>,
    /// Why it was added after the release was closed: it is an addendum (5.10a). None for a file of the record itself.
    pub addendum_reason: Option<String>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = attachments)]
struct AttachmentRow {
    id: Id<AttachmentId>,
    release_id: Id<ReleaseId>,
    file_name: String,
    media_type: String,
    size: i64,
    sha256: String,
    storage_key: String,
    uploaded_by: Id<UserId>,
    uploaded_at: Instant,
    addendum_reason: Option<String>,
}

impl From<AttachmentRow> for Attachment {
    fn from(row: AttachmentRow) -> Self {
        Self {
            id: row.id.0,
            release_id: row.release_id.0,
            file_name: row.file_name,
            media_type: row.media_type,
            size: row.size,
            sha256: row.sha256,
            storage_key: row.storage_key,
            uploaded_by: row.uploaded_by.0,
            uploaded_at: row.uploaded_at.0,
            addendum_reason: row.addendum_reason,
        }
    }
}

impl Reader<'_> {
    /// One attachment.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn attachment(&mut self, id: AttachmentId) -> Result<Option<Attachment>, StoreError> {
        let row = attachments::table.find(Id(id)).select(AttachmentRow::as_select()).first(self.conn).optional()?;
        Ok(row.map(Attachment::from))
    }

    /// The attachments of a release, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn attachments_of(&mut self, release: ReleaseId) -> Result<Vec<Attachment>, StoreError> {
        let found = attachments::table.filter(attachments::release_id.eq(Id(release))).order(attachments::id);
        Ok(found.select(AttachmentRow::as_select()).load(self.conn)?.into_iter().map(Attachment::from).collect())
    }

    /// Up to `limit` attachments of all releases after this one, in the order of their ids, each with the number of its
    /// release; none at the end.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn attachments_after(
        &mut self,
        after: Option<AttachmentId>,
        limit: usize,
    ) -> Result<Option<Vec<(Attachment, String)>>, StoreError> {
        let mut query = attachments::table.select(AttachmentRow::as_select()).order(attachments::id).into_boxed();
        if let Some(after) = after {
            query = query.filter(attachments::id.gt(Id(after)));
        }
        let rows: Vec<AttachmentRow> = query.limit(i64::try_from(limit).unwrap_or(i64::MAX)).load(self.conn)?;
        if rows.is_empty() {
            return Ok(None);
        }
        let releases: Vec<ReleaseId> = rows.iter().map(|row| row.release_id.0).collect();
        let numbers = self.release_numbers(&releases, &Scope::All)?;
        let with_number = |row: AttachmentRow| {
            let number = numbers.get(&row.release_id.0).cloned().unwrap_or_default();
            (Attachment::from(row), number)
        };
        Ok(Some(rows.into_iter().map(with_number).collect()))
    }

    /// True when a stored file belongs to a release or to a medium: what belongs to nothing may be swept.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn is_stored(&mut self, storage_key: &str) -> Result<bool, StoreError> {
        let of_release = attachments::table.filter(attachments::storage_key.eq(storage_key));
        let of_medium = media_files::table.filter(media_files::storage_key.eq(storage_key));
        Ok(diesel::select(exists(of_release)).get_result(self.conn)?
            || diesel::select(exists(of_medium)).get_result(self.conn)?)
    }
}

impl Writer<'_> {
    /// Adds an attachment, after its bytes are safely stored.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] `attachments.storage_key`.
    pub fn insert_attachment(&mut self, attachment: &Attachment, entries: &[LogEntry]) -> Result<(), StoreError> {
        let row = AttachmentRow {
            id: Id(attachment.id),
            release_id: Id(attachment.release_id),
            file_name: attachment.file_name.clone(),
            media_type: attachment.media_type.clone(),
            size: attachment.size,
            sha256: attachment.sha256.clone(),
            storage_key: attachment.storage_key.clone(),
            uploaded_by: Id(attachment.uploaded_by),
            uploaded_at: Instant(attachment.uploaded_at),
            addendum_reason: attachment.addendum_reason.clone(),
        };
        diesel::insert_into(attachments::table).values(row).execute(self.conn)?;
        self.append(entries)
    }
}
