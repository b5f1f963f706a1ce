//! When the review of a release without success is complete (3.5).

use super::failure_review::FailureReview;
use crate::blocks::document::missing::{DocumentContext, Findings, Missing};

impl FailureReview {
    /// What stands between this review and its submission.
    #[must_use]
    pub fn missing(&self, ctx: &DocumentContext<'_>) -> Vec<Missing> {
        const CLAUSE: &str = "3.5";
        let mut found = Findings::new(ctx.directory, Self::FIELDS);
        found.text(CLAUSE, "/cause", &self.cause);
        found.text(CLAUSE, "/why_not_prevented", &self.why_not_prevented);
        found.rows(CLAUSE, "/actions", self.actions.len(), 1);
        found.keys(CLAUSE, "/actions", self.actions.iter().map(|action| &action.key));
        for (index, action) in self.actions.iter().enumerate() {
            let at = format!("/actions/{index}");
            found.text(CLAUSE, format!("{at}/action"), &action.action);
            found.person(CLAUSE, format!("{at}/owner"), action.owner, None);
            found.given(CLAUSE, format!("{at}/due"), action.due.is_some());
        }
        found.done()
    }
}
