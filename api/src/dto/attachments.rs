//! Files of a release.

use super::releases::people::{Names, PersonView};
use chrono::{DateTime, Utc};
use fabu_app::subjects::releases::Attachment;
use fabu_domain::ids::AttachmentId;
use serde::Serialize;
use utoipa::ToSchema;

/// A form with one file.
#[derive(Debug, ToSchema)]
pub struct FileForm {
    /// The file, with its name. At most 20 MiB: PDF, PNG, JPEG, docx, xlsx, pptx, zip, gz, or plain UTF-8 text.
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
}

/// A form with one file and the reason why it comes after the release was closed.
#[derive(Debug, ToSchema)]
pub struct AddendumForm {
    /// The file, with its name, as for an attachment.
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
    /// Why it comes later.
    pub reason: fabu_domain::text::Note,
}

/// A file.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttachmentView<'a> {
    /// Identity.
    pub id: AttachmentId,
    /// The name given by the person who uploaded it.
    pub file_name: String,
    /// Media type found by looking at the bytes.
    #[schema(example = "application/pdf")]
    pub media_type: String,
    /// Length in bytes.
    pub size: i64,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// Who uploaded it.
    pub uploaded_by: PersonView<'a>,
    /// When.
    pub uploaded_at: DateTime<Utc>,
    /// Why it was added after the release was closed: it is an addendum, no part of the record as it was closed (5.10a).
    #[schema(required)]
    pub addendum_reason: Option<String>,
}

impl<'a> AttachmentView<'a> {
    /// The file with the name of the person who uploaded it.
    #[must_use]
    pub fn new(attachment: &Attachment, names: Names<'a>) -> Self {
        Self {
            id: attachment.id,
            file_name: attachment.file_name.clone(),
            media_type: attachment.media_type.clone(),
            size: attachment.size,
            sha256: attachment.sha256.clone(),
            uploaded_by: names.person(attachment.uploaded_by),
            uploaded_at: attachment.uploaded_at,
            addendum_reason: attachment.addendum_reason.clone(),
        }
    }
}
