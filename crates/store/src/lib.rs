//! The database: SQLite and PostgreSQL through one code path. Diesel is named in this crate only.
//!
//! Start at [`Store`]: [`Store::read`] gives a [`Reader`] in one snapshot, [`Store::write`] a [`Writer`] in one
//! transaction. Their methods live under `registers/` ([`Kept`]: every register that is declared), those of the log under `log/`.
//! SQL that must differ between the databases is in `dialect` and nowhere else.

mod conn;
mod dialect;
mod error;
mod folded_names;
mod handle;
mod lane;
mod log;
mod migrations;
mod page;
mod pool;
mod postgres_url;
mod records;
mod registers;
mod releases;
mod row;
mod schema;
mod shared;
mod store;
#[cfg(feature = "testing")]
pub mod testing;
mod transaction;
mod turnstile;
mod types;

pub use conn::Backend;
pub use error::StoreError;
pub use handle::{DirectoryLock, Reader, Writer};
pub use log::{Fault, Hash, LogFilter, LogOrder, LogRecord, Seal, Verification};
pub use page::{Cursor, Page};
pub use records::{Coverage, proof_page};
pub use registers::{
    attachments::Attachment,
    attempt_limits::Limit,
    changes::{ChangeFilter, ChangeOrder},
    deliveries::{Delivery, DeliveryAttempt, DeliveryFilter, DeliveryOutcome},
    idempotency::{Idempotent, StoredAnswer},
    jobs::{Claim, Job, JobEnd, JobFilter, NewJob},
    kept::Kept,
    report_schedules::Sending,
    sessions::Session,
    storage::{StorageScope, StorageUse},
    users::Credentials,
    ways::Barred,
};
pub use releases::{
    ApprovalFilter, ApprovalItem, KpiRow, RecordCheck, RecordFault, ReleaseFilter, ReleaseOrder, ReleaseSummary, TaskFilter,
    TaskItem,
};
pub use store::{Store, StoreOptions};
