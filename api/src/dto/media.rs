//! Files of media in the definitive media library.

use super::releases::people::{Names, PersonView};
use chrono::{DateTime, Utc};
use fabu_app::subjects::media::MediaFile;
use fabu_domain::subjects::registers::media_item::{MediaFileId, SbomFormat};
use serde::Serialize;
use utoipa::ToSchema;

/// A form with one bill of materials.
#[derive(Debug, ToSchema)]
pub struct MediaFileForm {
    /// CycloneDX 1.4 to 1.6 or SPDX 2.2 or 2.3 as JSON, with its name; at most 20 MiB.
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
}

/// A bill of materials, as it was read.
#[derive(Debug, Serialize, ToSchema)]
pub struct MediaFileView<'a> {
    /// Identity.
    pub id: MediaFileId,
    /// The name given by the person who uploaded it.
    pub file_name: String,
    /// How it is written.
    pub format: SbomFormat,
    /// In which version of that format.
    #[schema(example = "1.6")]
    pub format_version: String,
    /// How many components it lists.
    pub components: i64,
    /// False: it names no hash for the medium, so nothing says that it is about this one.
    pub names_hash: bool,
    /// Length in bytes.
    pub size: i64,
    /// SHA-256 of the file itself.
    pub sha256: String,
    /// Who uploaded it.
    pub uploaded_by: PersonView<'a>,
    /// When.
    pub uploaded_at: DateTime<Utc>,
}

impl<'a> MediaFileView<'a> {
    /// The file with the name of the person who uploaded it.
    #[must_use]
    pub fn new(file: &MediaFile, names: Names<'a>) -> Self {
        Self {
            id: file.id,
            file_name: file.file_name.clone(),
            format: file.format,
            format_version: file.format_version.clone(),
            components: file.components,
            names_hash: file.described_sha256.is_some(),
            size: file.size,
            sha256: file.sha256.clone(),
            uploaded_by: names.person(file.uploaded_by),
            uploaded_at: file.uploaded_at,
        }
    }
}
