//! The controlled documents of a release: typed contents, what each still lacks, by clause, and their fingerprints.
//!
//! A draft may be half filled: every content type parses with fields left out. [`DocumentContent::missing`] lists what
//! stands between a draft and its submission. [`canonical`] says how the SHA-256 that a sign-off binds to is made.

pub mod canonical;
mod content;
pub mod difference;
pub mod failure_review;
mod failure_review_rules;
pub mod go_live;
mod go_live_rules;
mod kind;
pub mod limits;
mod missing;
pub mod plan;
mod plan_rules;
mod quarterly_report_rules;
pub mod report;
mod report_rules;
pub mod rollback;
pub mod shape;
mod steps;
pub mod test_report;
mod test_report_rules;
pub mod test_results;
#[cfg(test)]
mod tests;
pub mod types;

pub use content::DocumentContent;
pub use difference::FieldChange;
pub use failure_review::FailureReview;
pub use go_live::GoLivePlan;
pub(crate) use kind::section;
pub use kind::{DocumentKind, DocumentState, Section};
pub use missing::{DocumentContext, Missing, MissingCode};
pub use plan::ReleasePlan;
pub use report::ReleaseReport;
pub use rollback::RollbackGroup;
pub use test_report::{TestCategory, TestReport};
