//! The quarterly report (3.5, 6, 7a, 10): figures, assessment, measures, approval and restatement, without any I/O.
//!
//! [`facts`] says what is known about each release of a quarter, [`figures`] counts it, [`report`] is the controlled
//! document, [`rules`] says what it lacks, [`steps`] how it goes on.

mod assessment_rules;
pub mod earlier;
pub mod exemptions;
pub mod facts;
pub mod figures;
pub mod mail;
pub mod report;
pub mod rules;
pub mod set_aside;
pub mod steps;
#[cfg(test)]
mod tests;

pub use facts::{JudgedRelease, Managed, Review};
pub use figures::QuarterlyFigures;
pub use report::{Assessment, Measure, QuarterlyReport, ReportState};
