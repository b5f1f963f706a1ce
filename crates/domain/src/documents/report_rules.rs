//! When a release report is complete (§5.11).

use super::{
    missing::{DocumentContext, Findings, Missing},
    report::ReleaseReport,
};

impl ReleaseReport {
    /// What stands between this report and its submission. The figures are filled in by the system before it asks.
    #[must_use]
    pub fn missing(&self, ctx: &DocumentContext<'_>) -> Vec<Missing> {
        const CLAUSE: &str = "5.11.1";
        let mut found = Findings::new(ctx.directory);
        found.table(CLAUSE, "/problems", &self.problems, ("遇到的问题", "the table of problems"));
        for (index, row) in self.problems.rows.iter().enumerate() {
            let at = format!("/problems/rows/{index}");
            found.text(CLAUSE, format!("{at}/phenomenon"), &row.phenomenon, ("问题现象", "what was seen"));
            found.text(CLAUSE, format!("{at}/cause"), &row.cause, ("问题原因", "the cause"));
            found.text(CLAUSE, format!("{at}/solution"), &row.solution, ("解决办法", "the solution"));
            found.text(CLAUSE, format!("{at}/lesson"), &row.lesson, ("经验教训", "the lesson"));
        }
        found.given("5.11.2", "/figures", self.figures.is_some(), ("发布数量、类型和成功率", "number, types and success rate"));
        if let Some(figures) = &self.figures {
            found.given("5.11.2", "/figures/quarter", figures.quarter.is_some(), ("季度", "the quarter"));
            found.rows("5.11.3", "/figures/by_kind", figures.by_kind.len(), 1, ("发布类型", "the releases by type"));
            found.text("5.11.4", "/figures/rate", &figures.rate, ("发布成功率", "the success rate"));
            found.text("5.11.4", "/figures/rule", &figures.rule, ("成功率计算规则", "the rule of the success rate"));
        }
        let training = ("知识传递与培训反馈", "knowledge, training and feedback");
        found.text("RA12", "/knowledge_and_training", &self.knowledge_and_training, training);
        found.text("RA6", "/resource_deviation", &self.resource_deviation, ("资源偏差", "the deviation of resources"));
        found.text("5.1.6", "/watch_result", &self.watch_result, ("发布后观察结果", "the result of the watch"));
        found.text("5.11", "/conclusion", &self.conclusion, ("结论", "the conclusion"));
        found.done()
    }
}
