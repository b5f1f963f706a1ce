//! What all connections of one store share: the directory and the releases of the last committed versions seen.

use crate::records::Shapes;
use fabu_domain::{
    ids::ReleaseId,
    people::directory::Directory,
    subjects::release::{Dossier, conflicts::FreezeCalendar},
};
use lru::LruCache;
use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex, RwLock},
};
use tokio::sync::watch;

/// How many releases are kept in memory.
const RELEASES: usize = 256;

/// The cache. Only committed states are put in; a version number names exactly one committed state.
#[derive(Debug)]
pub(crate) struct Shared {
    directory: RwLock<Option<Arc<Directory>>>,
    freezes: RwLock<Option<Arc<FreezeCalendar>>>,
    releases: Mutex<LruCache<ReleaseId, (i64, Arc<Dossier>)>>,
    /// Rises with every commit of this process that put a job in.
    enqueued: watch::Sender<u64>,
    /// The covered tables, once the database is migrated.
    shapes: RwLock<Option<Arc<Shapes>>>,
}

impl Default for Shared {
    fn default() -> Self {
        let releases = LruCache::new(NonZeroUsize::new(RELEASES).unwrap_or(NonZeroUsize::MIN));
        Self {
            directory: RwLock::default(),
            freezes: RwLock::default(),
            releases: Mutex::new(releases),
            enqueued: watch::Sender::new(0),
            shapes: RwLock::default(),
        }
    }
}

impl Shared {
    /// Tells the workers of this process that there is work.
    pub(crate) fn announce_jobs(&self) {
        self.enqueued.send_modify(|commits| *commits += 1);
    }

    /// Hears of every commit that put a job in.
    pub(crate) fn enqueued(&self) -> watch::Receiver<u64> {
        self.enqueued.subscribe()
    }

    /// The covered tables, if a connection has looked at them.
    pub(crate) fn shapes(&self) -> Option<Arc<Shapes>> {
        self.shapes.read().ok()?.clone()
    }

    /// Keeps what a connection saw.
    pub(crate) fn know_shapes(&self, shapes: Arc<Shapes>) {
        if let Ok(mut known) = self.shapes.write() {
            *known = Some(shapes);
        }
    }

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

    /// The freezes as they were last held.
    pub(crate) fn freezes(&self) -> Option<Arc<FreezeCalendar>> {
        self.freezes.read().ok()?.clone()
    }

    /// Keeps committed freezes unless newer ones are here.
    pub(crate) fn publish_freezes(&self, freezes: &Arc<FreezeCalendar>) {
        if let Ok(mut cached) = self.freezes.write()
            && cached.as_ref().is_none_or(|old| old.stamp < freezes.stamp)
        {
            *cached = Some(Arc::clone(freezes));
        }
    }

    /// The cached release if it is of this state.
    pub(crate) fn dossier(&self, id: ReleaseId, touched: i64) -> Option<Arc<Dossier>> {
        let mut cached = self.releases.lock().ok()?;
        cached.get(&id).filter(|(state, _)| *state == touched).map(|(_, dossier)| Arc::clone(dossier))
    }

    /// Keeps a committed release unless a newer state is here.
    pub(crate) fn publish_dossier(&self, id: ReleaseId, touched: i64, dossier: Arc<Dossier>) {
        if let Ok(mut cached) = self.releases.lock()
            && cached.peek(&id).is_none_or(|(state, _)| *state < touched)
        {
            cached.put(id, (touched, dossier));
        }
    }
}
