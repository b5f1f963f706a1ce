//! The configuration management database beyond its register (9.2c): neighbours, history by release, import and export, and what
//! outside databases tell and are told.

mod export;
mod import;
mod read;
mod relations;
mod sync;
mod table;

pub use export::{ExportedItems, export_items};
pub use fabu_store::Neighbour;
pub use import::{ImportError, ImportOutcome, import_items, permit_import};
pub use read::{
    Affected, AffectedItem, ItemRelease, affected_by_release, items_confirmed_since, neighbours_of_item, releases_of_item,
};
pub use sync::{SyncItem, SyncRequest, SyncResult, sync_items};
pub use table::{HEADINGS, Table, csv_table};
