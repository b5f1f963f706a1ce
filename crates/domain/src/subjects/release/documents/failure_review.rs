//! 失败发布回顾: the review of a release without success (3.5).

use crate::blocks::document::types::content_types;
use crate::ids::UserId;
use chrono::NaiveDate;

content_types! {
    /// The content of 失败发布回顾.
    FailureReview {
        /// Why the release did not succeed.
        cause: String as LongText = "失败原因" "cause",
        /// Why that was not prevented.
        why_not_prevented: String as LongText = "为何未能预防" "why it was not prevented",
        /// What is done about it: each becomes a task.
        actions: Vec<ReviewAction> = "改进措施" "actions",
    }

    /// An action.
    ReviewAction {
        /// Stable key of the row.
        key: String as Key = "标识" "key",
        /// What is done.
        action: String as LongText = "措施" "action",
        /// Who does it.
        owner: Option<UserId> = "责任人" "owner",
        /// Until when.
        due: Option<NaiveDate> = "期限" "due",
    }
}
