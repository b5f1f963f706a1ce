//! The database: SQLite and PostgreSQL through one code path. Diesel is named in this crate only.
//!
//! Start at [`Store`]: [`Store::read`] gives a [`Reader`] in one snapshot, [`Store::write`] a [`Writer`] in one
//! transaction. Their methods live under `registers/` ([`Kept`]: every register that is declared), those of the log under `log/`.
//! SQL that must differ between the databases is in `dialect` and nowhere else.

mod conn;
mod counters;
mod deliveries;
mod dialect;
mod error;
mod files;
mod folded_names;
mod handle;
mod instance;
mod lane;
mod log;
mod migrations;
mod page;
mod pool;
mod postgres_url;
mod queue;
mod records;
mod registers;
mod releases;
mod row;
mod schema;
mod sessions;
mod shared;
mod store;
mod subjects;
#[cfg(feature = "testing")]
pub mod testing;
mod transaction;
mod turnstile;
mod types;

pub use conn::Backend;
pub use deliveries::{
    endpoints::Barred,
    messages::{Delivery, DeliveryAttempt, DeliveryFilter, DeliveryOutcome},
    report_schedules::Sending,
};
pub use error::StoreError;
pub use files::{
    attachments::Attachment,
    media_files::MediaFile,
    storage::{StorageScope, StorageUse},
};
pub use handle::{DirectoryLock, Reader, Writer};
pub use log::{Fault, Hash, LogFilter, LogOrder, LogRecord, Seal, Verification};
pub use page::{Cursor, Page};
pub use queue::jobs::{Claim, Job, JobEnd, JobFilter, NewJob};
pub use records::{Coverage, proof_page};
pub use registers::{
    changes::{ChangeFilter, ChangeOrder},
    configuration_items::{Neighbour, Related},
    kept::Kept,
    users::Credentials,
};
pub use releases::{
    BookedTime, Common, FoundConflict, KnownConflict, KpiRow, RecordCheck, RecordFault, ReleaseFilter, ReleaseOrder,
    ReleaseSummary,
};
pub use sessions::{
    attempt_limits::Limit,
    idempotency::{Idempotent, StoredAnswer},
    logins::Session,
};
pub use store::{Store, StoreOptions};
pub use subjects::work::{ApprovalFilter, ApprovalItem, TaskFilter, TaskItem};
