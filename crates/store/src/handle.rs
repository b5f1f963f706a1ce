//! The two handles that work is done with: [`Reader`] in a snapshot, [`Writer`] in a write transaction.

use crate::{
    StoreError,
    conn::{Backend, Conn, Link},
    migrations,
    records::{Carrier, Shapes},
    shared::Shared,
};
use fabu_domain::{ids::ReleaseId, people::directory::Directory, subjects::release::Dossier};
use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

/// Where the directory of this transaction comes from.
pub(crate) enum DirectoryView {
    /// Nothing changed here: the shared cache serves.
    Shared,
    /// This transaction changed a register: what it reads is its own until the commit.
    Own(Option<Arc<Directory>>),
}

/// How firmly a write transaction holds the directory, from the moment it is taken up to the commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DirectoryLock {
    /// It stays as it is read: no register is written meanwhile.
    Shared,
    /// Nobody else reads it in order to write: for register writes.
    Exclusive,
}

/// What a transaction leaves for the cache once it is committed.
pub(crate) struct Committed {
    directory: Option<Arc<Directory>>,
    releases: Vec<(ReleaseId, i64, Arc<Dossier>)>,
    enqueued: bool,
}

impl Committed {
    /// Shares it.
    pub(crate) fn publish(self, shared: &Shared) {
        if let Some(directory) = self.directory {
            shared.publish(directory);
        }
        // Only the last state of a release is the committed one.
        for (id, touched, dossier) in self.releases.into_iter().rev() {
            shared.publish_dossier(id, touched, dossier);
        }
        if self.enqueued {
            shared.announce_jobs();
        }
    }
}

/// Reads; every query of one reader sees the same committed state.
pub struct Reader<'c> {
    pub(crate) conn: &'c mut Conn,
    pub(crate) shared: &'c Shared,
    pub(crate) view: DirectoryView,
    /// In a write transaction: the releases it has seen or made, to be shared after the commit.
    pub(crate) fresh: Option<Vec<(ReleaseId, i64, Arc<Dossier>)>>,
    /// The directory was read since it was last locked exclusively (or never was).
    pub(crate) directory_read: bool,
}

impl<'c> Reader<'c> {
    pub(crate) fn new(conn: &'c mut Conn, shared: &'c Shared) -> Self {
        Self { conn, shared, view: DirectoryView::Shared, fresh: None, directory_read: false }
    }

    /// Which database this is.
    #[must_use]
    pub fn backend(&self) -> Backend {
        self.conn.backend()
    }

    /// The number of migrations that the database lacks.
    ///
    /// # Errors
    /// [`StoreError::NewerSchema`] when it was made by a newer program.
    pub fn lacking_migrations(&mut self) -> Result<usize, StoreError> {
        migrations::lacking(self.conn)
    }

    /// Remembers a release: at once in a read, after the commit in a write.
    pub(crate) fn keep(&mut self, id: ReleaseId, touched: i64, dossier: &Arc<Dossier>) {
        match &mut self.fresh {
            Some(fresh) => fresh.push((id, touched, Arc::clone(dossier))),
            None => self.shared.publish_dossier(id, touched, Arc::clone(dossier)),
        }
    }

    /// The release in this state, if this transaction has read or left it so. What was read before the release was locked is
    /// another state as soon as somebody else has changed it meanwhile.
    pub(crate) fn pending_dossier(&self, id: ReleaseId, touched: i64) -> Option<Arc<Dossier>> {
        let fresh = self.fresh.as_ref()?;
        let is_it = |(release, state, _): &&(ReleaseId, i64, Arc<Dossier>)| (*release, *state) == (id, touched);
        fresh.iter().rev().find(is_it).map(|(_, _, dossier)| Arc::clone(dossier))
    }
}

/// Reads and writes in one transaction.
pub struct Writer<'c> {
    reader: Reader<'c>,
    /// An idempotency key was reserved and its answer not yet kept.
    pub(crate) unanswered: bool,
    /// A job was put in that is due.
    pub(crate) enqueued: bool,
    /// How the directory is held.
    pub(crate) directory_lock: Option<DirectoryLock>,
    /// The entries written so far.
    pub(crate) carriers: Vec<Carrier>,
    /// The tables whose changed rows are noted on this connection.
    pub(crate) notes: Option<Arc<Shapes>>,
}

impl<'c> Writer<'c> {
    pub(crate) fn new(link: &'c mut Link, shared: &'c Shared) -> Self {
        let notes = link.notes.then(|| shared.shapes()).flatten();
        let reader = Reader { fresh: Some(Vec::new()), ..Reader::new(&mut link.conn, shared) };
        Self { reader, unanswered: false, enqueued: false, directory_lock: None, carriers: Vec::new(), notes }
    }

    /// Lets the database look at what there is, after many rows were added at once: until it has, PostgreSQL plans queries for small
    /// tables, and lists take seconds.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn note_many_rows(&mut self) -> Result<(), StoreError> {
        Ok(self.conn.look_at_tables()?)
    }

    /// The last check before the commit; what to share after it.
    pub(crate) fn finish(mut self) -> Result<Committed, StoreError> {
        if self.unanswered {
            return Err(StoreError::Unanswered);
        }
        self.carry_records()?;
        let directory = match self.reader.view {
            DirectoryView::Own(directory) => directory,
            DirectoryView::Shared => None,
        };
        Ok(Committed { directory, releases: self.reader.fresh.unwrap_or_default(), enqueued: self.enqueued })
    }
}

impl<'c> Deref for Writer<'c> {
    type Target = Reader<'c>;
    fn deref(&self) -> &Reader<'c> {
        &self.reader
    }
}

impl<'c> DerefMut for Writer<'c> {
    fn deref_mut(&mut self) -> &mut Reader<'c> {
        &mut self.reader
    }
}
