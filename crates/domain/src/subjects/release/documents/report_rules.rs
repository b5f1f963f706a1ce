//! When a release report is complete (§5.11).

use super::report::ReleaseReport;
use crate::blocks::document::missing::{DocumentContext, Findings, Missing};

impl ReleaseReport {
    /// What stands between this report and its submission. The figures are filled in by the system before it asks.
    #[must_use]
    pub fn missing(&self, ctx: &DocumentContext<'_>) -> Vec<Missing> {
        const CLAUSE: &str = "5.11.1";
        let mut found = Findings::new(ctx.directory, Self::FIELDS);
        found.table(CLAUSE, "/problems", &self.problems);
        for (index, row) in self.problems.rows.iter().enumerate() {
            let at = format!("/problems/rows/{index}");
            found.text(CLAUSE, format!("{at}/phenomenon"), &row.phenomenon);
            found.text(CLAUSE, format!("{at}/cause"), &row.cause);
            found.text(CLAUSE, format!("{at}/solution"), &row.solution);
            found.text(CLAUSE, format!("{at}/lesson"), &row.lesson);
        }
        found.given("5.11.2", "/figures", self.figures.is_some());
        if let Some(figures) = &self.figures {
            found.given("5.11.2", "/figures/quarter", figures.quarter.is_some());
            found.rows("5.11.3", "/figures/by_kind", figures.by_kind.len(), 1);
            found.text("5.11.4", "/figures/rate", &figures.rate);
            found.text("5.11.4", "/figures/rule", &figures.rule);
        }
        found.text("RA12", "/knowledge_and_training", &self.knowledge_and_training);
        found.text("RA6", "/resource_deviation", &self.resource_deviation);
        found.text("5.1.6", "/watch_result", &self.watch_result);
        found.text("5.11", "/conclusion", &self.conclusion);
        found.done()
    }
}
