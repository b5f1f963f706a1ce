//! Files of a release: kept under names of our own (the id of the attachment) in the folder of files, known by a row and an event.
//!
//! The bytes are on disk before the transaction begins and the row is written in it: a file without a row is harmless and
//! is removed, a row without a file does not occur.

use super::{
    context::{ReleaseContext, find, view_release},
    file_type::media_type,
    storage::require_room,
};
use crate::subjects::releases::{context::lock, entries::entries};
use crate::{App, AppError, Caller, Cx, Failure, Fault, FieldError, Rx};
use fabu_domain::{
    ids::{AttachmentId, ReleaseId},
    subjects::release::{
        command::{Command, NewFile},
        decide::decide,
    },
    text::Line,
};
use fabu_store::Attachment;
use sha2::{Digest, Sha256};
use std::{
    collections::HashSet,
    io::{Read, Seek},
    path::{Path, PathBuf},
    sync::Arc,
};
use tempfile::NamedTempFile;
use tokio::io::AsyncWriteExt;

/// The largest file, in bytes.
pub const MAX_SIZE: usize = 20 * 1024 * 1024;
/// Bytes of a file that wait in memory to be written.
const PIECE: usize = 64 * 1024;
/// The folder of files that are arriving; what a kill leaves there is swept after a day.
pub(crate) const INCOMING: &str = "incoming";
/// The most files of one release.
pub const MAX_FILES: usize = 200;

/// A file that arrives: written to disk piece by piece, so that its size costs no memory.
#[derive(Debug)]
pub struct Incoming {
    file_name: Line,
    temporary: NamedTempFile,
    file: tokio::fs::File,
    size: usize,
    hash: Sha256,
}

impl Incoming {
    /// Writes the next piece.
    ///
    /// # Errors
    /// [`Fault::BodyTooLarge`] beyond [`MAX_SIZE`]; [`Fault::NoSpace`].
    pub async fn push(&mut self, piece: &[u8]) -> Result<(), AppError> {
        self.size += piece.len();
        if self.size > MAX_SIZE {
            return Err(AppError::fault(Fault::BodyTooLarge, "limit", MAX_SIZE));
        }
        self.hash.update(piece);
        self.file.write_all(piece).await.map_err(|error| not_written(&error))
    }

    /// The whole file.
    ///
    /// # Errors
    /// [`Fault::NoSpace`].
    pub async fn finish(mut self) -> Result<NewAttachment, AppError> {
        self.file.flush().await.map_err(|error| not_written(&error))?;
        let sha256 = hex::encode(self.hash.finalize());
        Ok(NewAttachment { file_name: self.file_name, temporary: self.temporary, size: self.size, sha256 })
    }
}

/// A file to be attached; it is removed with this value unless it was stored.
#[derive(Debug)]
pub struct NewAttachment {
    /// The name that people see.
    pub file_name: Line,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
    temporary: NamedTempFile,
    size: usize,
}

/// A checked file on disk that no release and no medium knows yet.
#[derive(Debug, Clone)]
pub struct StoredFile {
    id: AttachmentId,
    file_name: Line,
    media_type: &'static str,
    size: i64,
    sha256: String,
    storage_key: String,
}

impl StoredFile {
    /// The file as the rules know it.
    fn as_new(&self) -> NewFile {
        NewFile { id: self.id, file_name: self.file_name.to_string(), size: self.size, sha256: self.sha256.clone() }
    }

    /// Its identity.
    pub(crate) const fn id(&self) -> AttachmentId {
        self.id
    }

    /// The name that people see.
    pub(crate) const fn file_name(&self) -> &Line {
        &self.file_name
    }

    /// Length in bytes.
    pub(crate) const fn size(&self) -> i64 {
        self.size
    }

    /// Its SHA-256, in hexadecimal digits.
    pub(crate) fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Where the bytes lie.
    pub(crate) fn storage_key(&self) -> &str {
        &self.storage_key
    }
}

