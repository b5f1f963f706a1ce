//! Releases: created from changes, read, and moved by commands. Every command takes the same way, [`take_step`].

pub(crate) mod act;
pub(crate) mod attachments;
pub mod conflicts;
pub(crate) mod context;
mod create_release;
mod documents;
mod entries;
mod figures;
mod file_type;
mod flags;
mod items;
mod lists;
mod records;
mod reminders;
mod storage;
mod surroundings;
mod sweep;
mod units;
pub(crate) mod watch;

pub use act::{Seen, act_on_release};
pub use attachments::{
    Incoming, NewAttachment, StoredFile, add_addendum, add_attachment, admit_attachment, list_attachments, view_attachment,
};
pub use context::{ReleaseContext, find, view_release};
pub use create_release::{CreateRelease, Member, add_change, create_release};
pub use documents::{DocumentView, RevisionView, compare_revisions, save_draft, submit_document, view_document, view_revision};
pub use figures::{KpiView, kpi_rules, list_quarters, view_kpi};
pub use lists::{ReleaseQuery, list_releases};
pub use records::{add_comment, list_comments, list_release_events};
pub(crate) use storage::require_room;
pub use storage::{Storage, StorageQuota, view_storage};
pub use units::{UnitStated, register_unit};

pub use fabu_store::{Attachment, KnownConflict, ReleaseFilter, ReleaseOrder, ReleaseSummary, StorageUse};
