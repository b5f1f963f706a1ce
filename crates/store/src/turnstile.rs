//! Fair turns between processes that write to one SQLite file (the server, an import, a worker).
//!
//! SQLite's waiting for its write lock is no queue: a process that writes all the time starves the others for seconds.
//! Two file locks make a queue of it. Who wants to write takes the gate, then the door, and gives the gate back; so the
//! next one waits at the door before the last one can come round again. The system frees the locks of a killed process.

use crate::StoreError;
use std::{fs::File, path::PathBuf};

/// The two locks, files beside the database that stay empty.
pub(crate) struct Turnstile {
    gate: File,
    door: File,
}

/// A turn to write; ends when dropped.
pub(crate) struct Turn<'a>(&'a File);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.0.unlock() {
            tracing::warn!(%error, "the write lock of the database was not given back");
        }
    }
}

impl Turnstile {
    /// Opens the locks of the database file at `path`.
    pub(crate) fn open(path: &str) -> Result<Self, StoreError> {
        let open = |suffix: &str| {
            let name = PathBuf::from(format!("{path}{suffix}"));
            let file = File::options().create(true).truncate(false).write(true).open(&name);
            file.map_err(|e| StoreError::Setup(format!("the lock file {} cannot be opened: {e}", name.display())))
        };
        Ok(Self { gate: open("-gate")?, door: open("-door")? })
    }

    /// Waits for a turn. A caller that must not wait for ever stands in the queue of the lane, which gives up.
    pub(crate) fn turn(&self) -> Result<Turn<'_>, StoreError> {
        let failed = |e: std::io::Error| StoreError::Unavailable(format!("the write lock of the database: {e}"));
        self.gate.lock().map_err(failed)?;
        let door = self.door.lock();
        self.gate.unlock().map_err(failed)?;
        door.map_err(failed)?;
        Ok(Turn(&self.door))
    }
}