impl App {
    /// Begins to take a file for what `admit` looks for.
    ///
    /// # Errors
    /// Those of `admit`; nothing was read of the file.
    pub async fn begin_file(
        &self,
        caller: &Caller,
        file_name: Line,
        admit: impl Fn(&mut Rx<'_, '_>) -> Result<(), AppError> + Send + 'static,
    ) -> Result<Incoming, Failure> {
        self.read(caller, admit).await?;
        let folder = self.settings.attachments_folder().join(INCOMING);
        let temporary = blocking(move || {
            std::fs::create_dir_all(&folder)?;
            let temporary = NamedTempFile::new_in(folder)?;
            let file = temporary.reopen()?;
            Ok((temporary, file))
        });
        let (temporary, file) = temporary.await.map_err(|error| not_written(&error))?;
        let mut file = tokio::fs::File::from_std(file);
        file.set_max_buf_size(PIECE);
        Ok(Incoming { file_name, temporary, file, size: 0, hash: Sha256::new() })
    }

    /// Checks a file and gives it its place on disk, outside any transaction.
    ///
    /// # Errors
    /// Empty, or of a type that is refused.
    pub async fn store_file(&self, file: NewAttachment) -> Result<StoredFile, Failure> {
        let NewAttachment { file_name, sha256, temporary, size } = file;
        if size == 0 {
            return Err(
                AppError::from(FieldError::new("/file", Fault::FileSizeRefused).with("max", MAX_SIZE / 1024 / 1024)).into()
            );
        }
        let id = AttachmentId(self.ids.next());
        let text = id.to_string();
        // The last digits of an id are random: the files spread over 256 folders.
        let storage_key = format!("{}/{text}", &text[text.len() - 2..]);
        let path = path(&self.settings.attachments_folder(), &storage_key);
        // What is looked into is in memory: one file at a time.
        let turn = self.shared.checking.acquire().await.map_err(|error| AppError::Internal(format!("attachment: {error}")))?;
        let (name, checked) = (file_name.clone(), temporary.path().to_owned());
        let media_type = blocking(move || std::fs::read(checked).map(|bytes| media_type(&name, &bytes)));
        let media_type = media_type.await.map_err(|error| not_written(&error))??;
        drop(turn);
        blocking(move || keep(temporary, &path)).await.map_err(|error| not_written(&error))?;
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        Ok(StoredFile { id, file_name, media_type, size, sha256, storage_key })
    }

    /// Removes a file that nothing has come to know: the attempt was refused, or was the replay of an earlier one.
    pub async fn discard_file(&self, file: &StoredFile) {
        let path = path(&self.settings.attachments_folder(), &file.storage_key);
        let removed = tokio::task::spawn_blocking(move || std::fs::remove_file(path)).await;
        if let Err(error) = removed.map_err(std::io::Error::other).and_then(|result| result) {
            tracing::warn!(error = %error, file.key = %file.storage_key, "an unused file could not be removed");
        }
    }

    /// A stored file with this hash, to be read from its beginning piece by piece, outside any transaction.
    ///
    /// # Errors
    /// [`AppError::Internal`] when it cannot be read or is not the one that was uploaded.
    pub async fn open_file(&self, storage_key: &str, sha256: &str) -> Result<tokio::fs::File, AppError> {
        let path = path(&self.settings.attachments_folder(), storage_key);
        let (key, sha256) = (storage_key.to_owned(), sha256.to_owned());
        let opened = blocking(move || {
            let mut file = std::fs::File::open(path)?;
            let same = hash_of(&mut file)? == sha256;
            file.rewind()?;
            Ok(same.then_some(file))
        });
        match opened.await {
            Ok(Some(file)) => {
                let mut file = tokio::fs::File::from_std(file);
                file.set_max_buf_size(PIECE);
                Ok(file)
            }
            Ok(None) => Err(AppError::Internal(format!("file {key} differs from its hash"))),
            Err(error) => Err(AppError::Internal(format!("file {key} cannot be read: {error}"))),
        }
    }
}

/// The SHA-256 of what is left of a file, in hexadecimal digits.
fn hash_of(file: &mut std::fs::File) -> std::io::Result<String> {
    let (mut hash, mut piece) = (Sha256::new(), vec![0; PIECE]);
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hex::encode(hash.finalize())),
            n => hash.update(&piece[..n]),
        }
    }
}

fn not_written(error: &std::io::Error) -> AppError {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Fault::NoSpace.into(),
        _ => AppError::Internal(format!("attachment not written: {error}")),
    }
}

