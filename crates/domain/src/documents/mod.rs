//! The controlled documents of a release: typed contents, what each still lacks, by clause, and their fingerprints.
//!
//! A draft may be half filled: every content type parses with fields left out. [`DocumentContent::missing`] lists what
//! stands between a draft and its submission. [`canonical`] says how the SHA-256 that a sign-off binds to is made.

pub mod go_live;
pub mod plan;
pub mod report;
pub mod rollback;
pub mod test_report;
pub mod types;

pub use go_live::GoLivePlan;
pub use plan::ReleasePlan;
pub use report::ReleaseReport;
pub use test_report::TestReport;
