//! The controlled documents of a release (§5.1 to §5.11, 3.5): typed contents, and what each still lacks, by clause.

pub mod failure_review;
mod failure_review_rules;
pub mod go_live;
mod go_live_rules;
pub mod plan;
mod plan_rules;
pub mod report;
mod report_rules;
pub mod rollback;
mod steps;
pub mod test_report;
mod test_report_rules;
pub mod test_results;
#[cfg(test)]
mod tests;

pub use failure_review::FailureReview;
pub use go_live::GoLivePlan;
pub use plan::ReleasePlan;
pub use report::ReleaseReport;
pub use rollback::RollbackGroup;
pub use test_report::{TestCategory, TestReport};