/// Makes a stored file an attachment of a release that is not closed.
///
/// # Errors
/// Not found, refused (5.10a), too many files, no room left.
pub fn add_attachment(cx: &mut Cx<'_, '_>, number: &str, file: &StoredFile) -> Result<Attachment, AppError> {
    attach(cx, number, file, None, &Command::AttachFile { file: file.as_new() })
}

/// Makes a stored file a marked addendum of a release that is closed (D20).
///
/// # Errors
/// Not found, refused (5.10a), too many files, no room left.
pub fn add_addendum(cx: &mut Cx<'_, '_>, number: &str, file: &StoredFile, reason: &str) -> Result<Attachment, AppError> {
    let command = Command::AddAddendum { file: file.as_new(), reason: reason.to_owned() };
    attach(cx, number, file, Some(reason), &command)
}

fn attach(
    cx: &mut Cx<'_, '_>,
    number: &str,
    file: &StoredFile,
    addendum: Option<&str>,
    command: &Command,
) -> Result<Attachment, AppError> {
    let id = find(cx.tx, number)?;
    let dossier = lock(cx, id, "release")?;
    let context = ReleaseContext::new(cx.tx, dossier, Arc::clone(&cx.directory), cx.now)?;
    let outcome = decide(&context.facts(), &cx.as_actor(), command)?;
    if cx.tx.attachments_of(id)?.len() >= MAX_FILES {
        return Err(AppError::fault(Fault::TooManyFiles, "max", MAX_FILES));
    }
    require_room(cx, Some(id), file.size)?;
    let attachment = Attachment {
        id: file.id,
        release_id: id,
        file_name: file.file_name.to_string(),
        media_type: file.media_type.to_owned(),
        size: file.size,
        sha256: file.sha256.clone(),
        storage_key: file.storage_key.clone(),
        uploaded_by: cx.caller.user_id,
        uploaded_at: cx.now,
        addendum_reason: addendum.map(ToOwned::to_owned),
    };
    let entries = entries(cx, &outcome);
    cx.tx.insert_attachment(&attachment, &entries)?;
    Ok(attachment)
}

/// Checks that a command names only files of its release, each once.
pub(super) fn require_attachments(cx: &mut Cx<'_, '_>, release: ReleaseId, named: &[AttachmentId]) -> Result<(), AppError> {
    if named.is_empty() {
        return Ok(());
    }
    let mut known: HashSet<AttachmentId> = cx.tx.attachments_of(release)?.into_iter().map(|a| a.id).collect();
    let foreign = named.iter().enumerate().filter(|(_, id)| !known.remove(id));
    AppError::unless_empty(foreign.map(|(n, _)| FieldError::new(format!("/attachments/{n}"), Fault::FieldUnknownId)).collect())
}

pub(crate) fn path(folder: &Path, storage_key: &str) -> PathBuf {
    folder.join(storage_key)
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> std::io::Result<T> + Send + 'static) -> std::io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(std::io::Error::other).and_then(|result| result)
}

/// Gives a written file its place, whole or not at all.
fn keep(temporary: NamedTempFile, path: &Path) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    temporary.as_file().sync_all()?;
    temporary.persist(path).map_err(|error| error.error)?;
    std::fs::File::open(folder)?.sync_all()
}

/// Lets a file arrive for a release.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn admit_attachment(rx: &mut Rx<'_, '_>, number: &str) -> Result<(), AppError> {
    view_release(rx, number).map(drop)
}

/// The files of a release, oldest first.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn list_attachments(rx: &mut Rx<'_, '_>, number: &str) -> Result<Vec<Attachment>, AppError> {
    let context = view_release(rx, number)?;
    Ok(rx.tx.attachments_of(context.dossier.release.id)?)
}

/// What is known of a file of a release; [`App::open_file`] gives its bytes.
///
/// # Errors
/// [`AppError::NotFound`], also when it belongs to another release.
pub fn view_attachment(rx: &mut Rx<'_, '_>, number: &str, id: AttachmentId) -> Result<Attachment, AppError> {
    let context = view_release(rx, number)?;
    let found = rx.tx.attachment(id)?.filter(|a| a.release_id == context.dossier.release.id);
    found.ok_or(AppError::NotFound { what: "attachment" })
}
