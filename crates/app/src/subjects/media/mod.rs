//! The definitive media library besides its register: what media are made of (SBOM), and whether they still are what was checked in
//! (9.2a).

mod check;
mod sbom;

pub use check::MediaFindings;
pub use fabu_store::MediaFile;
pub use sbom::Sbom;

use super::releases::{StoredFile, attachments::path, require_room};
use crate::{App, AppError, Cx, Failure, Fault, FieldError, Rx};
use fabu_domain::{
    subject::operation::Operation,
    subjects::registers::{
        Register,
        media_item::{MediaFileId, MediaItem, MediaItemId},
    },
};
use fabu_store::Reader;
use serde_json::json;

/// The most files of one medium.
const MAX_FILES: usize = 20;

impl App {
    /// Reads a stored file as a bill of materials, outside any transaction.
    ///
    /// # Errors
    /// When it is none.
    pub async fn read_sbom(&self, file: &StoredFile) -> Result<Sbom, Failure> {
        let path = path(&self.settings.attachments_folder(), file.storage_key());
        let read = tokio::task::spawn_blocking(move || std::fs::read(path)).await.map_err(std::io::Error::other);
        let bytes =
            read.and_then(|result| result).map_err(|error| AppError::Internal(format!("a file cannot be read: {error}")))?;
        Ok(sbom::read(&bytes)?)
    }
}

/// Lets a file arrive for a medium.
///
/// # Errors
/// Not permitted, not found.
pub fn admit_media_file(rx: &mut Rx<'_, '_>, id: MediaItemId) -> Result<(), AppError> {
    rx.permit(Operation::AddMediaFile)?;
    medium(rx.tx, id).map(drop)
}

/// Adds a bill of materials to a medium. One that names no hash for what it describes is taken; the remark stays on it.
///
/// # Errors
/// Not permitted, not found, a hash that is not the medium's, too many files, no room left.
pub fn add_media_file(cx: &mut Cx<'_, '_>, id: MediaItemId, file: &StoredFile, sbom: &Sbom) -> Result<MediaFile, AppError> {
    cx.about(MediaItem::subject(id), None);
    cx.permit(Operation::AddMediaFile)?;
    let medium = medium(cx.tx, id)?;
    if let Some((place, named)) = sbom.described.iter().find(|(_, named)| *named != medium.sha256) {
        let error = FieldError::new("/file", Fault::SbomDiffers).with("place", place).with("named", named);
        return Err(error.with("medium", &medium.sha256).into());
    }
    if cx.tx.media_files_of(id)?.len() >= MAX_FILES {
        return Err(AppError::fault(Fault::TooManyMediaFiles, "max", MAX_FILES));
    }
    require_room(cx, None, file.size())?;
    let added = MediaFile {
        id: file.id().0.into(),
        media_item_id: id,
        file_name: file.file_name().to_string(),
        format: sbom.format,
        format_version: sbom.version.clone(),
        components: i64::try_from(sbom.components).unwrap_or(i64::MAX),
        described_sha256: sbom.described.first().map(|(_, named)| named.clone()),
        size: file.size(),
        sha256: file.sha256().to_owned(),
        storage_key: file.storage_key().to_owned(),
        uploaded_by: cx.caller.user_id,
        uploaded_at: cx.now,
    };
    let payload = json!({
        "id": added.id, "media_item": medium.name, "item_version": medium.item_version, "file_name": added.file_name,
        "format": added.format, "components": added.components, "sha256": added.sha256, "size": added.size,
    });
    let entry = cx.entry("media_item.file_added", MediaItem::subject(id), payload);
    cx.tx.insert_media_file(&added, &entry)?;
    Ok(added)
}

/// The files of a medium, oldest first.
///
/// # Errors
/// Not permitted, not found.
pub fn list_media_files(rx: &mut Rx<'_, '_>, id: MediaItemId) -> Result<Vec<MediaFile>, AppError> {
    rx.permit(Operation::ListMediaFiles)?;
    medium(rx.tx, id)?;
    Ok(rx.tx.media_files_of(id)?)
}

/// What is known of a file of a medium; [`App::open_file`] gives its bytes.
///
/// # Errors
/// Not permitted; not found, also when it belongs to another medium.
pub fn view_media_file(rx: &mut Rx<'_, '_>, id: MediaItemId, file: MediaFileId) -> Result<MediaFile, AppError> {
    rx.permit(Operation::DownloadMediaFile)?;
    let found = rx.tx.media_file(file)?.filter(|file| file.media_item_id == id);
    found.ok_or(AppError::NotFound { what: "media_file" })
}

/// A medium as people call it.
fn describe(medium: &MediaItem) -> String {
    format!("{} {}", medium.name, medium.item_version)
}

fn medium(tx: &mut Reader<'_>, id: MediaItemId) -> Result<MediaItem, AppError> {
    tx.record(id)?.ok_or(AppError::NotFound { what: MediaItem::DECLARED.kind })
}
