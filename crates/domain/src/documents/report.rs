//! 发布报告: the release report (§5.11).

use super::types::{Table, content_types};
use crate::quarter::Quarter;

content_types! {
    /// The content of 发布报告.
    ReleaseReport {
        /// Problems met and how they were solved, or why there is none to tell (5.11.1).
        problems: Table<ReportedProblem>,
        /// Counts, types and rate: filled in by the system, never by hand (5.11.2 to 5.11.4).
        figures: Option<ReportFigures>,
        /// Knowledge handed over, training held, feedback got (RA10 to RA12).
        knowledge_and_training: String,
        /// Planned against used resources, with the reason of any deviation (RA6).
        resource_deviation: String,
        /// What the watch after the release showed (5.1.6).
        watch_result: String,
        /// The conclusion.
        conclusion: String,
    }

    /// A problem met.
    ReportedProblem {
        /// What was seen.
        phenomenon: String,
        /// Why it happened.
        cause: String,
        /// What was done.
        solution: String,
        /// What to do differently next time.
        lesson: String,
    }

    /// The figures at the time of the report (D7).
    ReportFigures {
        /// The quarter of the deployment verdict (D9).
        quarter: Option<Quarter>,
        /// Releases of that quarter so far (5.11.2).
        releases_in_quarter_to_date: u32,
        /// Releases ever (5.11.2).
        releases_total: u32,
        /// This quarter's releases by customer (5.11.2).
        by_customer: Vec<Count>,
        /// This quarter's releases by object under service (5.11.2).
        by_system: Vec<Count>,
        /// This quarter's releases by type (5.11.3).
        by_kind: Vec<Count>,
        /// Successes of that quarter so far (5.11.4).
        successes: u32,
        /// The rate as text, with its fraction (5.11.4).
        rate: String,
        /// The rule by which successes are counted (D8 to D10).
        rule: String,
    }

    /// How many of one group.
    Count {
        /// The group.
        key: String,
        /// The number.
        count: u32,
    }
}
