//! The folder of uploaded files. Every process of an instance must use the same one: a marker in it carries the number that the
//! database knows, so that a process that was given another folder, or a share that is not mounted, is found at the start and not
//! when somebody asks for a file.

use crate::{App, AppError, Caller};
use serde_json::json;
use std::{io, path::Path};

/// The fact of the instance with the number of its folder.
const FACT: &str = "attachments_folder";
/// The file in the folder that carries it.
pub(crate) const MARKER: &str = "fabu-attachments";

/// Why a folder is not used; for the operator.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// It is not the one that the other processes use.
    #[error(
        "the folder {folder} is not the one in which this instance keeps its files: {why}. Name that folder with --attachments, the \
         same for every process (on several machines a shared one). If its files are lost for good, write {known} into the file \
         {folder}/fabu-attachments to go on without them"
    )]
    Foreign {
        /// The folder.
        folder: String,
        /// What is found there.
        why: String,
        /// The number that the database knows.
        known: String,
    },
    /// It holds the files of another instance.
    #[error("the folder {folder} holds the files of another instance: name another one with --attachments")]
    Taken {
        /// The folder.
        folder: String,
    },
    /// It cannot be read or written.
    #[error("the folder {folder} cannot be used for files: {error}. Name another one with --attachments")]
    Unusable {
        /// The folder.
        folder: String,
        /// What the system says.
        error: io::Error,
    },
    /// The database failed.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<fabu_store::StoreError> for FolderError {
    fn from(error: fabu_store::StoreError) -> Self {
        Self::App(error.into())
    }
}

impl App {
    /// Makes the folder of files ready: the first process of an instance marks it, each other finds the mark. Any number of
    /// processes may do so at once.
    ///
    /// # Errors
    /// [`FolderError`] when it is another folder than the one marked, lacks the files that the database knows, or cannot be
    /// written.
    pub async fn claim_files(&self) -> Result<(), FolderError> {
        let (folder, new) = (self.settings.attachments_folder(), self.ids.next().to_string());
        let caller = Caller::system("start");
        let entry =
            caller.entry(self.ids.next(), self.clock.now(), "instance.files_folder_marked", "instance".to_owned(), json!({}));
        self.store
            .write(move |tx| {
                // One process after the other: what stands in the database and in the folder is looked at and set together.
                tx.lock_storage()?;
                let (known, stored) = (tx.instance(FACT)?, tx.newest_storage_key()?);
                let number = claim(&folder, known.as_deref(), stored.as_deref(), &new)?;
                if known.is_none() {
                    tx.set_instance(FACT, &number, std::slice::from_ref(&entry))?;
                }
                Ok(())
            })
            .await
    }

    /// True while the folder of files carries the mark of this instance: a share may have gone since the start.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn has_files_folder(&self) -> Result<bool, AppError> {
        let known = self.store.read(|tx| tx.instance(FACT).map_err(AppError::from)).await?;
        let marker = self.settings.attachments_folder().join(MARKER);
        let found = tokio::task::spawn_blocking(move || std::fs::read_to_string(marker).ok()).await.ok().flatten();
        Ok(known.is_none() || found.as_deref().map(str::trim) == known.as_deref())
    }
}

/// The number of the folder, which is marked when it is not yet. `stored` is a file that it must hold.
fn claim(folder: &Path, known: Option<&str>, stored: Option<&str>, new: &str) -> Result<String, FolderError> {
    let name = || folder.display().to_string();
    let unusable = |error| FolderError::Unusable { folder: name(), error };
    let foreign = |why: &str, known: &str| FolderError::Foreign { folder: name(), why: why.to_owned(), known: known.to_owned() };
    std::fs::create_dir_all(folder).map_err(unusable)?;
    let marker = match std::fs::read_to_string(folder.join(MARKER)) {
        Ok(text) => Some(text.trim().to_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(unusable(error)),
    };
    let holds = stored.map(|key| folder.join(key).is_file());
    let number = match (known, marker) {
        (Some(known), Some(marker)) if marker == known => marker,
        (Some(known), Some(_)) => return Err(foreign("it belongs to another", known)),
        (Some(known), None) => return Err(foreign("the mark is missing", known)),
        // Marked, and the database never heard of it: our own mark from a start that failed, or an older copy of the database.
        (None, Some(marker)) if holds == Some(true) || is_empty(folder).map_err(unusable)? => marker,
        (None, Some(_)) => return Err(FolderError::Taken { folder: name() }),
        (None, None) if holds == Some(false) => return Err(foreign("files that the database knows are not there", new)),
        (None, None) => {
            write_marker(folder, new).map_err(unusable)?;
            new.to_owned()
        }
    };
    // Readable is not enough.
    tempfile::NamedTempFile::new_in(folder).map_err(unusable)?;
    Ok(number)
}

/// True when nothing but the marker lies in a folder.
fn is_empty(folder: &Path) -> io::Result<bool> {
    for entry in std::fs::read_dir(folder)? {
        if entry?.file_name() != MARKER {
            return Ok(false);
        }
    }
    Ok(true)
}

fn write_marker(folder: &Path, number: &str) -> io::Result<()> {
    use io::Write;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    writeln!(file, "{number}")?;
    file.as_file().sync_all()?;
    file.persist(folder.join(MARKER)).map_err(|error| error.error)?;
    std::fs::File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every start finds the folder of the first one, or says what is wrong.
    #[test]
    fn a_folder_is_marked_once_and_another_is_refused() {
        let folders = tempfile::tempdir().unwrap();
        let (ours, other) = (folders.path().join("ours"), folders.path().join("other"));
        assert_eq!(claim(&ours, None, None, "1").unwrap(), "1");
        assert_eq!(claim(&ours, Some("1"), None, "2").unwrap(), "1");
        assert_eq!(claim(&ours, None, None, "2").unwrap(), "1", "marked by a start that failed before it wrote the database");
        for (folder, known, why) in [(&other, "1", "the mark is missing"), (&ours, "7", "it belongs to another")] {
            let refused = claim(folder, Some(known), None, "2").unwrap_err().to_string();
            assert!(refused.contains(why) && refused.contains("--attachments") && refused.contains(known), "{refused}");
        }
    }

    /// Before the mark there was only the folder in the data directory: it must hold what the database knows.
    #[test]
    fn an_unmarked_folder_must_hold_the_files_that_are_known() {
        let folders = tempfile::tempdir().unwrap();
        let (full, bare) = (folders.path().join("full"), folders.path().join("bare"));
        std::fs::create_dir_all(full.join("ab")).unwrap();
        std::fs::write(full.join("ab/1"), "x").unwrap();
        let refused = claim(&bare, None, Some("ab/1"), "1").unwrap_err().to_string();
        assert!(refused.contains("are not there"), "{refused}");
        assert_eq!(claim(&full, None, Some("ab/1"), "1").unwrap(), "1");
        assert_eq!(claim(&full, None, Some("ab/1"), "2").unwrap(), "1", "an older copy of the database");
        assert!(matches!(claim(&full, None, None, "2"), Err(FolderError::Taken { .. })));
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_refused() {
        let folders = tempfile::tempdir().unwrap();
        let file = folders.path().join("file");
        std::fs::write(&file, "x").unwrap();
        let refused = claim(&file.join("below"), None, None, "1").unwrap_err().to_string();
        assert!(refused.contains("cannot be used"), "{refused}");
    }
}
