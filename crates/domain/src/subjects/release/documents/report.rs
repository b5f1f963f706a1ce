//! 发布报告: the release report (§5.11).

use crate::blocks::document::types::{Table, content_types};
use crate::time::quarter::Quarter;

content_types! {
    /// The content of 发布报告.
    ReleaseReport {
        /// Problems met and how they were solved, or why there is none to tell (5.11.1).
        problems: Table<ReportedProblem> = "遇到的问题" "problems met",
        /// Counts, types and rate: filled in by the system, never by hand (5.11.2 to 5.11.4).
        figures: Option<ReportFigures> = "统计数据" "figures" by system,
        /// Knowledge handed over, training held, feedback got (RA10 to RA12).
        knowledge_and_training: String as LongText = "知识移交与培训反馈" "knowledge, training and feedback",
        /// Planned against used resources, with the reason of any deviation (RA6).
        resource_deviation: String as LongText = "资源偏差" "deviation of resources",
        /// What the watch after the release showed (5.1.6).
        watch_result: String as LongText = "发布后观察结果" "watch after the release",
        /// The conclusion.
        conclusion: String as LongText = "结论" "conclusion",
    }

    /// A problem met.
    ReportedProblem {
        /// What was seen.
        phenomenon: String as LongText = "现象" "phenomenon",
        /// Why it happened.
        cause: String as LongText = "原因" "cause",
        /// What was done.
        solution: String as LongText = "解决办法" "solution",
        /// What to do differently next time.
        lesson: String as LongText = "经验教训" "lesson",
    }

    /// The figures at the time of the report (D7).
    ReportFigures {
        /// The quarter of the deployment verdict (D9).
        quarter: Option<Quarter> = "季度" "quarter",
        /// Releases of that quarter so far (5.11.2).
        releases_in_quarter_to_date: u32 = "本季度至今的发布数量" "releases in the quarter to date",
        /// Successes of that quarter so far (5.11.4).
        successes: u32 = "其中成功" "successes among them",
        /// The rate as text, with its fraction (5.11.4).
        rate: String = "发布成功率" "success rate",
        /// Releases ever (5.11.2).
        releases_total: u32 = "累计发布数量" "releases in total",
        /// This quarter's releases by customer (5.11.2).
        by_customer: Vec<Count> = "按客户" "by customer",
        /// This quarter's releases by object under service (5.11.2).
        by_system: Vec<Count> = "按系统" "by system",
        /// This quarter's releases by type (5.11.3).
        by_kind: Vec<Count> = "按类型" "by type",
        /// The rule by which successes are counted (D8 to D10).
        rule: String as LongText = "计算规则" "rule of counting",
    }

    /// How many of one group.
    Count {
        /// The group.
        key: String = "分组" "group",
        /// The number.
        count: u32 = "数量" "number",
    }
}
