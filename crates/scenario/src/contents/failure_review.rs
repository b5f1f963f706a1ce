//! 失败发布回顾 (3.5).

use crate::Cast;
use chrono::{Days, NaiveDate};
use fabu_domain::subjects::release::documents::{FailureReview, failure_review::ReviewAction};

/// The complete review of a release without success, written on `today`.
#[must_use]
pub fn failure_review(cast: &Cast, today: NaiveDate) -> FailureReview {
    FailureReview {
        cause: "新版本连接池参数与生产数据库上限不一致，启动后连接耗尽".to_owned(),
        why_not_prevented: "测试环境的数据库上限高于生产，差异未列入环境对照表".to_owned(),
        actions: vec![ReviewAction {
            key: "environment".to_owned(),
            action: "把数据库连接上限加入环境对照表".to_owned(),
            owner: Some(cast.tester),
            due: today.checked_add_days(Days::new(14)),
        }],
    }
}
