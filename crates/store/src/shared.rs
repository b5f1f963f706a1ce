//! What all connections of one store share: the directory of the last committed version seen.

use fabu_domain::directory::Directory;
use std::sync::{Arc, RwLock};

/// The cache of the directory. Only committed states are put in; a version number names exactly one committed state.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    directory: RwLock<Option<Arc<Directory>>>,
}

impl Shared {
    /// The cached directory if it has this version.
    pub(crate) fn directory(&self, version: i64) -> Option<Arc<Directory>> {
        let cached = self.directory.read().ok()?;
        cached.as_ref().filter(|directory| directory.version == version).cloned()
    }

    /// Keeps a committed directory unless a newer one is here.
    pub(crate) fn publish(&self, directory: Arc<Directory>) {
        if let Ok(mut cached) = self.directory.write()
            && cached.as_ref().is_none_or(|old| old.version < directory.version)
        {
            *cached = Some(directory);
        }
    }
}
