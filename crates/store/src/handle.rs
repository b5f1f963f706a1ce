//! The two handles that work is done with: [`Reader`] in a snapshot, [`Writer`] in a write transaction.

use crate::{
    StoreError,
    conn::{Backend, Conn},
    shared::Shared,
};
use fabu_domain::directory::Directory;
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

/// Reads; every query of one reader sees the same committed state.
pub struct Reader<'c> {
    pub(crate) conn: &'c mut Conn,
    pub(crate) shared: &'c Shared,
    pub(crate) view: DirectoryView,
}

impl<'c> Reader<'c> {
    pub(crate) fn new(conn: &'c mut Conn, shared: &'c Shared) -> Self {
        Self { conn, shared, view: DirectoryView::Shared }
    }

    /// Which database this is.
    #[must_use]
    pub fn backend(&self) -> Backend {
        self.conn.backend()
    }
}

/// Reads and writes in one transaction.
pub struct Writer<'c> {
    reader: Reader<'c>,
    /// An idempotency key was reserved and its answer not yet kept.
    pub(crate) unanswered: bool,
}

impl<'c> Writer<'c> {
    pub(crate) fn new(conn: &'c mut Conn, shared: &'c Shared) -> Self {
        Self { reader: Reader::new(conn, shared), unanswered: false }
    }

    /// The last check before the commit; the directory to publish after it.
    pub(crate) fn finish(self) -> Result<Option<Arc<Directory>>, StoreError> {
        if self.unanswered {
            return Err(StoreError::Unanswered);
        }
        match self.reader.view {
            DirectoryView::Own(directory) => Ok(directory),
            DirectoryView::Shared => Ok(None),
        }
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
