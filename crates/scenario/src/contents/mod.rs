//! Complete contents of the documents, in the words of practice.
//!
//! Each has an empty `missing()` in a fitting context: the people of the [`Cast`](crate::Cast) active and not away in
//! the window, and, for the test report, every case of [`test_cases`] executed.

mod failure_review;
mod go_live;
mod plan;
mod report;
mod test;

pub use failure_review::failure_review;
pub use go_live::go_live_plan;
pub use plan::{emergency_plan, release_plan};
pub use report::{example_figures, release_report};
pub use test::{failed_test_report, measurement, test_cases, test_report};
