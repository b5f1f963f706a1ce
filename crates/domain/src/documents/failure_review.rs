//! 失败发布回顾: the review of a release without success (3.5).

use super::types::content_types;
use crate::ids::UserId;
use chrono::NaiveDate;

content_types! {
    /// The content of 失败发布回顾.
    FailureReview {
        /// Why the release did not succeed.
        cause: String,
        /// Why that was not prevented.
        why_not_prevented: String,
        /// What is done about it: each becomes a task.
        actions: Vec<ReviewAction>,
    }

    /// An action.
    ReviewAction {
        /// Stable key of the row.
        key: String,
        /// What is done.
        action: String,
        /// Who does it.
        owner: Option<UserId>,
        /// Until when.
        due: Option<NaiveDate>,
    }
}
