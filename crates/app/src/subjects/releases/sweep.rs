//! Removes files that no attachment knows: what a kill left between the writing of a file and the commit of its row.

use crate::{App, AppError};
use chrono::{DateTime, TimeDelta, Utc};
use std::path::{Path, PathBuf};

/// Younger files may belong to an upload whose row is yet to come.
const AGE: TimeDelta = TimeDelta::hours(24);

impl App {
    /// Removes files in the folder of files that are older than a day and belong to no attachment; their number. Any number
    /// of processes may do so at once.
    ///
    /// # Errors
    /// When the folder or the database cannot be read, or a file cannot be removed.
    pub async fn sweep_files(&self) -> Result<usize, AppError> {
        let (folder, before) = (self.settings.attachments_folder(), self.clock.now() - AGE);
        let old = blocking({
            let folder = folder.clone();
            move || files_older_than(&folder, before)
        })
        .await?;
        let mut unused = Vec::new();
        for (key, path) in old {
            if !self.store.read(move |tx| tx.is_stored(&key).map_err(AppError::from)).await? {
                unused.push(path);
            }
        }
        blocking(move || {
            for path in &unused {
                match std::fs::remove_file(path) {
                    // Another process was quicker.
                    Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
            }
            Ok(unused.len())
        })
        .await
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> std::io::Result<T> + Send + 'static) -> Result<T, AppError> {
    let done = tokio::task::spawn_blocking(work).await.map_err(std::io::Error::other).and_then(|result| result);
    done.map_err(|error| AppError::Internal(format!("unused files cannot be swept: {error}")))
}

/// Storage keys and paths of the files in the folders below `root` that were last written before this instant.
fn files_older_than(root: &Path, before: DateTime<Utc>) -> std::io::Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    let folders = match std::fs::read_dir(root) {
        Ok(folders) => folders,
        // Nothing was ever uploaded.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(found),
        Err(error) => return Err(error),
    };
    for folder in folders {
        let folder = folder?;
        if !folder.file_type()?.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(folder.path())? {
            let file = file?;
            let about = file.metadata()?;
            if about.is_file() && DateTime::<Utc>::from(about.modified()?) < before {
                let key = Path::new(&folder.file_name()).join(file.file_name()).to_string_lossy().into_owned();
                found.push((key, file.path()));
            }
        }
    }
    Ok(found)
}
