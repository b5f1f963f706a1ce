//! Files of a release: kept under their hash in the data directory, known by a row and an event.

use super::{
    act::lock,
    ground::{find, view_release},
};
use crate::{AppError, Cx, Fault, FieldError, Rx};
use fabu_domain::{
    ids::{AttachmentId, ReleaseId},
    text::Line,
};
use fabu_store::Attachment;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{
    io::Write,
    path::{Path, PathBuf},
};

/// The largest file, in bytes.
pub const MAX_SIZE: usize = 20 * 1024 * 1024;
/// The most files of one release.
pub const MAX_FILES: usize = 200;

/// What may be attached: the type found in the bytes, with the endings that it may have.
const ALLOWED: &[(&str, &[&str])] = &[
    ("application/pdf", &["pdf"]),
    ("image/png", &["png"]),
    ("image/jpeg", &["jpg", "jpeg"]),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", &["docx"]),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &["xlsx"]),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", &["pptx"]),
    ("application/zip", &["zip"]),
    ("application/gzip", &["gz", "tgz"]),
];
/// Endings of plain text, in which no other type may be found.
const TEXT: &[&str] = &["txt", "log", "csv", "md", "json", "sql", "xml", "yaml", "yml", "conf"];

/// A file to be attached.
#[derive(Debug, Clone)]
pub struct NewAttachment {
    /// The name that people see.
    pub file_name: Line,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A file to be sent.
#[derive(Debug, Clone)]
pub struct AttachmentFile {
    /// What is known of it.
    pub attachment: Attachment,
    /// Its bytes, checked against the hash.
    pub bytes: Vec<u8>,
}

/// The media type, when the bytes and the ending agree on one that is allowed.
fn media_type(file: &NewAttachment) -> Result<&'static str, AppError> {
    let wrong = |fault| AppError::from(FieldError::new("/file", fault));
    let ending = Path::new(file.file_name.as_str()).extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    match infer::get(&file.bytes) {
        Some(found) => {
            let known = ALLOWED.iter().find(|(kind, endings)| *kind == found.mime_type() && endings.contains(&ending.as_str()));
            known.map(|(kind, _)| *kind).ok_or_else(|| wrong(Fault::FileTypeRefused))
        }
        None if TEXT.contains(&ending.as_str()) && std::str::from_utf8(&file.bytes).is_ok_and(|t| !t.contains('\0')) => {
            Ok("text/plain; charset=utf-8")
        }
        None => Err(wrong(Fault::FileTypeRefused)),
    }
}

/// Attaches a file to a release. The bytes are on disk before the row is written; a file without a row is harmless.
///
/// # Errors
/// Not found, too large, of a type that is refused, too many files.
pub fn add_attachment(cx: &mut Cx<'_, '_>, number: &str, file: &NewAttachment) -> Result<Attachment, AppError> {
    let id = find(cx.tx, number)?;
    let dossier = lock(cx, id)?;
    let release = &dossier.release;
    if file.bytes.is_empty() || file.bytes.len() > MAX_SIZE {
        return Err(FieldError::new("/file", Fault::FileSizeRefused).with("max", MAX_SIZE / 1024 / 1024).into());
    }
    let media_type = media_type(file)?;
    if cx.tx.attachments_of(release.id)?.len() >= MAX_FILES {
        return Err(AppError::fault(Fault::TooManyFiles, "max", MAX_FILES));
    }
    let sha256 = hex::encode(Sha256::digest(&file.bytes));
    let attachment = Attachment {
        id: AttachmentId(cx.ids.next()),
        release_id: release.id,
        file_name: file.file_name.to_string(),
        media_type: media_type.to_owned(),
        size: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
        storage_key: format!("{}/{sha256}", &sha256[..2]),
        sha256,
        uploaded_by: cx.caller.user_id,
        uploaded_at: cx.now,
    };
    write_file(&path(&cx.settings.data_dir, &attachment), &file.bytes)
        .map_err(|error| AppError::Internal(format!("attachment not written: {error}")))?;
    let payload = json!({
        "attachment_id": attachment.id, "file_name": attachment.file_name, "size": attachment.size, "sha256": attachment.sha256,
    });
    let mut entry = cx.entry("attachment.added", format!("releases/{}", release.number), payload);
    entry.release_id = Some(release.id);
    entry.release_version = Some(release.version);
    cx.tx.insert_attachment(&attachment, &entry)?;
    Ok(attachment)
}

/// Requires that the files named by `/attachments` of a request belong to the release.
pub(super) fn require_attachments(cx: &mut Cx<'_, '_>, release: ReleaseId, ids: &[AttachmentId]) -> Result<(), AppError> {
    if ids.is_empty() {
        return Ok(());
    }
    let known = cx.tx.attachments_of(release)?;
    let unknown = ids.iter().enumerate().filter(|(_, id)| !known.iter().any(|a| a.id == **id));
    AppError::unless_empty(unknown.map(|(n, _)| FieldError::new(format!("/attachments/{n}"), Fault::FieldUnknownId)).collect())
}

fn path(data_dir: &Path, attachment: &Attachment) -> PathBuf {
    data_dir.join("attachments").join(&attachment.storage_key)
}

/// Writes a file whole or not at all.
fn write_file(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if path.exists() {
        return Ok(()); // named by its hash: the bytes are the same
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// The files of a release, oldest first.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn list_attachments(rx: &mut Rx<'_, '_>, number: &str) -> Result<Vec<Attachment>, AppError> {
    let ground = view_release(rx, number)?;
    Ok(rx.tx.attachments_of(ground.dossier.release.id)?)
}

/// A file of a release.
///
/// # Errors
/// [`AppError::NotFound`], also when it belongs to another release; [`AppError::Internal`] when the bytes are not those
/// that were uploaded.
pub fn read_attachment(rx: &mut Rx<'_, '_>, number: &str, id: AttachmentId) -> Result<AttachmentFile, AppError> {
    let ground = view_release(rx, number)?;
    let found = rx.tx.attachment(id)?.filter(|a| a.release_id == ground.dossier.release.id);
    let attachment = found.ok_or(AppError::NotFound { what: "attachment" })?;
    let bytes = std::fs::read(path(&rx.settings.data_dir, &attachment))
        .map_err(|error| AppError::Internal(format!("attachment {id} cannot be read: {error}")))?;
    if hex::encode(Sha256::digest(&bytes)) != attachment.sha256 {
        return Err(AppError::Internal(format!("attachment {id} differs from its hash")));
    }
    Ok(AttachmentFile { attachment, bytes })
}
